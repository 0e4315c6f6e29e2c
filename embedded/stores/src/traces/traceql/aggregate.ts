/** One value of the spans of a spanset. */
import { toNumber, type Value } from '../value.js';
import type { AggregateName } from './ast.js';
import { compareStrings } from './operators.js';

/**
 * Spans without the value do not count.
 * @returns undefined when no span has it
 */
export function aggregate(
  name: AggregateName,
  spans: readonly number[],
  operand: ((span: number) => Value) | undefined,
): Value | undefined {
  if (!operand) return { kind: 'int', value: spans.length };
  let result: Value | undefined;
  let count = 0;
  for (const span of spans) {
    const value = operand(span);
    if (value.kind === 'nil') continue;
    count++;
    result = result === undefined ? value : merge(name, result, value);
  }
  return result && name === 'avg' ? divide(result, count) : result;
}

function merge(name: AggregateName, left: Value, right: Value): Value {
  switch (name) {
    case 'max':
      return compare(right, left) > 0 ? right : left;
    case 'min':
      return compare(right, left) < 0 ? right : left;
    default:
      return add(left, right);
  }
}

/** Values of another type than the first one's are left out. */
function add(left: Value, right: Value): Value {
  if (left.kind !== right.kind) return left;
  if (left.kind !== 'int' && left.kind !== 'float' && left.kind !== 'duration') return left;
  return { kind: left.kind, value: left.value + toNumber(right) };
}

function divide(sum: Value, count: number): Value {
  if (sum.kind === 'duration') return { kind: 'duration', value: Math.trunc(sum.value / count) };
  if (sum.kind === 'int' || sum.kind === 'float') return { kind: 'float', value: sum.value / count };
  return sum;
}

function compare(left: Value, right: Value): number {
  if (left.kind === 'string' && right.kind === 'string') return compareStrings(left.value, right.value);
  return toNumber(left) - toNumber(right);
}
