/** Aggregates over a spanset, arithmetic on them, and what they are compared with. */
import type {
  Aggregate,
  AggregateName,
  ArithmeticOperator,
  PipelineElement,
  ScalarExpression,
} from './ast.js';
import { parseExpression } from './parse-fields.js';
import { comparisonOf } from './parse-spansets.js';
import type { TokenStream } from './token-stream.js';

const AGGREGATES: ReadonlySet<string> = new Set(['count', 'min', 'max', 'avg', 'sum']);
const LEVELS: readonly (readonly string[])[] = [['+', '-'], ['*', '/', '%'], ['^']];

export function startsScalar(tokens: TokenStream): boolean {
  const { kind } = tokens.peek();
  const sign = tokens.sign();
  return (
    kind === 'integer' || kind === 'float' || kind === 'duration' || sign === '-' || AGGREGATES.has(sign)
  );
}

/** @param left parsed already */
export function parseScalarFilter(tokens: TokenStream, left: ScalarExpression): PipelineElement {
  const whole = parseScalar(tokens, 0, left);
  const operator = comparisonOf(tokens);
  if (!operator) throw tokens.unexpected();
  tokens.take();
  return { kind: 'scalarFilter', operator, left: whole, right: parseScalar(tokens) };
}

/** @param first the operand that it begins with, if that is parsed already */
export function parseScalar(tokens: TokenStream, level = 0, first?: ScalarExpression): ScalarExpression {
  if (level === LEVELS.length) return first ?? parseOperand(tokens);
  let left = parseScalar(tokens, level + 1, first);
  while (LEVELS[level]?.includes(tokens.sign())) {
    const operator = tokens.operator() as ArithmeticOperator;
    const right = operator === '^' ? parsePower(tokens) : parseScalar(tokens, level + 1);
    left = { kind: 'scalarOperation', operator, left, right };
  }
  return left;
}

/** Powers nest on the right. */
function parsePower(tokens: TokenStream): ScalarExpression {
  return tokens.nested(() => parseScalar(tokens, LEVELS.length - 1));
}

function parseOperand(tokens: TokenStream): ScalarExpression {
  if (tokens.takeIf('(')) {
    const inner = tokens.nested(() => parseScalar(tokens));
    tokens.expect(')');
    return inner;
  }
  const sign = tokens.takeIf('-') ? -1 : 1;
  const token = tokens.peek();
  if (token.kind === 'integer' || token.kind === 'float' || token.kind === 'duration') {
    tokens.take();
    const kind = token.kind === 'integer' ? 'int' : token.kind;
    return { kind: 'static', value: { kind, value: sign * token.value } };
  }
  if (sign < 0) throw tokens.unexpected();
  return parseAggregate(tokens);
}

function parseAggregate(tokens: TokenStream): Aggregate {
  const name = tokens.sign();
  if (!AGGREGATES.has(name)) throw tokens.unexpected();
  tokens.take();
  tokens.expect('(', '(');
  const operand = name === 'count' ? undefined : parseExpression(tokens);
  tokens.expect(')', operand ? '' : ')');
  return { kind: 'aggregate', name: name as AggregateName, operand };
}
