/** The figures as whole sentences: the name that a screen reader says, and what the pointer shows. */
import { formatCount, formatPercent, formatRate, formatSeconds, NBSP, UNKNOWN } from './format';
import type { Figures, GraphEdge, GraphNode, NodeKind, Over, Quantile } from './types';

const KIND_WORD: Readonly<Record<NodeKind, string>> = {
  client: 'clients',
  service: 'service',
  database: 'database',
  external: 'external',
};

export function kindWord(kind: NodeKind): string {
  return KIND_WORD[kind];
}

/** `> 60 s` where the histogram ends there. */
export function formatQuantile(
  quantile: Quantile | null,
  format: (value_s: number | null) => string = formatSeconds,
): string {
  if (quantile === null) return UNKNOWN;
  return quantile.above ? `>${NBSP}${format(quantile.value_s)}` : format(quantile.value_s);
}

export function describeEdge(edge: GraphEdge, nameOf: (id: string) => string): string {
  const parts = [`${nameOf(edge.source)} to ${nameOf(edge.target)}: ${describeFigures(edge.now, edge.over)}`];
  if (edge.before !== null) parts.push(`Before: ${describeFigures(edge.before)}`);
  return parts.join('. ');
}

export function describeNode(node: GraphNode): string {
  const parts = [`${node.name}, ${kindWord(node.kind)}`];
  parts.push(node.now ? describeFigures(node.now, node.over) : 'no caller is known');
  for (const pool of node.pools) {
    const used = pool.used?.now ?? null;
    const share = `${formatPercent(pool.utilization)} in use${pool.over.utilization ? ', over its threshold' : ''}`;
    const counts =
      used === null || pool.max === null
        ? ''
        : `${formatCount(used)} of ${formatCount(pool.max)} connections, `;
    const waiting = pool.waiting ? `, ${formatCount(pool.waiting.now)} waiting` : '';
    parts.push(`Connection pool${pool.name ? ` of ${pool.name}` : ''}: ${counts}${share}${waiting}`);
  }
  return parts.join('. ');
}

function describeFigures(figures: Figures, over?: Over): string {
  const mark = (isOver: boolean | undefined) => (isOver ? ' (over its threshold)' : '');
  const latency = figures.p95 ? 'P95' : 'mean';
  return [
    formatRate(figures.rate),
    `${formatPercent(figures.errors)} errors${mark(over?.errors)}`,
    `mean ${formatSeconds(figures.mean_s)}${latency === 'mean' ? mark(over?.latency) : ''}`,
    `P95 ${formatQuantile(figures.p95)}${latency === 'P95' ? mark(over?.latency) : ''}`,
    `${formatCount(figures.inFlight)} calls in flight`,
  ].join(', ');
}

/** `was 202/s`, when the rate at least doubled or halved; `''` otherwise. A change is evidence, whichever its direction. */
export function changeOf({ now, before }: GraphEdge): string {
  if (now.rate === null || before === null || before.rate === null) return '';
  if (before.rate === 0) return now.rate > 0 ? 'was 0/s' : '';
  const ratio = now.rate / before.rate;
  return ratio >= CHANGE || ratio <= 1 / CHANGE ? `was ${formatRate(before.rate)}` : '';
}

/** Fold. */
const CHANGE = 2;
