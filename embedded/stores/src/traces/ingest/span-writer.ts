/** What both encodings of OTLP have in common: the dictionaries that they fill, and how a span is finished. */
import { QueryError } from '../../query/query-error.js';
import type { Extras, SpanEvent, SpanLink } from '../columns.js';
import type { TracesStore } from '../store.js';

/** A request of many spans lets others have their turn after so many. */
export const SPANS_BETWEEN_BREATHS = 4096;

/** Parts of a span that are known only when all of it has been read. */
export interface Ending {
  readonly endSeconds: number;
  readonly endNanos: number;
  readonly hasTrace: boolean;
  readonly events?: readonly ReadEvent[];
  readonly links?: readonly SpanLink[];
  readonly traceState?: string;
  readonly droppedAttributes?: number;
  readonly droppedEvents?: number;
  readonly droppedLinks?: number;
}

export interface ReadEvent extends Omit<SpanEvent, 'offset_ns'> {
  readonly seconds: number;
  readonly nanos: number;
}

/** Empties the row of the span that comes next. @returns its number */
export function beginSpan({ spans }: TracesStore, scope: number): number {
  spans.reserve();
  const span = spans.count;
  spans.parentHigh[span] = spans.parentLow[span] = 0;
  spans.idHigh[span] = spans.idLow[span] = 0;
  spans.seconds[span] = spans.nanos[span] = 0;
  spans.name[span] = spans.message[span] = 0;
  spans.kind[span] = spans.status[span] = 0;
  spans.scope[span] = scope;
  return span;
}

/** @throws {QueryError} `bad_data` for a span without a trace, as Tempo refuses it */
export function endSpan({ spans }: TracesStore, span: number, ending: Ending): void {
  if (!ending.hasTrace) throw new QueryError('bad_data', 'trace ids must be 128 bit, received 0 bits');
  const seconds = spans.seconds[span] as number;
  const nanos = spans.nanos[span] as number;
  spans.duration_ns[span] = (ending.endSeconds - seconds) * 1e9 + ending.endNanos - nanos;
  spans.count = span + 1;
  spans.attributesFrom[span + 1] = spans.attributeCount;
  const events = ending.events?.map(({ seconds: event_s, nanos: event_ns, ...event }) => ({
    ...event,
    offset_ns: (event_s - seconds) * 1e9 + event_ns - nanos,
  }));
  const { endSeconds: _s, endNanos: _n, hasTrace: _t, events: _e, ...others } = ending;
  const extras: Extras = events ? { ...others, events } : others;
  if (Object.keys(extras).length > 0) spans.extras.set(span, extras);
}
