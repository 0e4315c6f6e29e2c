/** Ways from one dashboard to the next; time and variables come along. */
import * as dashboard from '@grafana/grafana-foundation-sdk/dashboard';
import { DASHBOARD, type DashboardKey } from './config.js';

const GRAFANA_TIME = '$' + '{__url_time_range}';

export function dashboardUrl(key: DashboardKey): string {
  return `/d/${DASHBOARD[key].uid}`;
}

/** The row of links at the top: every dashboard but the one it is on. */
export function navigation(from: DashboardKey): dashboard.DashboardLinkBuilder[] {
  return (Object.keys(DASHBOARD) as DashboardKey[])
    .filter((key) => key !== from)
    .map((key) =>
      new dashboard.DashboardLinkBuilder(DASHBOARD[key].link)
        .type(dashboard.DashboardLinkType.Link)
        .icon(key === 'report' ? 'doc' : 'dashboard')
        .tooltip(`Open ${DASHBOARD[key].title}`)
        .url(dashboardUrl(key))
        .keepTime(true)
        .includeVars(true),
    );
}

/** A link in a panel's corner. */
export function panelLink(to: DashboardKey): dashboard.DashboardLinkBuilder {
  return new dashboard.DashboardLinkBuilder(DASHBOARD[to].title)
    .type(dashboard.DashboardLinkType.Link)
    .url(`${dashboardUrl(to)}?${GRAFANA_TIME}&$\{__all_variables}`);
}

export interface DataLink {
  readonly title: string;
  readonly url: string;
}

/** A data link: variables of the target from fields or labels of what was clicked. */
export function dataLink(
  title: string,
  to: DashboardKey,
  variables: Readonly<Record<string, string>>,
): DataLink {
  const set = Object.entries(variables).map(([name, value]) => `var-${name}=${value}`);
  return { title, url: `${dashboardUrl(to)}?${[GRAFANA_TIME, ...set].join('&')}` };
}

/** The value of another column in the clicked row. */
export function cell(column: string): string {
  return `$\{__data.fields["${column}"]}`;
}

/** A label of the clicked series. */
export function label(name: string): string {
  return `$\{__field.labels.${name}}`;
}
