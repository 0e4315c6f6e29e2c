/** The dashboards that Grafana gets too, opening on the run's window. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { DASHBOARD } from 'dashboards/config';
import { dashboardsForWindow, type Timed } from 'dashboards/window';

const COMMITTED = new URL('../../../../provisioning/grafana/dashboards/', import.meta.url);

export interface Window {
  /** ISO times. */
  readonly start: string;
  readonly end: string;
}

interface Dashboard extends Timed {
  readonly uid: string;
  readonly title: string;
  readonly description?: string;
  readonly tags?: readonly string[];
}

export type DashboardSummary = Pick<Dashboard, 'uid' | 'title' | 'description' | 'tags'>;

/** @returns all dashboards by uid, in the order of their links */
export function readDashboards({ start, end }: Window): ReadonlyMap<string, Dashboard> {
  return new Map(
    Object.values(DASHBOARD).map(({ uid }) => {
      const text = readFileSync(fileURLToPath(new URL(`${uid}.json`, COMMITTED)), 'utf8');
      return [uid, dashboardsForWindow(JSON.parse(text) as Dashboard, { from: start, to: end })];
    }),
  );
}

export function summary({ uid, title, description, tags }: Dashboard): DashboardSummary {
  return { uid, title, ...(description ? { description } : {}), ...(tags ? { tags } : {}) };
}
