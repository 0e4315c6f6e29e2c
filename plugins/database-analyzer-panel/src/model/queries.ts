import { GROUP_LABEL, type GroupBy } from './connection-seconds';

/** A stream selector with one more condition on fields of the line. */
export function sessionLogs(selector: string, pid: number): string {
  return `${selector} | logfmt | pid="${pid}"`;
}

/** How many snapshot lines there are in each step: a step without a value is a snapshot that is missing. */
export function snapshotCounts(selector: string, stepMs: number): string {
  return `sum(count_over_time(${selector} [${logqlDuration(stepMs)}]))`;
}

/** The same by state, for when no metric tells the states over time. Reads every line: only asked for then. */
export function snapshotCountsByState(selector: string, application: string, stepMs: number): string {
  return `sum by (state, wait_event_type) (count_over_time(${selector} | logfmt${only(application)} [${logqlDuration(stepMs)}]))`;
}

/** Lines by what the sessions were doing in the window that ends at the query's time. */
export function connectionSeconds(
  selector: string,
  { application, groupBy, windowMs }: { application: string; groupBy: GroupBy; windowMs: number },
): string {
  const label = GROUP_LABEL[groupBy];
  const by = ['state', 'wait_event_type', ...(label ? [label] : [])].join(', ');
  // Grouped by application, all of them are meant; and a statement's comment differs from one request to the next.
  const filter = groupBy === 'application' ? '' : only(application);
  const statement = groupBy === 'statement' ? ` | label_format statement=${WITHOUT_COMMENT}` : '';
  return `sum by (${by}) (count_over_time(${selector} | logfmt${filter} | state!=""${statement} [${logqlDuration(windowMs)}]))`;
}

const WITHOUT_COMMENT = '`{{ regexReplaceAll "[[:space:]]*/[*].*" .query "" }}`';

function only(application: string): string {
  return application ? ` | app=${logqlString(application)}` : '';
}

/** The application's log lines of a trace. */
export function traceLogs(selector: string, traceId: string): string {
  return `${selector} | trace_id=${logqlString(traceId)}`;
}

/** Whether a store has a trace, as TraceQL: unlike asking for the trace, not having it is no error to anyone. */
export function traceSearch(traceId: string): string {
  return `{ trace:id = ${logqlString(traceId)} }`;
}

/** Traces of a route, as TraceQL. */
export function routeTraces(route: string): string {
  return `{ span.http.route = ${logqlString(route.replace(/^[A-Z]+ /, ''))} }`;
}

function logqlString(text: string): string {
  return JSON.stringify(text);
}

/** Whole seconds where possible. */
function logqlDuration(ms: number): string {
  return ms % 1000 === 0 ? `${ms / 1000}s` : `${Math.round(ms)}ms`;
}
