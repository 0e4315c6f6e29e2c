/** What the grammar lets pass and the engine does not. */
import { parseInteger } from '../go/numbers.js';
import type { Matcher } from '../matcher.js';
import { compileRegex } from '../regex.js';
import type {
  BinaryOperator,
  Grouping,
  MetricExpression,
  RangeOperation,
  Unwrap,
  VectorOperation,
} from './ast.js';
import { SET_OPERATORS } from './ast.js';
import { messageOf } from './parse-error.js';

const GROUPED: ReadonlySet<RangeOperation> = new Set<RangeOperation>([
  'avg_over_time',
  'stddev_over_time',
  'stdvar_over_time',
  'quantile_over_time',
  'max_over_time',
  'min_over_time',
  'first_over_time',
  'last_over_time',
]);
const UNWRAPPED: ReadonlySet<RangeOperation> = new Set<RangeOperation>([
  ...GROUPED,
  'sum_over_time',
  'rate',
  'rate_counter',
  'absent_over_time',
]);
const OF_LINES: ReadonlySet<RangeOperation> = new Set<RangeOperation>([
  'bytes_over_time',
  'bytes_rate',
  'count_over_time',
  'rate',
  'absent_over_time',
]);

/** @returns what is wrong with a range aggregation, or undefined */
export function rangeProblem(
  operation: RangeOperation,
  { grouping, unwrap }: { readonly grouping: Grouping | undefined; readonly unwrap: Unwrap | undefined },
): string | undefined {
  if (grouping && !GROUPED.has(operation)) return `grouping not allowed for ${operation} aggregation`;
  if (unwrap) return UNWRAPPED.has(operation) ? undefined : `invalid aggregation ${operation} with unwrap`;
  return OF_LINES.has(operation) ? undefined : `invalid aggregation ${operation} without unwrap`;
}

/** @param parameter as it was written */
export function parameterProblem(
  operation: VectorOperation,
  {
    parameter,
    grouping,
  }: { readonly parameter: string | undefined; readonly grouping: Grouping | undefined },
): string | undefined {
  if (operation === 'topk' || operation === 'bottomk' || operation === 'approx_topk') {
    if (parameter === undefined) return `parameter required for operation ${operation}`;
    const parsed = parseInteger(parameter);
    if (parsed.kind === 'error') return `invalid parameter ${operation}(${parameter},`;
    if (parsed.value <= 0) return `invalid parameter (must be greater than 0) ${operation}(${parameter}`;
    return operation === 'approx_topk' && grouping
      ? `grouping not allowed for ${operation} aggregation`
      : undefined;
  }
  if (parameter !== undefined) return `unsupported parameter for operation ${operation}(${parameter},`;
  if (operation !== 'sort' && operation !== 'sort_desc') return undefined;
  return grouping && grouping.labels.length > 0 ? "sort and sort_desc doesn't allow grouping by " : undefined;
}

export function literalProblem(
  operator: BinaryOperator,
  left: MetricExpression,
  right: MetricExpression,
): string | undefined {
  if (!SET_OPERATORS.has(operator)) return undefined;
  const literal = (leg: string, value: number) =>
    `unexpected literal for ${leg} leg of logical/set binary operation (${operator}): ${value.toFixed(6)}`;
  if (left.kind === 'literal') return literal('left', left.value);
  return right.kind === 'literal' ? literal('right', right.value) : undefined;
}

/** @returns why a selector would select too much, or undefined */
export function matchersProblem(matchers: readonly Matcher[]): string | undefined {
  return matchers.some(({ matches }) => !matches(''))
    ? undefined
    : 'queries require at least one regexp or equality matcher that does not have an empty-compatible value. For instance, app=~".*" does not meet this requirement, but app=~".+" will';
}

/** @param regex of a label_replace */
export function regexProblem(regex: string): string | undefined {
  try {
    compileRegex(`^(?:${regex})$`);
    return undefined;
  } catch (error) {
    return `invalid regex in label_replace: ${messageOf(error)}`;
  }
}
