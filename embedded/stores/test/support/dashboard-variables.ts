/** Grafana's own variables, and the dashboards', as they are when a dashboard opens. */

/** What a variable stands for when a dashboard opens. */
const VARIABLES: Readonly<Record<string, string>> = {
  route: '/api/.+',
  service: '.*',
  called: '.*',
  service_name: '.+',
  level: '.+',
  event: '.+',
  search: '',
  sessions: '',
  longer: '0ms',
  __rate_interval: '1m',
  __interval: '15s',
};

/** A query as it is sent when its dashboard opens. */
export function withDefaults(text: string): string {
  return text
    .replaceAll(/\$\{__from:date:seconds\}/g, '$start')
    .replaceAll(/\$([a-z_]+)\b/g, (whole, name) => VARIABLES[name] ?? whole);
}
