/** What of a trace is in sight: folded spans, search, zoom. */
import { endOf, type Span, type Trace, type TreeSpan } from './trace';

export interface TimeSpan {
  readonly fromMs: number;
  readonly toMs: number;
}

/** The spans to list: those below a folded one are left out, and, if only matches are wanted, all that lead to none. */
export function visibleSpans(
  { spans }: Trace,
  folded: ReadonlySet<string>,
  only?: ReadonlySet<string>,
): readonly TreeSpan[] {
  const visible: TreeSpan[] = [];
  for (let index = 0; index < spans.length; index++) {
    const span = spans[index];
    if (!span) break;
    const end = index + span.descendantCount;
    const below = () => spans.slice(index + 1, end + 1).some(({ spanId }) => only?.has(spanId));
    if (only === undefined || only.has(span.spanId) || below()) visible.push(span);
    if (folded.has(span.spanId)) index = end;
  }
  return visible;
}

/** The ids of all spans that a text is found in: names, attributes, events, ids. Undefined = nothing is sought. */
export function matches({ spans }: Trace, text: string): ReadonlySet<string> | undefined {
  const sought = text.trim().toLowerCase();
  if (sought === '') return undefined;
  const found = spans.filter((span) => textsOf(span).some((each) => each.toLowerCase().includes(sought)));
  return new Set(found.map(({ spanId }) => spanId));
}

function textsOf({
  name,
  service,
  spanId,
  kind,
  statusMessage,
  attributes,
  events,
}: Span): readonly string[] {
  return [
    name,
    service,
    spanId,
    kind,
    statusMessage,
    ...attributes.flatMap(([key, value]) => [key, value, `${key}=${value}`]),
    ...events.flatMap((event) => [event.name, ...event.attributes.flat()]),
  ];
}

/** Where a span's bar is, as shares of the width; undefined = outside of what is in sight. */
export function barOf(
  span: Pick<Span, 'startMs' | 'durationMs'>,
  { fromMs, toMs }: TimeSpan,
): { readonly left: number; readonly width: number } | undefined {
  if (endOf(span) < fromMs || span.startMs > toMs) return undefined;
  const share = (timeMs: number) => Math.min(1, Math.max(0, (timeMs - fromMs) / (toMs - fromMs)));
  const left = share(span.startMs);
  return { left, width: share(endOf(span)) - left };
}

const LEAST_MS = 0.001;

/** A zoom within a trace, at least a microsecond wide. */
export function clamped({ fromMs, toMs }: TimeSpan, trace: Pick<Trace, 'startMs' | 'endMs'>): TimeSpan {
  const [low, high] = fromMs < toMs ? [fromMs, toMs] : [toMs, fromMs];
  const from = Math.max(trace.startMs, Math.min(low, trace.endMs - LEAST_MS));
  return { fromMs: from, toMs: Math.max(from + LEAST_MS, Math.min(high, trace.endMs)) };
}

/** The same middle, so many times as much time. */
export function scaled({ fromMs, toMs }: TimeSpan, factor: number): TimeSpan {
  const [middle, half] = [(fromMs + toMs) / 2, ((toMs - fromMs) / 2) * factor];
  return { fromMs: middle - half, toMs: middle + half };
}

/** The times of a ruler: both ends and what divides the time between them evenly. */
export function ticks({ fromMs, toMs }: TimeSpan, count: number): readonly number[] {
  return Array.from({ length: count }, (_, index) => fromMs + ((toMs - fromMs) * index) / (count - 1));
}
