import { DatabaseError, SQLSTATE } from '../database-error.js';
import type {
  Assignment,
  Condition,
  DeleteStatement,
  InsertStatement,
  Operand,
  SelectItem,
  UpdateStatement,
} from '../sql/ast.js';
import type { QueryResult } from '../types.js';
import type { RowKey } from './change-log.js';
import { Constraints } from './constraints.js';
import type { Database } from './database.js';
import { Matcher } from './matcher.js';
import type { Execution, Plan } from './plan.js';
import { lockKey } from './plan-select.js';
import { columnOf, compilePredicate, type Input, operandValue } from './predicate.js';
import { compileProjection } from './projection.js';
import type { StoredRow, Table, Unique, Value } from './schema.js';
import type { TableData } from './table-data.js';
import type { Transaction } from './transaction.js';
import { toStored } from './values.js';

/** @throws {DatabaseError} when it names what does not exist */
export function compileInsert(database: Database, statement: InsertStatement): Plan {
  const data = database.table(statement.table);
  const constraints = new Constraints(database, data);
  const makeRow = rowMaker(data, statement.columns);
  const result = resultMaker(data, statement.returning);
  const conflict = statement.conflict && compileConflict(data, statement.conflict);

  /** Stores one row, or changes the one that it conflicts with. @returns its key; undefined when nothing was done */
  function store(row: StoredRow, execution: Execution): RowKey | undefined {
    const { transaction, input } = execution;
    constraints.checkNotNull(row);
    const existing = conflict && constraints.duplicate(conflict.unique, row, transaction);
    if (existing === undefined) {
      constraints.checkUnique(row, transaction);
      const key = data.keyOfRow(row);
      transaction.set(data, key, row);
      return key;
    }
    if (conflict?.change === undefined) return undefined;
    transaction.set(
      data,
      existing,
      conflict.change(transaction.row(data, existing) as StoredRow, input, row),
    );
    return existing;
  }

  function checkReferences(key: RowKey, transaction: Transaction): void {
    constraints.checkReferences(transaction.row(data, key) as StoredRow, transaction);
  }

  function run(execution: Execution): QueryResult | undefined {
    const { input } = execution;
    const rows = statement.rows.map((operands) => makeRow(operands, input));
    for (const row of rows) {
      for (const lock of constraints.uniqueLocks(row)) if (!execution.lock(lock)) return undefined;
    }
    const keys = rows.map((row) => store(row, execution)).filter((key) => key !== undefined);
    for (const key of keys) checkReferences(key, execution.transaction);
    return result(keys, execution);
  }
  return { kind: 'insert', data, returnsRows: statement.returning.length > 0, run };
}

/** @throws {DatabaseError} when it names what does not exist */
export function compileUpdate(database: Database, statement: UpdateStatement): Plan {
  const data = database.table(statement.table);
  const constraints = new Constraints(database, data);
  const change = compileChange(data, statement.assignments);
  const changed = new Set(statement.assignments.map(({ column }) => column));
  const touchesUnique = data.table.unique.some(({ columns, where }) =>
    [...columns, where?.column].some((name) => name !== undefined && changed.has(name)),
  );
  const result = resultMaker(data, statement.returning);
  const find = lockingFinder(data, statement.where);

  function run(execution: Execution): QueryResult | undefined {
    const { transaction, input } = execution;
    const keys = find(execution);
    if (keys === undefined) return undefined;
    for (const key of keys) {
      const row = change(transaction.row(data, key) as StoredRow, input);
      constraints.checkNotNull(row);
      if (touchesUnique) constraints.checkUnique(row, transaction, key);
      transaction.set(data, key, row);
    }
    for (const key of keys)
      constraints.checkReferences(transaction.row(data, key) as StoredRow, transaction, changed);
    return result(keys, execution);
  }
  return { kind: 'update', data, returnsRows: statement.returning.length > 0, run };
}

