/** Expressions over a span's fields -> functions of the span. */
import type { Snapshot } from '../query/snapshot.js';
import { FALSE, TRUE, type Value } from '../value.js';
import type { BinaryExpression, ComparisonOperator, Field, FieldExpression } from './ast.js';
import { type Fetch, isField } from './conditions.js';
import { type Lookup, lookupOf } from './lookup.js';
import { applyBinary, applyUnary, Pattern } from './operators.js';
import { printExpression } from './print.js';
import { conditionsByField, visibility } from './visibility.js';

export type Predicate = (span: number) => boolean;

/** The value of an expression for a span. */
export function compileValue(snapshot: Snapshot, fetch: Fetch, expression: FieldExpression): Lookup {
  switch (expression.kind) {
    case 'static': {
      const { value } = expression;
      return () => value;
    }
    case 'attribute':
    case 'intrinsic':
      return lookupOf(snapshot, expression, fetch);
    case 'unary': {
      const operand = compileValue(snapshot, fetch, expression.operand);
      const { operator } = expression;
      return (span) => applyUnary(operator, operand(span), () => printExpression(expression));
    }
    case 'binary':
      return compileBinary(snapshot, fetch, expression);
  }
}

/** Whether an expression is true for a span. */
export function compilePredicate(snapshot: Snapshot, fetch: Fetch, expression: FieldExpression): Predicate {
  const predicate = compileTest(snapshot, fetch, expression);
  if (impliesCondition(expression)) return predicate;
  const isCandidate = compileCandidate(snapshot, fetch);
  return (span) => isCandidate(span) && predicate(span);
}

/** Whether a span comes to the evaluation at all. */
export function compileCandidate(snapshot: Snapshot, fetch: Fetch): Predicate {
  if (fetch.everySpan || fetch.conditions.length === 0) return () => true;
  const tests = conditionsByField(fetch).map(({ field, conditions }) => {
    const lookup = lookupOf(snapshot, field, fetch);
    if (!conditions.some(({ operator }) => operator === 'missing')) {
      return (span: number) => lookup(span).kind !== 'nil';
    }
    return (span: number) => lookup(span).kind === 'nil' || conditions.length > 1;
  });
  if (fetch.all) return (span) => tests.every((test) => test(span));
  if (fetch.conditions.some(({ field }) => isOfTrace(field))) return () => true;
  return (span) => tests.some((test) => test(span));
}

function isOfTrace(field: Field): boolean {
  return field.kind === 'intrinsic' && /^(trace|root)/.test(field.name);
}

/** Whether nothing can be true without a condition that the fetch has made of it. */
function impliesCondition(expression: FieldExpression): boolean {
  switch (expression.kind) {
    case 'static':
      return true;
    case 'unary':
      return expression.operator === 'exists' || expression.operator === 'missing';
    case 'binary':
      if (expression.operator === '&&' || expression.operator === '||') {
        return [expression.left, expression.right].every(
          (side) => side.kind !== 'static' && impliesCondition(side),
        );
      }
      return isField(expression.left) && expression.right.kind === 'static';
    default:
      return true;
  }
}

function compileTest(snapshot: Snapshot, fetch: Fetch, expression: FieldExpression): Predicate {
  if (expression.kind === 'static') {
    const isTrue = expression.value.kind === 'bool' && expression.value.value;
    return () => isTrue;
  }
  if (expression.kind === 'binary') {
    const { operator, left, right } = expression;
    if (operator === '&&' || operator === '||') {
      const sides = [left, right].map((side) => ({
        cost: cost(side),
        test: compileTest(snapshot, fetch, side),
      }));
      sides.sort((a, b) => a.cost - b.cost);
      const [first, second] = sides.map(({ test }) => test) as [Predicate, Predicate];
      return operator === '&&'
        ? (span) => first(span) && second(span)
        : (span) => first(span) || second(span);
    }
    if (isField(left) && right.kind === 'static') {
      const fast = compileComparison(snapshot, fetch, left, expression, right.value);
      if (fast) return fast;
    }
  }
  const value = compileValue(snapshot, fetch, expression);
  return (span) => {
    const result = value(span);
    return result.kind === 'bool' && result.value;
  };
}

