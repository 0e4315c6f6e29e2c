/** TraceQL for the API's requests that the dashboard's variables select. */
import { SERVICE } from 'interview-app/telemetry-names';

const REQUEST = `resource.service.name = "${SERVICE.api}" && kind = server && span.http.route =~ "$route"`;
/** A call to the selected service below the request. */
const CALLED = '{ span.peer.service =~ "$called" }';

export function requests(): string {
  return `{ ${REQUEST} && duration > $longer } >> ${CALLED}`;
}

export function failedRequests(): string {
  return `{ ${REQUEST} && status = error } >> ${CALLED}`;
}

/** The calls themselves. */
export function calls(): string {
  return `{ kind = client && span.peer.service =~ "$called" && span.http.route =~ "$route" && duration > $longer }`;
}

const SPANS = 'traces_spanmetrics';

/** Of all spans by name. @param window a PromQL duration */
export function spanFigures(window: string) {
  const by = 'service, span_name, span_kind';
  const calls = `sum by (${by}) (rate(${SPANS}_calls_total[${window}]))`;
  return {
    rate: `${calls} > 0`,
    failed: `(sum by (${by}) (rate(${SPANS}_calls_total{status_code="STATUS_CODE_ERROR"}[${window}])) or 0 * ${calls}) / (${calls} > 0)`,
    mean: `sum by (${by}) (rate(${SPANS}_latency_sum[${window}])) / (sum by (${by}) (rate(${SPANS}_latency_count[${window}])) > 0)`,
    inFlight: `sum by (${by}) (rate(${SPANS}_latency_sum[${window}])) > 0`,
  };
}
