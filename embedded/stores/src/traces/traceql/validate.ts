/** What is well-formed and makes no sense all the same: pipelines and metrics. */
import type {
  Aggregate,
  PipelineElement,
  Query,
  ScalarExpression,
  ScalarFilter,
  SecondStage,
} from './ast.js';
import { printAggregate, printElement, printScalarFilter } from './print.js';
import { areComparable, isNumericType, takes, typeOfField, typeOfScalar } from './types.js';
import {
  invalid,
  notSupported,
  referencesSpan,
  validateExpression,
  validateField,
} from './validate-fields.js';

/** Of labels that a series can have. */
const MOST_LABELS = 5;

/** @throws {QueryError} `bad_data` in Tempo's words */
export function validateQuery({ pipeline, metrics, secondStages }: Query): void {
  validateElement(pipeline);
  if (metrics) validateMetrics(metrics);
  for (const stage of secondStages) validateSecondStage(stage);
  if (metrics?.kind === 'compare' && secondStages.length > 0) {
    throw invalid('`compare()` cannot be used with second stage functions');
  }
}

function validateElement(element: PipelineElement): void {
  switch (element.kind) {
    case 'pipeline':
      element.elements.forEach(validateElement);
      return;
    case 'filter': {
      validateExpression(element.expression);
      const type = typeOfField(element.expression);
      if (type !== 'attribute' && type !== 'bool') {
        throw invalid(`span filter field expressions must resolve to a boolean: ${printElement(element)}`);
      }
      return;
    }
    case 'operation':
      validateElement(element.left);
      validateElement(element.right);
      return;
    case 'scalarFilter':
      validateScalarFilter(element);
      return;
    case 'aggregate':
      validateAggregate(element);
      return;
    case 'group':
      if (!referencesSpan(element.by)) {
        throw invalid(`grouping field expressions must reference the span: ${printElement(element)}`);
      }
      validateExpression(element.by);
      return;
    case 'select':
      element.fields.forEach(validateField);
      return;
    case 'coalesce':
      return;
  }
}

function validateScalarFilter(filter: ScalarFilter): void {
  validateScalar(filter.left);
  validateScalar(filter.right);
  const [left, right] = [typeOfScalar(filter.left), typeOfScalar(filter.right)];
  if (!areComparable(left, right)) {
    throw invalid(`binary operations must operate on the same type: ${printScalarFilter(filter)}`);
  }
  if (!takes(filter.operator, left) || !takes(filter.operator, right)) {
    throw invalid(`illegal operation for the given types: ${printScalarFilter(filter)}`);
  }
  // Tempo's own message, which was never filled in.
  if (filter.left.kind !== 'aggregate') throw notSupported('scalar filter lhs of type (%v)');
  if (filter.right.kind !== 'static') throw notSupported('scalar filter rhs of type (%v)');
}

function validateScalar(scalar: ScalarExpression): void {
  switch (scalar.kind) {
    case 'static':
      return;
    case 'aggregate':
      validateAggregate(scalar);
      return;
    case 'pipeline':
      validateElement(scalar);
      return;
    case 'scalarOperation': {
      validateScalar(scalar.left);
      validateScalar(scalar.right);
      const [left, right] = [typeOfScalar(scalar.left), typeOfScalar(scalar.right)];
      if (!areComparable(left, right)) throw invalid('binary operations must operate on the same type');
      if (!takes(scalar.operator, left) || !takes(scalar.operator, right)) {
        throw invalid('illegal operation for the given types');
      }
    }
  }
}

function validateAggregate(aggregate: Aggregate): void {
  const { operand } = aggregate;
  if (!operand) return;
  validateExpression(operand);
  const type = typeOfField(operand);
  if (type !== 'attribute' && !isNumericType(type)) {
    throw invalid(`aggregate field expressions must resolve to a number type: ${printAggregate(aggregate)}`);
  }
  if (!referencesSpan(operand)) {
    throw invalid(`aggregate field expressions must reference the span: ${printAggregate(aggregate)}`);
  }
}

function validateMetrics(metrics: NonNullable<Query['metrics']>): void {
  if (metrics.kind === 'compare') {
    validateElement(metrics.selection);
    const { top, start, end } = metrics;
    if (top <= 0) throw invalid('compare() top number of values must be integer greater than 0');
    if (start === 0 && end === 0) return;
    if (start <= 0 || end <= 0) {
      throw invalid('compare() timestamps must be positive integer unix nanoseconds');
    }
    if (end <= start) throw invalid('compare() end timestamp must be greater than start timestamp');
    return;
  }
  const { name, by, quantiles } = metrics;
  // These keep one label for a purpose of their own.
  const own =
    name === 'histogram_over_time' || name === 'quantile_over_time' || name === 'avg_over_time' ? 1 : 0;
  if (by.length + own > MOST_LABELS) throw notSupported(`metrics group by ${by.length} values`);
  const outside = quantiles.find((quantile) => quantile < 0 || quantile > 1);
  if (outside !== undefined) throw invalid(`quantile must be between 0 and 1: ${outside}`);
}

function validateSecondStage(stage: SecondStage): void {
  if (stage.kind !== 'compareValue' && stage.limit <= 0) throw invalid('limit must be greater than 0');
}
