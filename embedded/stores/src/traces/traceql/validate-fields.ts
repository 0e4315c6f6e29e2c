/** What is well-formed and makes no sense all the same, in expressions over a span's fields. */
import { RE2JS } from 're2js';
import { QueryError } from '../../query/query-error.js';
import type { Field, FieldExpression } from './ast.js';
import { printExpression, printField } from './print.js';
import { areComparable, isNumericType, takes, typeOfField } from './types.js';

/** @throws {QueryError} `bad_data` in Tempo's words */
export function validateExpression(expression: FieldExpression): void {
  switch (expression.kind) {
    case 'static':
      return;
    case 'attribute':
    case 'intrinsic':
      validateField(expression);
      return;
    case 'unary':
      validateUnary(expression);
      return;
    case 'binary':
      validateBinary(expression);
      return;
  }
}

/** @throws {QueryError} `bad_data` for fields that Tempo does not support either */
export function validateField(field: Field): void {
  if (field.kind === 'attribute' && field.parent) throw notSupported('parent');
  if (field.kind === 'intrinsic' && field.name === 'parent') throw notSupported('intrinsic (parent)');
}

export function notSupported(feature: string): QueryError {
  return invalid(`${feature} not yet supported`);
}

export function invalid(message: string): QueryError {
  return new QueryError('bad_data', message);
}

export function isValidExpression(expression: FieldExpression): boolean {
  try {
    validateExpression(expression);
    return true;
  } catch {
    return false;
  }
}

export function referencesSpan(expression: FieldExpression): boolean {
  switch (expression.kind) {
    case 'static':
      return false;
    case 'unary':
      return referencesSpan(expression.operand);
    case 'binary':
      return referencesSpan(expression.left) || referencesSpan(expression.right);
    default:
      return true;
  }
}

function validateUnary(expression: FieldExpression & { kind: 'unary' }): void {
  const { operator, operand } = expression;
  validateExpression(operand);
  if (operator === 'missing') {
    if (operand.kind === 'intrinsic') {
      throw invalid(`${operand.name}=nil is not valid because intrinsics cannot be nil`);
    }
    if (operand.kind === 'attribute' && printField(operand) === 'resource.service.name') {
      throw invalid('resource.service.name=nil is not valid because resource.service.name cannot be nil');
    }
  }
  const type = typeOfField(operand);
  if (type === 'attribute' || operator === 'missing' || operator === 'exists') return;
  if (operator === '-' ? !isNumericType(type) : type !== 'bool') {
    throw invalid(`illegal operation for the given type: ${printExpression(expression)}`);
  }
}

function validateBinary(expression: FieldExpression & { kind: 'binary' }): void {
  const { operator, left, right } = expression;
  validateExpression(left);
  validateExpression(right);
  const [leftType, rightType] = [typeOfField(left), typeOfField(right)];
  if (!areComparable(leftType, rightType)) {
    throw invalid(`binary operations must operate on the same type: ${printExpression(expression)}`);
  }
  if (!takes(operator, leftType) || !takes(operator, rightType)) {
    throw invalid(`illegal operation for the given types: ${printExpression(expression)}`);
  }
  if (operator !== '=~' && operator !== '!~') return;
  if (right.kind !== 'static' || right.value.kind !== 'string') {
    throw invalid(`invalid type for =~ or !~: ${printExpression(right)}`);
  }
  try {
    RE2JS.compile(right.value.value);
  } catch {
    throw invalid(`invalid regex: ${printExpression(right)}`);
  }
}
