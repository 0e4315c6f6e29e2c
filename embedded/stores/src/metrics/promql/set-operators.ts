/** `and`, `or`, `unless`: which series of two vectors remain, by what they are matched on. */
import type { Matching, SetOperator } from './ast.js';
import type { Context } from './context.js';
import { mergeSameLabels } from './merge.js';
import { signature } from './signature.js';
import { type Grid, isEmpty, type Vector, type VectorSeries } from './value.js';

export async function evaluateSet(
  operator: SetOperator,
  matching: Matching,
  left: Vector,
  right: Vector,
  grid: Grid,
  context: Context,
): Promise<Vector> {
  switch (operator) {
    case 'and':
      return { kind: 'vector', series: await restrict(left, right, 1, matching, grid, context) };
    case 'unless':
      return { kind: 'vector', series: await restrict(left, right, 0, matching, grid, context) };
    case 'or': {
      const added = await restrict(right, left, 0, matching, grid, context);
      return { kind: 'vector', series: mergeSameLabels([...left.series, ...added]) };
    }
  }
}

/** Of one vector's series the steps at which the other has a match (1), or has none (0). */
async function restrict(
  { series }: Vector,
  other: Vector,
  wanted: 0 | 1,
  matching: Matching,
  grid: Grid,
  context: Context,
): Promise<readonly VectorSeries[]> {
  const found = presence(other, matching, grid);
  const none = new Uint8Array(grid.count);
  const result: VectorSeries[] = [];
  for (const one of series) {
    const others = found.get(signature(one.labels, matching)) ?? none;
    const out = context.newSeries(one.labels, one.dropName, grid);
    for (let step = 0; step < grid.count; step++) {
      if (one.present[step] === 0 || others[step] !== wanted) continue;
      out.values[step] = one.values[step] as number;
      out.present[step] = 1;
    }
    if (!isEmpty(out)) result.push(out);
    await context.worked(grid.count);
  }
  return result;
}

/** At which steps there is any series of a signature. */
function presence({ series }: Vector, matching: Matching, grid: Grid): ReadonlyMap<string, Uint8Array> {
  const found = new Map<string, Uint8Array>();
  for (const { labels, present } of series) {
    const key = signature(labels, matching);
    const steps = found.get(key) ?? new Uint8Array(grid.count);
    found.set(key, steps);
    for (let step = 0; step < grid.count; step++) if (present[step] === 1) steps[step] = 1;
  }
  return found;
}
