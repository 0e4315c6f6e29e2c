/** Of the services that others run, as their callers time them. */
import { LABEL, METRIC } from 'interview-app/telemetry-names';
import { FIGURES_OVER } from '../config.js';
import { inFlight as inFlightOf, type Labels, mean, quantile, RATE, sumBy, sumRate } from './promql.js';

const BY = [LABEL.service];
const CALL = METRIC.externalApiCallLatency;
const EDGE = 'traces_service_graph_request';
const OUTSIDE: Labels = { connection_type: 'virtual_node' };

export const SELECTED: Labels = { [LABEL.service]: '=~"$service"' };

export function meanLatency(labels: Labels = {}, window = FIGURES_OVER): string {
  return mean(CALL, labels, { by: BY, window });
}

export function highestMean(): string {
  return `topk(1, ${meanLatency()})`;
}

export function latency(q: number, labels: Labels = {}, window = FIGURES_OVER): string {
  return quantile(q, CALL, labels, { by: BY, window });
}

export function inFlight(labels: Labels = {}, window = '2m'): string {
  return inFlightOf(CALL, labels, { by: BY, window });
}

export function allInFlight(): string {
  return inFlightOf(CALL, {}, { window: FIGURES_OVER });
}

export function calls(labels: Labels = {}, window = RATE): string {
  return sumRate(`${CALL}_count`, labels, { by: BY, window });
}

export function buckets(): string {
  return sumRate(`${CALL}_bucket`, SELECTED, { by: ['le'], window: '1m' });
}

/** `validation` for `validation-service`: room is scarce in a legend. */
export function shortNameOf(service: string): string {
  return service.replace(/-[a-z]+$/, '');
}

export function shortName(expression: string): string {
  return `label_replace(${expression}, "name", "$1", "${LABEL.service}", "(.*)-[a-z]+")`;
}

const CALLER = ['client', 'server', 'client_http_route'];
const SELECTED_EDGE: Labels = { ...OUTSIDE, server: '=~"$service"' };

/** Calls by who makes them and on behalf of which route, from the traces. */
export const byCaller = {
  rate: () => `${edge('total', FIGURES_OVER)} > 0`,
  mean: () =>
    `${edge('client_seconds_sum', FIGURES_OVER)} / (${edge('client_seconds_count', FIGURES_OVER)} > 0)`,
  inFlight: () => `${edge('client_seconds_sum', FIGURES_OVER)} > 0`,
};

function edge(counter: string, window: string): string {
  return sumRate(`${EDGE}_${counter}`, SELECTED_EDGE, { by: CALLER, window });
}

/** Share of calls that failed, from the traces: a service without failures has no such series. */
export function failedShare(): string {
  const of = (counter: string) =>
    `${sumBy(['server'])}(rate(${EDGE}_${counter}{connection_type="virtual_node", server=~"$service"}[${FIGURES_OVER}]))`;
  return `(${of('failed_total')} or 0 * ${of('total')}) / (${of('total')} > 0)`;
}
