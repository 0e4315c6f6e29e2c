/** The time between two spans, or between two moments. */
import { formatDuration } from './duration';
import { endOf, type Span } from './trace';
import type { TimeSpan } from './view';

export interface Gap extends TimeSpan {
  /** What the two ends are, in words. */
  readonly from: string;
  readonly to: string;
  /** `overlap` = both spans ran in this time. */
  readonly kind: 'gap' | 'overlap';
}

/** From the end of the one that ends first to the start of the other; where they overlap, the time that both ran. */
export function gapBetween(one: Span, other: Span): Gap {
  const [first, second] = one.startMs <= other.startMs ? [one, other] : [other, one];
  if (endOf(first) <= second.startMs) {
    return {
      kind: 'gap',
      fromMs: endOf(first),
      toMs: second.startMs,
      from: `end of ${first.name}`,
      to: `start of ${second.name}`,
    };
  }
  const last = endOf(first) < endOf(second) ? first : second;
  return {
    kind: 'overlap',
    fromMs: second.startMs,
    toMs: endOf(last),
    from: `start of ${second.name}`,
    to: `end of ${last.name}`,
  };
}

interface Edge {
  readonly timeMs: number;
  readonly words: string;
}

/**
 * Between two moments that someone dragged over. An end that is near a span's start or end is taken to mean it.
 * @param spans the ones in sight
 * @param reachMs how near is near
 */
export function gapOfDrag(drag: TimeSpan, spans: readonly Span[], reachMs: number, startMs: number): Gap {
  const [from, to] = [Math.min(drag.fromMs, drag.toMs), Math.max(drag.fromMs, drag.toMs)];
  const [first, last] = [edgeNear(from, spans, reachMs), edgeNear(to, spans, reachMs)];
  const plain = (timeMs: number): Edge => ({ timeMs, words: `+${formatDuration(timeMs - startMs)}` });
  const isDegenerate = first !== undefined && last !== undefined && first.timeMs >= last.timeMs;
  const [begin, end] = isDegenerate ? [plain(from), plain(to)] : [first ?? plain(from), last ?? plain(to)];
  return { kind: 'gap', fromMs: begin.timeMs, toMs: end.timeMs, from: begin.words, to: end.words };
}

function edgeNear(timeMs: number, spans: readonly Span[], reachMs: number): Edge | undefined {
  let nearest: Edge | undefined;
  for (const span of spans) {
    const edges: readonly Edge[] = [
      { timeMs: span.startMs, words: `start of ${span.name}` },
      { timeMs: endOf(span), words: `end of ${span.name}` },
    ];
    for (const edge of edges) {
      const distance = Math.abs(edge.timeMs - timeMs);
      if (distance <= reachMs && distance < Math.abs((nearest?.timeMs ?? Infinity) - timeMs)) nearest = edge;
    }
  }
  return nearest;
}
