/** Expressions over a span's fields -> functions of the span. */
import type { Snapshot } from '../query/snapshot.js';
import { FALSE, TRUE } from '../value.js';
import type { BinaryExpression, Field, FieldExpression } from './ast.js';
import { compileComparison, patternOf } from './compile-comparison.js';
import { type Fetch, isField } from './conditions.js';
import { type Lookup, lookupOf } from './lookup.js';
import { applyBinary, applyUnary } from './operators.js';
import { printExpression } from './print.js';
import { conditionsByField } from './visibility.js';

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
