import { DatabaseError, SQLSTATE } from '../database-error.js';
import type { SelectItem } from '../sql/ast.js';
import type { Row } from '../types.js';
import { columnOf, type Input, operandValue } from './predicate.js';
import type { StoredRow } from './schema.js';
import type { TableData } from './table-data.js';
import { fromStored } from './values.js';

/** Makes a result row of a stored one. */
export type Projection = (row: StoredRow, input: Input) => Row;

/**
 * Compiles a list of columns and values (no aggregates).
 * @throws {DatabaseError} 42703, 42803, 0A000
 */
export function compileProjection(data: TableData | undefined, items: readonly SelectItem[]): Projection {
  if (data !== undefined && isWholeRow(data, items)) return wholeRow(data);
  const makers = items.map((item): [string, Projection | ((row: StoredRow, input: Input) => unknown)] => {
    const cast = castBy(item.cast);
    if (item.kind === 'value') return [item.alias, (_, input) => cast(operandValue(item.operand, input))];
    if (item.kind === 'aggregate' || data === undefined) throw ungrouped(item.alias);
    const { type } = columnOf(data.table, item.column);
    return [item.alias, (row) => cast(fromStored(type, row[item.column] ?? null))];
  });
  return (row, input) => {
    const result: Row = {};
    for (const [alias, make] of makers) result[alias] = make(row, input);
    return result;
  };
}

/** How `::type` changes what a client gets. @throws {DatabaseError} 0A000 */
export function castBy(type: string | undefined): (value: unknown) => unknown {
  switch (type) {
    case undefined:
      return (value) => value;
    case 'int':
    case 'int4':
    case 'integer':
    case 'float8':
    case 'double precision':
      return (value) => (value === null ? null : Number(value));
    case 'text':
    case 'bigint':
    case 'int8':
    case 'numeric':
    case 'uuid':
      return (value) => (value === null ? null : String(value));
    default:
      throw new DatabaseError(
        SQLSTATE.featureNotSupported,
        `the simulated server does not understand ::${type}`,
      );
  }
}

function isWholeRow({ columnNames }: TableData, items: readonly SelectItem[]): boolean {
  return (
    items.length === columnNames.length &&
    items.every((item, i) => {
      const name = columnNames[i];
      return item.kind === 'column' && item.column === name && item.alias === name && item.cast === undefined;
    })
  );
}

/** The same for the frequent case of all columns in their order: a copy, of which few members are changed. */
function wholeRow({ table, columnNames }: TableData): Projection {
  const converted = columnNames.filter((name) => /^(timestamptz|jsonb)$/.test(columnOf(table, name).type));
  const types = converted.map((name) => columnOf(table, name).type);
  return (row) => {
    const result: Row = { ...row };
    for (let i = 0; i < converted.length; i++) {
      const name = converted[i] as string;
      result[name] = fromStored(types[i] as (typeof types)[number], row[name] ?? null);
    }
    return result;
  };
}

function ungrouped(name: string): DatabaseError {
  const message = `column "${name}" must appear in the GROUP BY clause or be used in an aggregate function`;
  return new DatabaseError(SQLSTATE.groupingError, message);
}
