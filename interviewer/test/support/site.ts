/** What the walks go through: dashboards and Explore, in Grafana or in the workbench. */
import type { Visitor } from './browser.js';
import { DashboardPage } from './dashboard-page.js';
import type { Explore } from './explore.js';

export interface Site {
  readonly visitor: Visitor;
  readonly dashboard: DashboardPage;
  readonly explore: Explore;
}

export function siteOf(visitor: Visitor, explore: Explore): Site {
  return { visitor, dashboard: new DashboardPage(visitor), explore };
}
