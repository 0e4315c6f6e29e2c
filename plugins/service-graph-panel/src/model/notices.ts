/** What the frames leave open, said in one sentence each: a figure that is missing is never shown as 0. */
import { meaningOfQuery, type Role } from './roles';
import type { Series } from './series';
import type { GraphEdge, GraphNode } from './types';

export interface NoticesInput {
  readonly series: readonly Series[];
  readonly asked: readonly string[];
  readonly nodes: readonly GraphNode[];
  readonly edges: readonly GraphEdge[];
  readonly failuresKnown: boolean;
}

export function noticesOf({ series, asked, nodes, edges, failuresKnown }: NoticesInput): string[] {
  const has = (...roles: Role[]) => series.some(({ role }) => roles.includes(role));
  const askedFor = (start: string) =>
    asked.some((name) => meaningOfQuery(name)?.role.startsWith(start) ?? false);
  const notices: string[] = [];
  if (!has('rate', 'count'))
    notices.push('No series of request rates: only what other queries tell is shown.');
  if (!failuresKnown) notices.push('No query for failed calls: error shares are not known.');
  if (!has('latency', 'sum')) {
    notices.push('No series of latency: mean and calls in flight are not known.');
  } else {
    notices.push(...untimedNotice(edges));
  }
  if (!has('p95', 'bucket')) notices.push('No latency buckets: the mean stands in for P95.');
  const pools = nodes.some((node) => node.pools.length > 0);
  if (askedFor('pool_') && !pools) notices.push('No series of the connection pool: it is not drawn.');
  if (has('pool_used', 'pool_utilization') && !nodes.some(({ kind }) => kind === 'database')) {
    notices.push('There are series of a connection pool, but no database node to show them at.');
  }
  return notices;
}

/** How many edges have calls, but no latency; nothing when all have. */
export function untimedNotice(edges: readonly GraphEdge[]): string[] {
  const untimed = edges.filter(({ now }) => now.mean_s === null && (now.rate ?? 0) > 0).length;
  return untimed > 0 ? [`No latency for ${untimed} of ${edges.length} edges (shown as –).`] : [];
}
