/** Which of a node's figures are written in one row of so much room: the fullest wording that fits. */
import { formatQuantile } from '../model/describe';
import { formatPercent, formatRate, formatSeconds, formatSecondsShort } from '../model/format';
import type { GraphNode } from '../model/types';
import { type Part, widthOf } from './edge-label';

const SPACE: Part = { text: '  ', tone: 'plain' };

/** @param room px */
export function nodeRow(node: GraphNode, room: number, fontSize: number): readonly Part[] {
  const fits = (parts: readonly Part[]) => widthOf({ left: parts, right: [] }, fontSize) <= room;
  const candidates = node.now === null ? makesOf(node) : figuresOf(node);
  return candidates.find(fits) ?? candidates.at(-1) ?? [];
}

/** A node that nobody is known to call shows what it asks for. */
function makesOf({ makes }: GraphNode): Part[][] {
  if (makes === null) return [[{ text: 'no calls seen', tone: 'plain' }]];
  return [`makes ${formatRate(makes)}`, formatRate(makes)].map((text) => [{ text, tone: 'plain' }]);
}

function figuresOf(node: GraphNode): Part[][] {
  const { now, over } = node;
  const rate: Part = { text: formatRate(now?.rate), tone: 'strong' };
  const errors: Part[] = over.errors
    ? [SPACE, { text: `▲ ${formatPercent(now?.errors)}`, tone: 'over' }]
    : [];
  const worded = latencyOf(node);
  const short = latencyOf(node, formatSecondsShort);
  return [
    [rate, ...errors, SPACE, worded],
    [rate, ...errors, SPACE, short],
    // What is over its threshold comes before the rate.
    ...(over.latency ? [[...errors.slice(1), ...(over.errors ? [SPACE] : []), short], [short]] : []),
    [rate, ...errors],
    [rate],
  ];
}

/** `P95 24 s`, or the mean where there are no quantiles; marked when it is over its threshold. */
export function latencyOf({ now, over }: GraphNode, format = formatSeconds): Part {
  const text = now?.p95 ? `P95 ${formatQuantile(now.p95, format)}` : `mean ${format(now?.mean_s)}`;
  return over.latency ? { text: `▲ ${text}`, tone: 'over' } : { text, tone: 'plain' };
}