/** @throws {DatabaseError} when it names what does not exist */
export function compileDelete(database: Database, statement: DeleteStatement): Plan {
  const data = database.table(statement.table);
  const result = resultMaker(data, statement.returning);
  const find = lockingFinder(data, statement.where);

  function run(execution: Execution): QueryResult | undefined {
    const keys = find(execution);
    if (keys === undefined) return undefined;
    const deleted = result(keys, execution);
    for (const key of keys) execution.transaction.set(data, key, null);
    return deleted;
  }
  return { kind: 'delete', data, returnsRows: statement.returning.length > 0, run };
}

/** Finds and locks the rows of a condition; undefined when one is locked by another. */
function lockingFinder(data: TableData, where: readonly Condition[]) {
  const matcher = new Matcher(
    data,
    where.map((condition) => compilePredicate(data.table, condition)),
  );
  return ({ input, transaction, lock }: Execution): RowKey[] | undefined => {
    const keys = matcher.keys(matcher.arguments(input), transaction);
    return keys.every((key) => lock(lockKey(data, key))) ? keys : undefined;
  };
}

function rowMaker({ table, columnNames }: TableData, given: readonly string[]) {
  const columns = given.map((name) => [name, columnOf(table, name).type] as const);
  const defaults = columnNames.filter((name) => !given.includes(name));
  const emptyRow: StoredRow = Object.fromEntries(columnNames.map((name) => [name, null]));
  return (operands: readonly Operand[], input: Input): StoredRow => {
    const row = { ...emptyRow };
    for (let i = 0; i < columns.length; i++) {
      const [name, type] = columns[i] as (typeof columns)[number];
      row[name] = toStored(type, operandValue(operands[i] as Operand, input));
    }
    for (const name of defaults) row[name] = defaultOf(table, name, input.nowMs);
    return row;
  };
}

function defaultOf(table: Table, name: string, nowMs: number): Value {
  const { byDefault } = columnOf(table, name);
  return byDefault === 'now()' ? nowMs : (byDefault ?? null);
}

type Change = (row: StoredRow, input: Input, excluded?: StoredRow) => StoredRow;

function compileChange({ table }: TableData, assignments: readonly Assignment[]): Change {
  const changes = assignments.map(
    (assignment) => [assignment.column, compileAssignment(table, assignment)] as const,
  );
  return (row, input, excluded = row) => {
    const changed = { ...row };
    for (const [name, make] of changes) changed[name] = make(row, input, excluded);
    return changed;
  };
}

type NewValue = (row: StoredRow, input: Input, excluded: StoredRow) => Value;

function compileAssignment(table: Table, assignment: Assignment): NewValue {
  const { column: name } = assignment;
  const { type } = columnOf(table, name);
  if (assignment.kind === 'excluded') {
    columnOf(table, assignment.source);
    return (_row, _input, excluded) => excluded[assignment.source] ?? null;
  }
  const given = (input: Input) => toStored(type, operandValue(assignment.operand, input));
  if (assignment.kind === 'set') return (_, input) => given(input);
  return (row, input) => Number(row[name]) + assignment.sign * Number(given(input));
}

function compileConflict(data: TableData, conflict: NonNullable<InsertStatement['conflict']>) {
  const { columns, assignments } = conflict;
  // Without columns any constraint counts; the last is the table's own.
  const unique =
    columns.length === 0
      ? data.table.unique.at(-1)
      : data.table.unique.find((each) => isSameSet(each.columns, columns));
  if (unique === undefined) throw noSuchConstraint();
  return { unique, change: assignments === 'nothing' ? undefined : compileChange(data, assignments) };
}

function isSameSet(columns: Unique['columns'], others: readonly string[]): boolean {
  return columns.length === others.length && columns.every((name) => others.includes(name));
}

function noSuchConstraint(): DatabaseError {
  const message = 'there is no unique or exclusion constraint matching the ON CONFLICT specification';
  return new DatabaseError(SQLSTATE.invalidColumnReference, message);
}

function resultMaker(data: TableData, returning: readonly SelectItem[]) {
  if (returning.length === 0)
    return (keys: readonly RowKey[]): QueryResult => ({ rows: [], rowCount: keys.length });
  const project = compileProjection(data, returning);
  return (keys: readonly RowKey[], { transaction, input }: Execution): QueryResult => ({
    rows: keys.map((key) => project(key, transaction, input)),
    rowCount: keys.length,
  });
}
