import { DatabaseError, SQLSTATE } from '../database-error.js';
import type { Condition, Operand } from '../sql/ast.js';
import type { Column, Table, Value } from './schema.js';
import { toStored } from './values.js';

/** What comes with one execution of a statement. */
export interface Input {
  readonly values: readonly unknown[];
  /** In ms since 1970. */
  readonly nowMs: number;
}

/** What a column is compared with: one value, one of several, or a pattern. */
export type Argument = Value | readonly Value[] | RegExp;

/** One condition of a WHERE, made ready. */
export interface Predicate {
  readonly name: string;
  readonly column: Column;
  /** Whether only rows with the argument, or one of its values, match: what an index helps with. */
  readonly equality: boolean;
  readonly argument: (input: Input) => Argument;
  readonly test: (value: Value, argument: Argument) => boolean;
}

/** @throws {DatabaseError} 42703 */
export function columnOf(table: Table, name: string): Column {
  const column = Object.hasOwn(table.columns, name) ? table.columns[name] : undefined;
  if (column === undefined) {
    throw new DatabaseError(SQLSTATE.undefinedColumn, `column "${name}" does not exist`, {
      table: table.name,
    });
  }
  return column;
}

export function operandValue(operand: Operand, input: Input): unknown {
  switch (operand.kind) {
    case 'constant':
      return operand.value;
    case 'now':
      return new Date(input.nowMs);
    case 'parameter':
      if (operand.index >= input.values.length) {
        const message = `bind message supplies ${input.values.length} parameters, but the statement requires at least ${operand.index + 1}`;
        throw new DatabaseError(SQLSTATE.protocolViolation, message);
      }
      return input.values[operand.index];
  }
}

/** @throws {DatabaseError} 42703 */
export function compilePredicate(table: Table, condition: Condition): Predicate {
  const { column: name } = condition;
  const column = columnOf(table, name);
  const stored = (operand: Operand) => (input: Input) => toStored(column.type, operandValue(operand, input));
  switch (condition.kind) {
    case 'null':
      return {
        name,
        column,
        equality: false,
        argument: () => null,
        test: condition.negated ? (value) => value !== null : (value) => value === null,
      };
    case 'any': {
      const { operands, array } = condition;
      const argument = (input: Input): readonly Value[] => {
        const given = operands.map((operand) => operandValue(operand, input));
        const list = array ? arrayOf(given[0]) : given;
        return list.map((item) => toStored(column.type, item));
      };
      return { name, column, equality: true, argument, test: isOneOf };
    }
    case 'compare': {
      const { operator, operand } = condition;
      if (operator === 'like' || operator === 'ilike') {
        const argument = (input: Input) =>
          pattern(operandValue(operand, input), operator === 'ilike' ? 'is' : 's');
        return { name, column, equality: false, argument, test: isLike };
      }
      return { name, column, equality: operator === '=', argument: stored(operand), test: COMPARE[operator] };
    }
  }
}

type Test = Predicate['test'];

// Nothing compares with null, as in SQL.
const ordered = (test: (value: string | number, argument: string | number) => boolean): Test => {
  return (value, argument) =>
    value !== null && argument !== null && test(value as string | number, argument as string | number);
};

const COMPARE = {
  '=': (value, argument) => value === argument && value !== null,
  '<>': (value, argument) => value !== argument && value !== null && argument !== null,
  '<': ordered((value, argument) => value < argument),
  '<=': ordered((value, argument) => value <= argument),
  '>': ordered((value, argument) => value > argument),
  '>=': ordered((value, argument) => value >= argument),
} satisfies Record<string, Test>;

/** A predicate for rows that have in a column the value that it is given. */
export function equals(table: Table, name: string): Predicate {
  const column = columnOf(table, name);
  return { name, column, equality: true, argument: () => null, test: COMPARE['='] };
}

const isOneOf: Test = (value, argument) => value !== null && (argument as readonly Value[]).includes(value);
const isLike: Test = (value, argument) =>
  typeof value === 'string' && argument !== null && (argument as RegExp).test(value);

function pattern(given: unknown, flags: string): RegExp | null {
  if (given === null || given === undefined) return null;
  const source = String(given).replace(
    /\\(.)|([%_])|([.*+?^${}()|[\]/])/gs,
    (_, escaped, wildcard, special) => {
      if (wildcard !== undefined) return wildcard === '%' ? '.*' : '.';
      return special !== undefined ? `\\${special}` : escaped.replace(/\W/g, '\\$&');
    },
  );
  return new RegExp(`^${source}$`, flags);
}

function arrayOf(given: unknown): readonly unknown[] {
  if (Array.isArray(given)) return given;
  throw new DatabaseError(SQLSTATE.invalidText, `malformed array literal: "${given}"`);
}
