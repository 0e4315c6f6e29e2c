/** TraceQL's expressions over a span's fields: what stands in braces. */
import { boolValue, FALSE, stringValue, type Value } from '../value.js';
import type { BinaryOperator, FieldExpression, SpansetFilter, UnaryOperator } from './ast.js';
import { applyBinary, applyUnary } from './operators.js';
import { parseFieldIf, parseStatic } from './parse-operands.js';
import { printExpression } from './print.js';
import type { TokenStream } from './token-stream.js';
import { isValidExpression } from './validate-fields.js';

/** From the loosest to the tightest; && and || bind alike, as in Tempo. */
const LEVELS: readonly (readonly string[])[] = [
  ['&&', '||'],
  ['=', '!=', '<', '<=', '>', '>=', '=~', '!~'],
  ['+', '-'],
  ['*', '/', '%'],
  ['^'],
];
const COMPARISON = 1;
const MULTIPLICATION = 3;
const POWER = 4;

/** `{ ... }` */
export function parseFilter(tokens: TokenStream): SpansetFilter {
  tokens.expect('{');
  if (tokens.takeIf('}')) return { kind: 'filter', expression: { kind: 'static', value: boolValue(true) } };
  const expression = parseExpression(tokens);
  tokens.expect('}');
  return { kind: 'filter', expression };
}

/** @param level from which on operators belong to the expression */
export function parseExpression(tokens: TokenStream, level = 0): FieldExpression {
  if (level === LEVELS.length) return parseOperand(tokens);
  if (level === COMPARISON && tokens.takeIf('nil')) return parseAfterNil(tokens);
  let left = parseExpression(tokens, level + 1);
  while (LEVELS[level]?.includes(tokens.sign())) {
    const operator = tokens.operator() as BinaryOperator;
    if (level === COMPARISON && (operator === '=' || operator === '!=') && tokens.takeIf('nil')) {
      left = makeUnary(operator === '=' ? 'missing' : 'exists', left);
    } else if (level === POWER) {
      left = makeBinary(
        operator,
        left,
        tokens.nested(() => parseExpression(tokens, level)),
      );
    } else left = makeBinary(operator, left, parseExpression(tokens, level + 1));
  }
  return left;
}

function parseAfterNil(tokens: TokenStream): FieldExpression {
  const operator = tokens.sign();
  if (operator !== '=' && operator !== '!=') throw tokens.unexpected('= or !=');
  tokens.take();
  if (tokens.takeIf('nil')) return { kind: 'static', value: FALSE };
  return makeUnary(operator === '=' ? 'missing' : 'exists', parseExpression(tokens, COMPARISON + 1));
}

function parseOperand(tokens: TokenStream): FieldExpression {
  if (tokens.takeIf('(')) {
    const expression = tokens.nested(() => parseExpression(tokens));
    tokens.expect(')');
    return expression;
  }
  // A minus binds as loosely as it does between two operands, a not tighter than that.
  if (tokens.takeIf('-'))
    return makeUnary(
      '-',
      tokens.nested(() => parseExpression(tokens, MULTIPLICATION)),
    );
  if (tokens.takeIf('!'))
    return makeUnary(
      '!',
      tokens.nested(() => parseExpression(tokens, MULTIPLICATION)),
    );
  const field = parseFieldIf(tokens);
  if (field) return field;
  return { kind: 'static', value: parseStatic(tokens) };
}

/** What has no field in it is computed at once, if it can be. */
function makeBinary(
  operator: BinaryOperator,
  left: FieldExpression,
  right: FieldExpression,
): FieldExpression {
  const made: FieldExpression = {
    kind: 'binary',
    operator,
    left: withoutZeros(left, right),
    right: withoutZeros(right, left),
  };
  if (left.kind !== 'static' || right.kind !== 'static' || !isValidExpression(made)) return made;
  return tryStatic(() => applyBinary(operator, left.value, right.value)) ?? made;
}

function makeUnary(operator: UnaryOperator, operand: FieldExpression): FieldExpression {
  const made: FieldExpression = { kind: 'unary', operator, operand };
  if (operand.kind !== 'static' || !isValidExpression(made)) return made;
  return tryStatic(() => applyUnary(operator, operand.value, () => printExpression(made))) ?? made;
}

function tryStatic(compute: () => Value): FieldExpression | undefined {
  try {
    return { kind: 'static', value: compute() };
  } catch {
    return undefined;
  }
}

/** Ids of traces are compared without the zeros at their beginning. */
function withoutZeros(expression: FieldExpression, other: FieldExpression): FieldExpression {
  if (other.kind !== 'intrinsic' || other.name !== 'trace:id' || expression.kind !== 'static')
    return expression;
  if (expression.value.kind !== 'string') return expression;
  return { kind: 'static', value: stringValue(expression.value.value.replace(/^0+/, '')) };
}
