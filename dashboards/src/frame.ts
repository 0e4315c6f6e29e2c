/** What all dashboards have in common. */
import type * as cog from '@grafana/grafana-foundation-sdk/cog';
import * as dashboard from '@grafana/grafana-foundation-sdk/dashboard';
import { annotations } from './annotations.js';
import { DASHBOARD, type DashboardKey, DEFAULT_TIME, TAGS } from './config.js';
import { navigation } from './links.js';

export interface DashboardParts {
  readonly key: DashboardKey;
  readonly description: string;
  readonly panels: readonly cog.Builder<dashboard.Panel>[];
  readonly variables?: readonly cog.Builder<dashboard.VariableModel>[];
}

/** Version of the classic schema that Grafana 10.4 writes itself; later ones carry it forward when they load it. */
const SCHEMA_VERSION = 39;

export function buildDashboard({
  key,
  description,
  panels,
  variables = [],
}: DashboardParts): dashboard.Dashboard {
  const { uid, title } = DASHBOARD[key];
  const built = new dashboard.DashboardBuilder(title)
    .uid(uid)
    .description(description)
    .tags([...TAGS])
    .timezone('browser')
    .editable()
    .tooltip(dashboard.DashboardCursorSync.Crosshair)
    .time(DEFAULT_TIME)
    .refresh('')
    .links(navigation(key))
    .annotations(annotations())
    .variables([...variables])
    .build();
  // Ids are numbers in order, so that alert rules can name a panel and nothing moves when the file is written again.
  const withIds = panels.map((panel, index) => ({ ...panel.build(), id: index + 1 }));
  return { ...built, schemaVersion: SCHEMA_VERSION, panels: withIds };
}
