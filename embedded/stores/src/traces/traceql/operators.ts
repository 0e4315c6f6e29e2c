/** What operators make of two values. */
import { RE2JS } from 're2js';
import { QueryError } from '../../query/query-error.js';
import { boolValue, FALSE, isNumeric, NIL, toNumber, toText, type Value } from '../value.js';
import type { BinaryOperator, ComparisonOperator, UnaryOperator } from './ast.js';
import { areComparable, isBooleanOperator, takes, typeOf } from './types.js';

const FLIPPED: Readonly<Partial<Record<BinaryOperator, BinaryOperator>>> = {
  '>': '<',
  '>=': '<=',
  '<': '>',
  '<=': '>=',
};

/** A regular expression that matches a whole string, as TraceQL's do. */
export class Pattern {
  readonly #pattern: RE2JS;
  readonly #known = new Map<string, boolean>();

  /** @throws {Error} for what is no regular expression of RE2 */
  constructor(source: string) {
    this.#pattern = RE2JS.compile(source, RE2JS.DOTALL);
  }

  test(text: string): boolean {
    let matches = this.#known.get(text);
    if (matches === undefined) {
      matches = this.#pattern.testExact(text);
      if (this.#known.size < 100_000) this.#known.set(text, matches);
    }
    return matches;
  }
}

/**
 * What the operator makes of two values; false where it makes no sense for them.
 * @param pattern of the regular expression, when that is on the right side and known
 * @throws {QueryError} `execution` for a division by zero and the like
 */
export function applyBinary(operator: BinaryOperator, left: Value, right: Value, pattern?: Pattern): Value {
  const leftType = typeOf(left);
  const rightType = typeOf(right);
  if (!areComparable(leftType, rightType) || !takes(operator, leftType) || !takes(operator, rightType))
    return FALSE;
  if (left.kind === 'list' || right.kind === 'list') return applyToList(operator, left, right, pattern);
  if (left.kind === 'string' && right.kind === 'string') {
    if (operator === '=~' || operator === '!~') {
      const matches = (pattern ?? new Pattern(right.value)).test(left.value);
      return boolValue(matches === (operator === '=~'));
    }
    return boolValue(compareWith(operator as ComparisonOperator, compareStrings(left.value, right.value)));
  }
  if (left.kind === 'bool' && right.kind === 'bool') {
    if (operator === '&&') return boolValue(left.value && right.value);
    if (operator === '||') return boolValue(left.value || right.value);
  }
  if (operator === '=') return boolValue(areEqual(left, right));
  if (operator === '!=')
    return boolValue(left.kind !== 'nil' && right.kind !== 'nil' && !areEqual(left, right));
  if (
    left.kind === 'int' &&
    right.kind === 'int' &&
    (left.text || right.text) &&
    isBooleanOperator(operator)
  ) {
    return boolValue(compareWith(operator as ComparisonOperator, compareInts(left, right)));
  }
  const [x, y] = [toNumber(left), toNumber(right)];
  if (isBooleanOperator(operator)) return boolValue(compareWith(operator as ComparisonOperator, x - y, x, y));
  return left.kind === 'int' && right.kind === 'int' ? ofInts(operator, x, y) : ofFloats(operator, x, y);
}

/** @throws {QueryError} `execution` for a value that the operator does not take */
export function applyUnary(operator: UnaryOperator, value: Value, text: () => string): Value {
  switch (operator) {
    case 'exists':
      return boolValue(value.kind !== 'nil');
    case 'missing':
      return boolValue(value.kind === 'nil' || (value.kind === 'string' && value.value === 'nil'));
    case '!':
      if (value.kind === 'bool') return boolValue(!value.value);
      throw new QueryError(
        'execution',
        `expression (${text()}) expected a boolean, but got ${goType(value)}`,
      );
    case '-':
      if (value.kind === 'int' || value.kind === 'float' || value.kind === 'duration') {
        return { kind: value.kind, value: -value.value };
      }
      throw new QueryError(
        'execution',
        `expression (${text()}) expected a numeric, but got ${goType(value)}`,
      );
  }
}

/** Equal in TraceQL: numbers by their worth, whatever their type. */
export function areEqual(left: Value, right: Value): boolean {
  if (isNumeric(left.kind) && isNumeric(right.kind)) {
    if (left.kind === 'int' && right.kind === 'int' && (left.text || right.text))
      return left.text === right.text;
    return toNumber(left) === toNumber(right);
  }
  if (left.kind !== right.kind || left.kind === 'nil' || left.kind === 'opaque' || left.kind === 'list')
    return false;
  return left.value === (right as typeof left).value;
}

export function compareStrings(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}

/** Beyond what a double holds. */
function compareInts(left: Value, right: Value): number {
  const [x, y] = [BigInt(toText(left)), BigInt(toText(right))];
  return x < y ? -1 : x > y ? 1 : 0;
}

function compareWith(operator: ComparisonOperator, difference: number, x = difference, y = 0): boolean {
  switch (operator) {
    case '=':
      return difference === 0;
    case '!=':
      return difference !== 0;
    case '>':
      return x > y;
    case '>=':
      return x >= y;
    case '<':
      return x < y;
    case '<=':
      return x <= y;
  }
}

function ofInts(operator: BinaryOperator, x: number, y: number): Value {
  if (y === 0 && operator === '/') throw new QueryError('execution', 'division by zero');
  if (y === 0 && operator === '%') throw new QueryError('execution', 'modulo by zero');
  const result = arithmetic(operator, x, y);
  return { kind: 'int', value: Math.trunc(result) || 0 };
}

function ofFloats(operator: BinaryOperator, x: number, y: number): Value {
  return { kind: 'float', value: arithmetic(operator, x, y) };
}

function arithmetic(operator: BinaryOperator, x: number, y: number): number {
  switch (operator) {
    case '+':
      return x + y;
    case '-':
      return x - y;
    case '*':
      return x * y;
    case '/':
      return x / y;
    case '%':
      return x % y;
    default:
      return x ** y;
  }
}

/** One element is enough, except where the operator denies: then none may be what it denies. */
function applyToList(operator: BinaryOperator, left: Value, right: Value, pattern?: Pattern): Value {
  if (!isBooleanOperator(operator)) throw new QueryError('execution', 'unsupported operation');
  if (left.kind === 'list' && right.kind === 'list') {
    throw new QueryError('execution', 'array operators must consist of a scalar and an array operand');
  }
  if (left.kind === 'nil' || right.kind === 'nil') return FALSE;
  const [list, other, flipped] =
    left.kind === 'list' ? [left, right, FLIPPED[operator] ?? operator] : [right, left, operator];
  if (list.kind !== 'list') return NIL;
  const isRegex = operator === '=~' || operator === '!~';
  const test = (element: Value) => {
    const [x, y] = isRegex && left.kind === 'list' ? [element, other] : [other, element];
    const result = applyBinary(flipped, x, y, isRegex && left.kind === 'list' ? pattern : undefined);
    return result.kind === 'bool' && result.value;
  };
  const denies = operator === '!=' || operator === '!~';
  return boolValue(denies ? list.values.every(test) : list.values.some(test));
}

const GO_TYPES: Readonly<Partial<Record<Value['kind'], string>>> = {
  nil: 'TypeNil',
  int: 'TypeInt',
  float: 'TypeFloat',
  string: 'TypeString',
  bool: 'TypeBoolean',
  duration: 'TypeDuration',
  status: 'TypeStatus',
  spanKind: 'TypeKind',
};

function goType(value: Value): string {
  return GO_TYPES[value.kind] ?? 'TypeArray';
}
