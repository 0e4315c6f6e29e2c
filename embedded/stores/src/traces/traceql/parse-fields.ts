/** TraceQL's expressions over a span's fields: what stands in braces. */
import { boolValue, FALSE, KINDS, STATUSES, stringValue, type Value } from '../value.js';
import type {
  AttributeScope,
  BinaryOperator,
  Field,
  FieldExpression,
  Intrinsic,
  SpansetFilter,
  UnaryOperator,
} from './ast.js';
import { parseError } from './lexer.js';
import { applyBinary, applyUnary } from './operators.js';
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

const PLAIN_INTRINSICS: ReadonlySet<string> = new Set([
  'duration',
  'name',
  'status',
  'statusMessage',
  'kind',
  'parent',
  'rootName',
  'rootServiceName',
  'traceDuration',
  'nestedSetLeft',
  'nestedSetRight',
  'nestedSetParent',
]);
/** By scope and word, each with its plain name. */
const SCOPED_INTRINSICS: ReadonlyMap<string, Intrinsic> = new Map<string, Intrinsic>([
  ['trace:duration', 'traceDuration'],
  ['trace:rootName', 'rootName'],
  ['trace:rootService', 'rootServiceName'],
  ['trace:id', 'trace:id'],
  ['span:duration', 'duration'],
  ['span:name', 'name'],
  ['span:kind', 'kind'],
  ['span:status', 'status'],
  ['span:statusMessage', 'statusMessage'],
  ['span:id', 'span:id'],
  ['span:parentID', 'span:parentID'],
  ['span:childCount', 'span:childCount'],
  ['event:name', 'event:name'],
  ['event:timeSinceStart', 'event:timeSinceStart'],
  ['link:traceID', 'link:traceID'],
  ['link:spanID', 'link:spanID'],
  ['instrumentation:name', 'instrumentation:name'],
  ['instrumentation:version', 'instrumentation:version'],
]);

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

/** An attribute or an intrinsic. */
export function parseField(tokens: TokenStream): Field {
  const field = parseFieldIf(tokens);
  if (!field) throw tokens.unexpected();
  return field;
}

/** A number, string or keyword. */
export function parseStatic(tokens: TokenStream): Value {
  const value = parseStaticIf(tokens);
  if (!value) throw tokens.unexpected();
  return value;
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

function parseFieldIf(tokens: TokenStream): Field | undefined {
  const sign = tokens.sign();
  if (PLAIN_INTRINSICS.has(sign)) {
    tokens.take();
    return { kind: 'intrinsic', name: sign as Intrinsic };
  }
  if (sign.endsWith(':')) {
    tokens.take();
    const name = SCOPED_INTRINSICS.get(sign + tokens.sign());
    if (!name) throw tokens.unexpected();
    tokens.take();
    return { kind: 'intrinsic', name };
  }
  if (!sign.endsWith('.')) return undefined;
  tokens.take();
  const parent = sign === 'parent.';
  const inner = parent && tokens.sign().endsWith('.') ? tokens.operator() : '';
  const scope = (parent ? inner : sign).slice(0, -1) || undefined;
  const name = tokens.take();
  if (name.kind !== 'identifier') {
    throw parseError('syntax error: unexpected END_ATTRIBUTE, expecting IDENTIFIER', name.at);
  }
  tokens.expect('END_ATTRIBUTE');
  return { kind: 'attribute', scope: scope as AttributeScope | undefined, parent, name: name.text };
}

function parseStaticIf(tokens: TokenStream): Value | undefined {
  const token = tokens.peek();
  switch (token.kind) {
    case 'string':
      tokens.take();
      return stringValue(token.text);
    case 'integer': {
      tokens.take();
      return Number.isSafeInteger(token.value)
        ? { kind: 'int', value: token.value }
        : { kind: 'int', value: token.value, text: token.text };
    }
    case 'float':
    case 'duration':
      tokens.take();
      return { kind: token.kind, value: token.value };
    case 'identifier':
      if (token.text !== 'minInt' && token.text !== 'maxInt') {
        throw parseError(`unknown identifier: ${token.text}`, token.at);
      }
      tokens.take();
      return token.text === 'minInt'
        ? { kind: 'int', value: -(2 ** 63), text: '-9223372036854775808' }
        : { kind: 'int', value: 2 ** 63, text: '9223372036854775807' };
    case 'sign': {
      const value = keyword(token.text);
      if (value) tokens.take();
      return value;
    }
    default:
      return undefined;
  }
}

function keyword(word: string): Value | undefined {
  if (word === 'true' || word === 'false') return boolValue(word === 'true');
  const status = STATUSES.indexOf(word as (typeof STATUSES)[number]);
  if (status >= 0) return { kind: 'status', value: status };
  const kind = KINDS.indexOf(word as (typeof KINDS)[number]);
  return kind >= 0 ? { kind: 'spanKind', value: kind } : undefined;
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
