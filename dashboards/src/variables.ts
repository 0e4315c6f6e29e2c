/** Variables; one name means the same on every dashboard, so links carry it along. */
import * as dashboard from '@grafana/grafana-foundation-sdk/dashboard';
import { LABEL, METRIC } from 'interview-app/telemetry-names';
import { DATASOURCE, PROBE_ROUTE } from './config.js';

const ALL = { text: 'All', value: '$__all', selected: true };

interface LabelVariable {
  readonly name: string;
  readonly label: string;
  readonly description: string;
  readonly query: string;
  /** What "All" stands for, as a regular expression. */
  readonly all?: string;
}

function fromMetric({
  name,
  label,
  description,
  query,
  all = '.*',
}: LabelVariable): dashboard.QueryVariableBuilder {
  return new dashboard.QueryVariableBuilder(name)
    .label(label)
    .description(description)
    .datasource(DATASOURCE.prometheus)
    .query({ query, refId: name })
    .refresh(dashboard.VariableRefresh.OnTimeRangeChanged)
    .sort(dashboard.VariableSort.AlphabeticalAsc)
    .multi(false)
    .includeAll(true)
    .allValue(all)
    .current(ALL);
}

export function route(): dashboard.QueryVariableBuilder {
  return fromMetric({
    name: 'route',
    label: 'Route',
    description: 'Route of the API',
    query: `label_values(${METRIC.httpRequests}{${LABEL.route}!="${PROBE_ROUTE}"}, ${LABEL.route})`,
    all: '/api/.+',
  });
}

export function externalService(): dashboard.QueryVariableBuilder {
  return fromMetric({
    name: 'service',
    label: 'Service',
    description: 'Service that others run',
    query: `label_values(${METRIC.externalApiCallLatency}_count, ${LABEL.service})`,
  });
}

/** Whoever is called: databases and outside services included. */
export function called(): dashboard.QueryVariableBuilder {
  return fromMetric({
    name: 'called',
    label: 'With a call to',
    description: 'Only requests that called this service',
    query: 'label_values(traces_service_graph_request_total{client="api"}, server)',
  });
}

export interface ChoiceOf {
  readonly name: string;
  readonly label: string;
  readonly description: string;
  readonly values: readonly string[];
}

/** A choice of fixed values, or all. */
export function choice({ name, label, description, values }: ChoiceOf): dashboard.CustomVariableBuilder {
  return new dashboard.CustomVariableBuilder(name)
    .label(label)
    .description(description)
    .values(values.join(','))
    .multi(false)
    .includeAll(true)
    .allValue('.+')
    .current(ALL);
}

/** One of fixed values; the first one at first. */
export function oneOf({ name, label, description, values }: ChoiceOf): dashboard.CustomVariableBuilder {
  const [first = ''] = values;
  return new dashboard.CustomVariableBuilder(name)
    .label(label)
    .description(description)
    .values(values.join(','))
    .current({ text: first, value: first, selected: true });
}

export function typed({
  name,
  label,
  description,
}: Omit<ChoiceOf, 'values'>): dashboard.TextBoxVariableBuilder {
  return new dashboard.TextBoxVariableBuilder(name)
    .label(label)
    .description(description)
    .defaultValue('')
    .current({ text: '', value: '', selected: true });
}
