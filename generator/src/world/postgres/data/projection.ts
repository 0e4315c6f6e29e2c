import { DatabaseError, SQLSTATE } from '../database-error.js';
import type { SelectItem } from '../sql/ast.js';
import type { Row } from '../types.js';
import type { RowKey } from './change-log.js';
import { columnOf, type Input, operandValue } from './predicate.js';
import type { Column, Value } from './schema.js';
import type { TableData } from './table-data.js';
import type { Transaction } from './transaction.js';
import { fromStored } from './values.js';

/** Makes a result row of a row as a transaction sees it. */
export type Projection = (key: RowKey, transaction: Transaction, input: Input) => Row;

/** Makes the values of a list without a table. */
export type ConstantProjection = (input: Input) => Row;

/** @throws {DatabaseError} 42703, 0A000 */
export function compileConstants(items: readonly SelectItem[]): ConstantProjection {
  const makers = items.map((item): [string, (input: Input) => unknown] => {
    if (item.kind !== 'value') throw noSuchColumn(item.alias);
    const cast = castBy(item.cast);
    return [item.alias, (input) => cast(operandValue(item.operand, input))];
  });
  return (input) => Object.fromEntries(makers.map(([alias, make]) => [alias, make(input)]));
}

/**
 * Compiles a list of columns and values (no aggregates).
 * @throws {DatabaseError} 42703, 42803, 0A000
 */
export function compileProjection(data: TableData, items: readonly SelectItem[]): Projection {
  const constants = compileConstants(items.filter(({ kind }) => kind === 'value'));
  const hasConstants = items.some(({ kind }) => kind === 'value');
  const columns = items.filter((item) => item.kind !== 'value').map((item) => outputOf(data, item));
  // A copy of this has its final shape from the start.
  const template: Row = Object.fromEntries(items.map(({ alias }) => [alias, null]));
  return (key, transaction, input) => {
    const stored = transaction.change(data, key);
    const result = { ...template };
    const place = stored ? undefined : data.placeOf(key as number);
    for (const { alias, name, column, convert, result: make } of columns) {
      if (place !== undefined && make !== undefined) {
        result[alias] = make(place);
      } else {
        const value = place === undefined ? (stored?.[name] ?? null) : column.value(place);
        result[alias] = convert === undefined ? value : convert(value);
      }
    }
    return hasConstants ? Object.assign(result, constants(input)) : result;
  };
}

interface Output {
  readonly alias: string;
  readonly name: string;
  readonly column: Column;
  readonly convert: ((value: Value) => unknown) | undefined;
  readonly result: Column['result'];
}

function outputOf(data: TableData, item: Exclude<SelectItem, { kind: 'value' }>): Output {
  if (item.kind === 'aggregate') throw ungrouped(item.alias);
  const column = columnOf(data.table, item.column);
  const { type } = column;
  const cast = castBy(item.cast);
  const isPlain = item.cast === undefined && type !== 'timestamptz' && type !== 'jsonb';
  const convert = isPlain ? undefined : (value: Value) => cast(fromStored(type, value));
  const result = item.cast === undefined ? column.result : undefined;
  return { alias: item.alias, name: item.column, column, convert, result };
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

function noSuchColumn(name: string): DatabaseError {
  return new DatabaseError(SQLSTATE.undefinedColumn, `column "${name}" does not exist`);
}

/** The error for a column beside aggregates. */
export function ungrouped(name: string): DatabaseError {
  const message = `column "${name}" must appear in the GROUP BY clause or be used in an aggregate function`;
  return new DatabaseError(SQLSTATE.groupingError, message);
}
