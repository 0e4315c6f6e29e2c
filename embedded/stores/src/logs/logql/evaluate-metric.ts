/** Metric queries, from the leaves of their tree to the root. */
import { expand, namedGroups } from '../go/expand.js';
import { Labels } from '../labels.js';
import { compileRegex } from '../regex.js';
import type { LabelReplace, MetricExpression, RangeOperation, VectorAggregation } from './ast.js';
import { aggregate } from './evaluate-aggregation.js';
import { combine, combineLiteral } from './evaluate-binary.js';
import { type Evaluation, evaluateRange } from './evaluate-range.js';
import type { Matrix } from './matrix.js';
import { tooManySeries } from './samples.js';

const SERIES_MAX = 500;

/** The whole query. @throws {QueryError} also when the answer has too many series */
export async function evaluateMetric(expression: MetricExpression, evaluation: Evaluation): Promise<Matrix> {
  const matrix =
    expression.kind === 'range'
      ? await evaluateRange(expression, { seriesMax: SERIES_MAX }, evaluation)
      : await evaluate(expression, evaluation);
  if (matrix.length > SERIES_MAX) throw tooManySeries(SERIES_MAX);
  return matrix;
}

async function evaluate(expression: MetricExpression, evaluation: Evaluation): Promise<Matrix> {
  const { budget, steps } = evaluation;
  await budget.breathe();
  switch (expression.kind) {
    case 'range':
      return evaluateRange(expression, {}, evaluation);
    case 'aggregation': {
      const inner = await evaluateInner(expression, evaluation);
      return aggregate(expression, inner, { count: steps.count, budget });
    }
    case 'binary': {
      const { left, right } = expression;
      if (left.kind === 'literal') {
        const matrix = await evaluate(right, evaluation);
        return combineLiteral(expression, { matrix, literal: left.value, isLeft: true });
      }
      if (right.kind === 'literal') {
        const matrix = await evaluate(left, evaluation);
        return combineLiteral(expression, { matrix, literal: right.value, isLeft: false });
      }
      const [lefts, rights] = [await evaluate(left, evaluation), await evaluate(right, evaluation)];
      budget.spend((lefts.length + rights.length) * steps.count);
      return combine(expression, lefts, rights, steps.count);
    }
    case 'label_replace':
      return replaceLabels(expression, await evaluate(expression.inner, evaluation));
    case 'literal':
    case 'vector': {
      const every = Array.from({ length: steps.count }, (_, step) => step);
      return [{ labels: Labels.EMPTY, steps: every, values: every.map(() => expression.value) }];
    }
  }
}

/** Sums of these are the same when their groups are made at once. */
const SUMMABLE: ReadonlySet<RangeOperation> = new Set<RangeOperation>([
  'bytes_over_time',
  'bytes_rate',
  'sum_over_time',
  'rate',
  'count_over_time',
]);

function evaluateInner(
  { operation, grouping, inner }: VectorAggregation,
  evaluation: Evaluation,
): Promise<Matrix> {
  const isHandedIn =
    operation === 'sum' && inner.kind === 'range' && !inner.grouping && SUMMABLE.has(inner.operation);
  if (!isHandedIn) return evaluate(inner, evaluation);
  return evaluateRange(inner, { grouping: grouping ?? { without: false, labels: [] } }, evaluation);
}

function replaceLabels({ destination, replacement, source, regex }: LabelReplace, matrix: Matrix): Matrix {
  const whole = compileRegex(`^(?:${regex})$`);
  const groups = namedGroups(whole);
  return matrix.map((series) => {
    const matcher = whole.matcher(series.labels.get(source));
    if (!matcher.find()) return series;
    return { ...series, labels: series.labels.with(destination, expand(replacement, matcher, groups)) };
  });
}
