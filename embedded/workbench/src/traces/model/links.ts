/** Where a span leads: its log lines, its place in the source, other traces. */
import { exploreUrl } from '../../explore/model/url-state';
import type { Place } from '../../source/place';
import { endOf, type Span, type Trace } from './trace';
import type { TimeSpan } from './view';

const MINUTE_MS = 60_000;

/** Log lines of a whole trace, of all services. */
export function traceLogsUrl({
  traceId,
  startMs,
  endMs,
}: Pick<Trace, 'traceId' | 'startMs' | 'endMs'>): string {
  const expr = `{service_name=~".+"} | trace_id="${padded(traceId)}"`;
  return lokiUrl(expr, { fromMs: startMs - MINUTE_MS, toMs: endMs + MINUTE_MS });
}

/** Log lines that were written in a span. */
export function spanLogsUrl({ traceId }: Pick<Trace, 'traceId'>, span: Span): string {
  const { service, spanId, startMs } = span;
  const expr = `{service_name=${JSON.stringify(service)}} | trace_id="${padded(traceId)}" | span_id="${spanId}"`;
  return lokiUrl(expr, { fromMs: startMs - MINUTE_MS, toMs: endOf(span) + MINUTE_MS });
}

/** Log lines of all services in a part of the time, whatever trace they belong to. */
export function timeLogsUrl(span: TimeSpan): string {
  return lokiUrl('{service_name=~".+"}', span);
}

/** Another trace. */
export function linkedTraceUrl(
  traceId: string,
  spanId: string | undefined,
  { fromMs, toMs }: TimeSpan,
): string {
  return exploreUrl({
    datasource: 'tempo',
    queries: [{ refId: 'A', queryType: 'traceql', query: traceId }],
    range: { from: String(Math.floor(fromMs)), to: String(Math.ceil(toMs)) },
    spanId,
  });
}

/** The line of the source that a span comes from. */
export function placeOfSpan({ attributes }: Pick<Span, 'attributes'>): Place | undefined {
  const attribute = (...names: readonly string[]) => attributes.find(([name]) => names.includes(name))?.[1];
  const file = attribute('code.file.path', 'code.filepath');
  if (!file) return undefined;
  const line = Number(attribute('code.line.number', 'code.lineno'));
  return { file, line: Number.isInteger(line) && line > 0 ? line : undefined };
}

function lokiUrl(expr: string, { fromMs, toMs }: TimeSpan): string {
  return exploreUrl({
    datasource: 'loki',
    queries: [{ refId: 'A', queryType: 'range', expr, direction: 'forward' }],
    range: { from: String(Math.floor(fromMs)), to: String(Math.ceil(toMs)) },
  });
}

/** Tempo leaves out a trace id's leading zeros, logs do not. */
function padded(traceId: string): string {
  return traceId.padStart(32, '0');
}
