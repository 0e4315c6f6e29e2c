/** What expressions over a span's fields are made of: fields, and values that are written out. */
import { boolValue, KINDS, STATUSES, stringValue, type Value } from '../value.js';
import type { AttributeScope, Field, Intrinsic } from './ast.js';
import { parseError } from './parse-error.js';
import type { TokenStream } from './token-stream.js';

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

/** What may follow a scope, where that is little. */
const IN_SCOPE: Readonly<Record<string, string>> = {
  'trace:': 'duration or rootName or rootService or id',
  'event:': 'name or timeSinceStart',
  'link:': 'traceID or spanID',
  'instrumentation:': 'name or version',
};

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

/** Undefined when something else is next. */
export function parseFieldIf(tokens: TokenStream): Field | undefined {
  const sign = tokens.sign();
  if (PLAIN_INTRINSICS.has(sign)) {
    tokens.take();
    return { kind: 'intrinsic', name: sign as Intrinsic };
  }
  if (sign.endsWith(':')) {
    tokens.take();
    const name = SCOPED_INTRINSICS.get(sign + tokens.sign());
    if (!name) throw tokens.unexpected(IN_SCOPE[sign]);
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
