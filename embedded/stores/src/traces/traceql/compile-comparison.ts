/** A field against a value: decided once for each value that any span has, where those are in a dictionary. */
import { NO_ATTRIBUTE } from '../key-columns.js';
import { columnOf, type Snapshot } from '../query/snapshot.js';
import { stringValue, type Value } from '../value.js';
import type { AttributeField, BinaryExpression, Field, Intrinsic } from './ast.js';
import type { Predicate } from './compile.js';
import type { Fetch } from './conditions.js';
import { rootName, rootService } from './lookup-intrinsics.js';
import { applyBinary, Pattern } from './operators.js';
import { type Scope, seenPart, type Test, visibility } from './visibility.js';

const TRUE = 2;
const NOT_TRUE = 1;

/** @returns undefined where each span has a value of its own */
export function compileComparison(
  snapshot: Snapshot,
  fetch: Fetch,
  field: Field,
  expression: BinaryExpression,
  operand: Value,
): Predicate | undefined {
  const pattern = patternOf(expression);
  const decide = (value: Value) => {
    const result = applyBinary(expression.operator, value, operand, pattern);
    return result.kind === 'bool' && result.value;
  };
  if (field.kind === 'attribute') return compileAttribute(snapshot, fetch, field, decide);
  const sees = visibility(fetch, field);
  return compileIntrinsic(snapshot, field.name, (value) => sees(value) && decide(value), expression, operand);
}

export function patternOf({ operator, right }: BinaryExpression): Pattern | undefined {
  if (operator !== '=~' && operator !== '!~') return undefined;
  return right.kind === 'static' && right.value.kind === 'string'
    ? new Pattern(right.value.value)
    : undefined;
}

function compileAttribute(
  snapshot: Snapshot,
  fetch: Fetch,
  field: AttributeField,
  decide: Test,
): Predicate | undefined {
  const inScope = (scope: Scope) => {
    const sees = visibility(fetch, field, scope);
    return (value: Value) => decide(seenPart(value, sees));
  };
  if (field.scope === 'span') {
    const test = attributeTest(snapshot, field.name, inScope('span'));
    return (span) => test(span) === TRUE;
  }
  if (field.scope === 'resource') return resourceTest(snapshot, field.name, inScope('resource'));
  if (field.scope) return undefined;
  const ofSpan = attributeTest(snapshot, field.name, inScope('span'));
  const ofResource = resourceTest(snapshot, field.name, inScope('resource'));
  return (span) => {
    const decision = ofSpan(span);
    return decision === 0 ? ofResource(span) : decision === TRUE;
  };
}

/** @returns 0 for a span that does not have the attribute */
function attributeTest(snapshot: Snapshot, name: string, decide: Test): (span: number) => number {
  const column = columnOf(snapshot, name);
  if (!column) return () => 0;
  const { attributes } = snapshot;
  const decisions = new Uint8Array(attributes.values.length);
  return (span) => {
    const attribute = column[span] as number;
    if (attribute === NO_ATTRIBUTE) return 0;
    const known = decisions[attribute] as number;
    if (known > 0) return known;
    const decision = decide(attributes.value(attribute)) ? TRUE : NOT_TRUE;
    decisions[attribute] = decision;
    return decision;
  };
}

function resourceTest({ spans, store, attributes }: Snapshot, name: string, decide: Test): Predicate {
  const decisions = store.scopes.records.map(({ resource }) =>
    store.resources
      .get(resource)
      .attributes.filter((attribute) => attributes.key(attribute) === name)
      .slice(0, 1)
      .some((attribute) => decide(attributes.value(attribute))),
  );
  return (span) => decisions[spans.scope[span] as number] as boolean;
}

function compileIntrinsic(
  snapshot: Snapshot,
  name: Intrinsic,
  decide: Test,
  { operator }: BinaryExpression,
  operand: Value,
): Predicate | undefined {
  const { spans, store } = snapshot;
  const { texts } = store.strings;
  switch (name) {
    case 'status':
      return byNumber(
        (span) => spans.status[span] as number,
        (value) => decide({ kind: 'status', value }),
      );
    case 'kind':
      return byNumber(
        (span) => spans.kind[span] as number,
        (value) => decide({ kind: 'spanKind', value }),
      );
    case 'name':
      return byNumber(
        (span) => spans.name[span] as number,
        (text) => decide(stringValue(texts[text] as string)),
      );
    case 'statusMessage':
      return byNumber(
        (span) => spans.message[span] as number,
        (text) => decide(stringValue(texts[text] as string)),
      );
    case 'rootName':
      return byNumber(traceOf(snapshot), (trace) => decide(stringValue(rootName(snapshot, trace))));
    case 'rootServiceName':
      return byNumber(traceOf(snapshot), (trace) => decide(stringValue(rootService(snapshot, trace))));
    case 'duration':
      return durationTest(snapshot, operator, operand);
    case 'trace:id':
    case 'span:id':
    case 'span:parentID':
      return operator === '=' && operand.kind === 'string'
        ? idTest(snapshot, name, operand.value)
        : undefined;
    default:
      return undefined;
  }
}

function traceOf({ spans }: Snapshot): (span: number) => number {
  return (span) => spans.trace[span] as number;
}

/** Decided when it is first asked. */
function byNumber(numberOf: (span: number) => number, decide: (number: number) => boolean): Predicate {
  const decisions: (boolean | undefined)[] = [];
  return (span) => {
    const number = numberOf(span);
    let decision = decisions[number];
    if (decision === undefined) {
      decision = decide(number);
      decisions[number] = decision;
    }
    return decision;
  };
}

/** Ids are equal digit by digit: without zeros at the beginning that of a trace, with all its zeros that of a span. */
function idTest(
  { spans, store }: Snapshot,
  name: 'trace:id' | 'span:id' | 'span:parentID',
  digits: string,
): Predicate {
  if (name === 'trace:id') {
    const trace = /^[1-9a-f][\da-f]{0,31}$/.test(digits) ? store.traces.find(digits) : undefined;
    return (span) => spans.trace[span] === trace;
  }
  if (!/^[\da-f]{16}$/.test(digits)) return () => false;
  const high = Number.parseInt(digits.slice(0, 8), 16);
  const low = Number.parseInt(digits.slice(8), 16);
  const [highs, lows] =
    name === 'span:id' ? [spans.idHigh, spans.idLow] : [spans.parentHigh, spans.parentLow];
  return (span) => lows[span] === low && highs[span] === high;
}

function durationTest(
  { spans }: Snapshot,
  operator: BinaryExpression['operator'],
  operand: Value,
): Predicate | undefined {
  if (operand.kind !== 'duration' && operand.kind !== 'int' && operand.kind !== 'float') return undefined;
  const { duration_ns } = spans;
  const { value } = operand;
  switch (operator) {
    case '>':
      return (span) => (duration_ns[span] as number) > value;
    case '>=':
      return (span) => (duration_ns[span] as number) >= value;
    case '<':
      return (span) => (duration_ns[span] as number) < value;
    case '<=':
      return (span) => (duration_ns[span] as number) <= value;
    default:
      return undefined;
  }
}
