/** Alert rules as Grafana's file provisioning takes them. */
import { ALERTS, type AlertCondition } from './alert-conditions.js';
import { DASHBOARDS } from './all.js';
import { DASHBOARD, DATASOURCE } from './config.js';

const FOLDER = 'Alerts';

export function alertRules() {
  return {
    apiVersion: 1,
    groups: [{ orgId: 1, name: 'service', folder: FOLDER, interval: '10s', rules: ALERTS.map(rule) }],
  };
}

function rule({ uid, title, summary, expr, above, forMinutes, panel }: AlertCondition) {
  return {
    uid,
    title,
    condition: 'above',
    for: `${forMinutes}m`,
    // The stores hold a time that has passed: without samples of now there is nothing to be alarmed about.
    noDataState: 'OK',
    execErrState: 'OK',
    dashboardUid: DASHBOARD[panel.dashboard].uid,
    panelId: panelId(panel),
    annotations: { summary },
    data: [
      {
        refId: 'value',
        relativeTimeRange: { from: 600, to: 0 },
        datasourceUid: DATASOURCE.prometheus.uid,
        // NaN, of a quantile over no calls, would count as above any limit: a comparison leaves such series out.
        model: { refId: 'value', expr: `(${expr}) >= 0`, instant: true },
      },
      {
        refId: 'above',
        datasourceUid: '__expr__',
        model: {
          refId: 'above',
          type: 'threshold',
          expression: 'value',
          conditions: [{ evaluator: { type: 'gt', params: [above] } }],
        },
      },
    ],
  };
}

/** @throws {Error} when there is no such panel */
function panelId({ dashboard, title }: AlertCondition['panel']): number {
  const { uid } = DASHBOARD[dashboard];
  const panels = DASHBOARDS.find((each) => each.uid === uid)?.panels ?? [];
  const id = panels.find((each) => 'title' in each && each.title === title)?.id;
  if (id === undefined) throw new Error(`${uid} has no panel "${title}"`);
  return id;
}
