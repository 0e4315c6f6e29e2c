import type { AggregateFunction, SelectItem } from '../sql/ast.js';
import type { Row } from '../types.js';
import { columnOf, type Input, operandValue } from './predicate.js';
import { castBy, ungrouped } from './projection.js';
import type { StoredRow, Value } from './schema.js';
import type { TableData } from './table-data.js';
import { fromStored } from './values.js';

/** Makes result rows of all matching rows. */
export type Aggregation = (rows: readonly StoredRow[], input: Input) => Row[];

/** Compiles a list that has aggregates in it. @throws {DatabaseError} 42703, 42803, 0A000 */
export function compileAggregation(
  data: TableData,
  items: readonly SelectItem[],
  groupBy: readonly string[],
): Aggregation {
  for (const name of groupBy) columnOf(data.table, name);
  const makers = items.map((item): [string, (rows: readonly StoredRow[], input: Input) => unknown] => {
    const cast = castBy(item.cast);
    if (item.kind === 'value') return [item.alias, (_, input) => cast(operandValue(item.operand, input))];
    const type = item.column === undefined ? 'integer' : columnOf(data.table, item.column).type;
    if (item.kind === 'column' && !groupBy.includes(item.column)) throw ungrouped(item.column);
    if (item.kind === 'column')
      return [item.alias, ([row]) => cast(fromStored(type, row?.[item.column] ?? null))];
    const { column, distinct } = item;
    return [
      item.alias,
      (rows) => {
        const values = column === undefined ? rows.map(() => 1) : valuesOf(rows, column, distinct);
        const result = AGGREGATES[item.function](values);
        const isOfColumn = item.function === 'min' || item.function === 'max';
        return cast(isOfColumn ? fromStored(type, result) : result);
      },
    ];
  });
  const rowOf = (rows: readonly StoredRow[], input: Input) =>
    Object.fromEntries(makers.map(([alias, make]) => [alias, make(rows, input)]));
  if (groupBy.length === 0) return (rows, input) => [rowOf(rows, input)];
  return (rows, input) => groupsOf(rows, groupBy).map((group) => rowOf(group, input));
}

function valuesOf(rows: readonly StoredRow[], column: string, distinct: boolean): Value[] {
  const values = rows.map((row) => row[column] ?? null).filter((value) => value !== null);
  return distinct ? [...new Set(values)] : values;
}

const sum = (values: readonly Value[]) => values.reduce<number>((total, value) => total + Number(value), 0);
const least = (values: readonly Value[], sign: 1 | -1) =>
  values.reduce(
    (best, value) => ((best as number) < (value as number) === (sign === 1) ? best : value),
    values[0] ?? null,
  );

/** As node-postgres gives them: bigint and numeric as text. */
const AGGREGATES: Readonly<Record<AggregateFunction, (values: readonly Value[]) => Value>> = {
  count: (values) => String(values.length),
  sum: (values) => (values.length === 0 ? null : String(sum(values))),
  avg: (values) => (values.length === 0 ? null : String(sum(values) / values.length)),
  min: (values) => least(values, 1),
  max: (values) => least(values, -1),
};

function groupsOf(rows: readonly StoredRow[], columns: readonly string[]): StoredRow[][] {
  const groups = new Map<string, StoredRow[]>();
  for (const row of rows) {
    const key = JSON.stringify(columns.map((name) => row[name]));
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [row]);
    else group.push(row);
  }
  return [...groups.values()];
}