function compileBinary(snapshot: Snapshot, fetch: Fetch, expression: BinaryExpression): Lookup {
  const { operator } = expression;
  const left = compileValue(snapshot, fetch, expression.left);
  const right = compileValue(snapshot, fetch, expression.right);
  const pattern = patternOf(expression);
  return (span) => {
    const x = left(span);
    if (x.kind === 'bool' && operator === '&&' && !x.value) return FALSE;
    if (x.kind === 'bool' && operator === '||' && x.value) return TRUE;
    return applyBinary(operator, x, right(span), pattern);
  };
}

function patternOf({ operator, right }: BinaryExpression): Pattern | undefined {
  if (operator !== '=~' && operator !== '!~') return undefined;
  return right.kind === 'static' && right.value.kind === 'string'
    ? new Pattern(right.value.value)
    : undefined;
}

/** A field against a value: decided once for each value that any span has, where those are in a dictionary. */
function compileComparison(
  { spans, store, attributes, ...rest }: Snapshot,
  fetch: Fetch,
  field: Field,
  expression: BinaryExpression,
  operand: Value,
): Predicate | undefined {
  const snapshot = { spans, store, attributes, ...rest };
  const pattern = patternOf(expression);
  const decide = (value: Value, sees: (value: Value) => boolean) => {
    const result = sees(value) ? applyBinary(expression.operator, value, operand, pattern) : FALSE;
    return result.kind === 'bool' && result.value;
  };
  if (field.kind === 'attribute') {
    if (field.scope !== 'span') return undefined;
    const sees = visibility(fetch, field, 'span');
    const decisions = new Uint8Array(attributes.values.length);
    for (const attribute of attributes.ofKey(field.name)) {
      decisions[attribute] = decide(attributes.value(attribute), sees) ? 2 : 1;
    }
    return attributeTest(snapshot, decisions);
  }
  const sees = visibility(fetch, field);
  switch (field.name) {
    case 'status':
    case 'kind': {
      const column = field.name === 'kind' ? spans.kind : spans.status;
      const kind = field.name === 'kind' ? 'spanKind' : 'status';
      const decisions = Array.from({ length: 256 }, (_, value) => decide({ kind, value }, sees));
      return (span) => decisions[column[span] as number] as boolean;
    }
    case 'name':
    case 'statusMessage': {
      const column = field.name === 'name' ? spans.name : spans.message;
      const decisions = new Map<number, boolean>();
      return (span) => {
        const id = column[span] as number;
        let decision = decisions.get(id);
        if (decision === undefined) {
          decision = decide({ kind: 'string', value: store.strings.texts[id] as string }, sees);
          decisions.set(id, decision);
        }
        return decision;
      };
    }
    case 'duration':
      return durationTest(snapshot, expression.operator as ComparisonOperator, operand);
    default:
      return undefined;
  }
}

function attributeTest({ spans }: Snapshot, decisions: Uint8Array): Predicate {
  const { attributes, attributesFrom } = spans;
  return (span) => {
    const to = attributesFrom[span + 1] as number;
    for (let i = attributesFrom[span] as number; i < to; i++) {
      const decision = decisions[attributes[i] as number] as number;
      if (decision > 0) return decision === 2;
    }
    return false;
  };
}

function durationTest(
  { spans }: Snapshot,
  operator: ComparisonOperator,
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

/** What costs least is tested first. */
function cost(expression: FieldExpression): number {
  switch (expression.kind) {
    case 'static':
    case 'intrinsic':
      return 1;
    case 'attribute':
      return 10;
    case 'unary':
      return cost(expression.operand) + 1;
    case 'binary':
      return cost(expression.left) + cost(expression.right) + (expression.operator.endsWith('~') ? 1 : 0);
  }
}
