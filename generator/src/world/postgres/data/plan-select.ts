import type { OrderTerm, SelectStatement } from '../sql/ast.js';
import type { QueryResult, Row } from '../types.js';
import { compileAggregation } from './aggregate.js';
import type { RowKey } from './change-log.js';
import type { Database } from './database.js';
import { Matcher } from './matcher.js';
import type { Execution, Plan } from './plan.js';
import { columnOf, compilePredicate, type Input, operandValue } from './predicate.js';
import { compileConstants, compileProjection } from './projection.js';
import type { StoredRow, Value } from './schema.js';
import type { TableData } from './table-data.js';

type Find = (execution: Execution) => RowKey[];

/** @throws {DatabaseError} when it names what does not exist */
export function compileSelect(database: Database, statement: SelectStatement): Plan {
  if (statement.table === undefined) {
    const project = compileConstants(statement.items);
    return {
      kind: 'select',
      data: undefined,
      returnsRows: true,
      run: ({ input }) => resultOf([project(input)]),
    };
  }
  const data = database.table(statement.table);
  const aggregated = statement.groupBy.length > 0 || statement.items.some(({ kind }) => kind === 'aggregate');
  const run = aggregated ? compileAggregated(data, statement) : compilePlain(data, statement);
  return { kind: 'select', data, returnsRows: true, run };
}

function compileAggregated(data: TableData, statement: SelectStatement): Plan['run'] {
  const find = finder(data, statement);
  const aggregate = compileAggregation(data, statement.items, statement.groupBy);
  const [only, ...others] = statement.items;
  const isCount = only?.kind === 'aggregate' && only.function === 'count' && only.column === undefined;
  if (isCount && others.length === 0 && statement.groupBy.length === 0) {
    const cast = only.cast === undefined ? String : Number;
    return (execution) => resultOf([{ [only.alias]: cast(find(execution).length) }]);
  }
  return (execution) => {
    const rows = rowsOf(data, find(execution), execution);
    return resultOf(sliced(aggregate(rows, execution.input), statement, execution.input));
  };
}

function compilePlain(data: TableData, statement: SelectStatement): Plan['run'] {
  const { orderBy, lock } = statement;
  const find = finder(data, statement);
  const project = compileProjection(data, statement.items);
  const sorted = sorter(data, orderBy);
  return (execution) => {
    let keys = find(execution);
    if (lock !== 'none') {
      const locked = keys.filter((key) => execution.lock(lockKey(data, key)));
      if (locked.length < keys.length && lock === 'wait') return undefined;
      keys = locked;
    }
    const { input, transaction } = execution;
    keys = sorted(keys, execution);
    return resultOf(sliced(keys, statement, input).map((key) => project(key, transaction, input)));
  };
}

/** The lock on a row. */
export function lockKey(data: TableData, key: RowKey): string {
  return `${data.table.name}/${key}`;
}

/**
 * Finds the keys of the matching rows; no more than are asked for, where the rows of the population come in the order
 * that is asked for.
 */
function finder(data: TableData, statement: SelectStatement): Find {
  const { where, orderBy, limit, offset, groupBy } = statement;
  const matcher = new Matcher(
    data,
    where.map((condition) => compilePredicate(data.table, condition)),
  );
  const [first] = orderBy;
  const inOrder = first === undefined || first.column === data.table.population.newestFirst;
  const canStop =
    inOrder && limit !== undefined && groupBy.length === 0 && statement.items[0]?.kind !== 'aggregate';
  const oldestFirst = inOrder && first !== undefined && !first.descending;
  return ({ input, transaction }) => {
    const enough = canStop
      ? count(limit, input, Number.POSITIVE_INFINITY) + count(offset, input, 0)
      : undefined;
    return matcher.keys(matcher.arguments(input), transaction, {
      oldestFirst,
      ...(enough !== undefined && { enough }),
    });
  };
}

function rowsOf(data: TableData, keys: readonly RowKey[], { transaction }: Execution): StoredRow[] {
  return keys.map((key) => transaction.row(data, key) as StoredRow);
}

function sliced<T>(rows: T[], { limit, offset }: SelectStatement, input: Input): T[] {
  if (limit === undefined && offset === undefined) return rows;
  const start = count(offset, input, 0);
  return rows.slice(start, start + count(limit, input, Number.POSITIVE_INFINITY));
}

function count(operand: SelectStatement['limit'], input: Input, byDefault: number): number {
  const value = operand && operandValue(operand, input);
  return value === undefined || value === null ? byDefault : Number(value);
}

/** Sorts keys by the terms of an ORDER BY. @throws {DatabaseError} 42703 */
function sorter(data: TableData, orderBy: readonly OrderTerm[]) {
  const terms = orderBy.map(({ column, descending }) => ({
    name: column,
    column: columnOf(data.table, column),
    descending,
  }));
  return (keys: RowKey[], { transaction }: Execution): RowKey[] => {
    if (terms.length === 0 || keys.length < 2) return keys;
    const items = keys.map((key) => {
      const row = transaction.change(data, key);
      const place = row ? undefined : data.placeOf(key as number);
      const values = terms.map(({ name, column }) => (place ? column.value(place) : (row?.[name] ?? null)));
      return { key, values };
    });
    items.sort((a, b) => compareValues(a.values, b.values, terms));
    return items.map(({ key }) => key);
  };
}

/** Null comes after everything else, as in PostgreSQL. */
function compareValues(
  a: readonly Value[],
  b: readonly Value[],
  terms: readonly { descending: boolean }[],
): number {
  for (const [i, { descending }] of terms.entries()) {
    const left = a[i] ?? null;
    const right = b[i] ?? null;
    if (left === right) continue;
    const isLess = right === null || (left !== null && left < right);
    return isLess === descending ? 1 : -1;
  }
  return 0;
}

function resultOf(rows: Row[]): QueryResult {
  return { rows, rowCount: rows.length };
}
