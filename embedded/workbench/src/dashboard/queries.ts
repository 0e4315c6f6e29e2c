import type { DataQuery } from '@grafana/schema';

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';

/** Queries that each have a refId: those without get the first letter that is free, as Grafana gives them. */
export function withRefIds(targets: readonly DataQuery[]): DataQuery[] {
  const taken = new Set(targets.map(({ refId }) => refId).filter(Boolean));
  return targets.map((target) => {
    if (target.refId) return target;
    const refId = [...LETTERS].find((letter) => !taken.has(letter)) ?? `Q${taken.size}`;
    taken.add(refId);
    return { ...target, refId };
  });
}
