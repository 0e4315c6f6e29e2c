/** Aggregation operators: groups of series, and what each becomes. */
import { QueryError } from '../../query/query-error.js';
import { formatPlain } from '../format.js';
import { type Labels, METRIC_NAME } from '../labels.js';
import { isLabelName } from '../semantics.js';
import { selectExtremes } from './aggregate-k.js';
import type { Aggregation } from './ast.js';
import type { Context } from './context.js';
import { mergeSameLabels } from './merge.js';
import { REDUCERS } from './reducers.js';
import { type Grid, isEmpty, type Value, type Vector, type VectorSeries } from './value.js';

export interface Group {
  readonly labels: Labels;
  readonly members: VectorSeries[];
}

export async function aggregate(
  expr: Aggregation,
  input: Value,
  parameter: Value | undefined,
  grid: Grid,
  context: Context,
): Promise<Value> {
  const { series } = input as Vector;
  const { operator } = expr;
  if (operator === 'count_values') return countValues(expr, series, parameter, grid, context);
  const numbers = parameter?.kind === 'scalar' ? parameter.values : new Float64Array(0);
  if (operator === 'topk' || operator === 'bottomk') {
    const groups = groupBy(expr, series);
    return { kind: 'vector', series: await selectExtremes(operator, groups, numbers, grid, context) };
  }
  if (operator === 'quantile' && expr.parameter) {
    for (const quantile of new Set(numbers)) context.annotations.invalidQuantile(quantile, expr.parameter);
  }
  const reduce = REDUCERS[operator];
  const result: VectorSeries[] = [];
  for (const { labels, members } of groupBy(expr, series)) {
    const dropName = members.some((member) => member.dropName);
    const out = context.newSeries(labels, dropName, grid);
    await reduce(members, out, numbers, context);
    if (!isEmpty(out)) result.push(out);
  }
  return { kind: 'vector', series: result };
}

/** In the order of each group's first series. */
function groupBy({ without, grouping }: Aggregation, series: readonly VectorSeries[]): readonly Group[] {
  const groups = new Map<string, Group>();
  for (const one of series) {
    const key = groupKey(one.labels, without, grouping);
    const group = groups.get(key);
    if (group) group.members.push(one);
    else groups.set(key, { labels: groupLabels(one.labels, without, grouping), members: [one] });
  }
  return [...groups.values()];
}

function groupKey(labels: Labels, without: boolean, grouping: readonly string[]): string {
  if (without) return groupLabels(labels, without, grouping).key;
  return grouping.length === 0 ? '' : JSON.stringify(grouping.map((name) => labels.get(name)));
}

function groupLabels(labels: Labels, without: boolean, grouping: readonly string[]): Labels {
  return without ? labels.without(METRIC_NAME, ...grouping) : labels.only(grouping);
}

/** A series for each value of a group, with the value as a label; its own value is how often that occurs. */
async function countValues(
  expr: Aggregation,
  series: readonly VectorSeries[],
  parameter: Value | undefined,
  grid: Grid,
  context: Context,
): Promise<Vector> {
  const label = parameter?.kind === 'string' ? parameter.value : '';
  if (!isLabelName(label, context.semantics))
    throw new QueryError('execution', `invalid label name ${JSON.stringify(label)}`);
  const counts = new Map<string, VectorSeries>();
  for (const { labels, values, present } of series) {
    const kept = groupLabels(labels, expr.without, expr.grouping);
    const texts = new Map<number, VectorSeries>();
    for (let step = 0; step < grid.count; step++) {
      if (present[step] === 0) continue;
      const value = values[step] as number;
      let out = texts.get(value);
      if (!out) {
        const group = kept.with(label, formatPlain(value));
        out = counts.get(group.key) ?? context.newSeries(group, false, grid);
        counts.set(group.key, out);
        texts.set(value, out);
      }
      out.values[step] = (out.values[step] as number) + 1;
      out.present[step] = 1;
    }
    await context.worked(grid.count);
  }
  return { kind: 'vector', series: mergeSameLabels([...counts.values()]) };
}
