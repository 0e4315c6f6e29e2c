/** Which types an expression has before any span is looked at, and which operators take which. */
import type { ElementKind, Value, ValueKind } from '../value.js';
import { isNumeric } from '../value.js';
import type { BinaryOperator, FieldExpression, Intrinsic, ScalarExpression } from './ast.js';

/** `attribute`: known only by the span; `spanset`: no value at all. */
export type Type =
  | Exclude<ValueKind, 'list' | 'opaque'>
  | `${ElementKind}[]`
  | 'attribute'
  | 'spanset'
  | 'opaque';

const INTRINSIC_TYPES: Readonly<Partial<Record<Intrinsic, Type>>> = {
  duration: 'duration',
  'span:childCount': 'int',
  name: 'string',
  status: 'status',
  statusMessage: 'string',
  kind: 'spanKind',
  'event:name': 'string',
  'event:timeSinceStart': 'duration',
  'link:traceID': 'string',
  'link:spanID': 'string',
  parent: 'nil',
  traceDuration: 'duration',
  rootServiceName: 'string',
  rootName: 'string',
  nestedSetLeft: 'int',
  nestedSetRight: 'int',
  nestedSetParent: 'int',
  'trace:id': 'string',
  'span:id': 'string',
  'span:parentID': 'string',
};

const BOOLEAN_OPERATORS: ReadonlySet<string> = new Set([
  '&&',
  '||',
  '=',
  '!=',
  '=~',
  '!~',
  '>',
  '>=',
  '<',
  '<=',
]);

export function isBooleanOperator(operator: BinaryOperator): boolean {
  return BOOLEAN_OPERATORS.has(operator);
}

export function typeOf(value: Value): Type {
  return value.kind === 'list' ? `${value.of}[]` : value.kind;
}

export function typeOfField(expression: FieldExpression): Type {
  switch (expression.kind) {
    case 'static':
      return typeOf(expression.value);
    case 'attribute':
      return 'attribute';
    case 'intrinsic':
      return INTRINSIC_TYPES[expression.name] ?? 'attribute';
    case 'unary':
      return expression.operator === 'exists' || expression.operator === 'missing'
        ? 'bool'
        : typeOfField(expression.operand);
    case 'binary': {
      if (isBooleanOperator(expression.operator)) return 'bool';
      const left = typeOfField(expression.left);
      return left === 'attribute' ? typeOfField(expression.right) : left;
    }
  }
}

export function typeOfScalar(scalar: ScalarExpression): Type {
  switch (scalar.kind) {
    case 'static':
      return typeOf(scalar.value);
    case 'aggregate':
      return scalar.operand ? typeOfField(scalar.operand) : 'int';
    case 'pipeline': {
      const last = scalar.elements.at(-1);
      return last?.kind === 'aggregate' ? typeOfScalar(last) : 'spanset';
    }
    case 'scalarOperation': {
      const left = typeOfScalar(scalar.left);
      return left === 'attribute' ? typeOfScalar(scalar.right) : left;
    }
  }
}

/** Whether values of the two types may stand on both sides of an operator, whatever it is. */
export function areComparable(left: Type, right: Type): boolean {
  if (left === 'attribute' || right === 'attribute' || left === right) return true;
  if (isNumericType(left) && isNumericType(right)) return true;
  if (left === 'nil' || right === 'nil') return true;
  const element = elementOf(left);
  if (element !== undefined) return areComparable(element, right);
  const other = elementOf(right);
  return other !== undefined && areComparable(other, left);
}

export function isNumericType(type: Type): boolean {
  return type !== 'attribute' && type !== 'spanset' && isNumeric(type as ValueKind);
}

/** Whether the operator takes a value of this type on either side. */
export function takes(operator: BinaryOperator, type: Type): boolean {
  const equality = operator === '=' || operator === '!=';
  const order = operator === '<' || operator === '<=' || operator === '>' || operator === '>=';
  switch (elementOf(type) ?? type) {
    case 'attribute':
      return true;
    case 'bool':
      return equality || operator === '&&' || operator === '||';
    case 'string':
      return equality || order || operator === '=~' || operator === '!~';
    case 'int':
    case 'float':
    case 'duration':
      return equality || order || !isBooleanOperator(operator);
    case 'nil':
    case 'status':
    case 'spanKind':
      return equality;
    default:
      return false;
  }
}

export function elementOf(type: Type): Type | undefined {
  return type.endsWith('[]') ? (type.slice(0, -2) as Type) : undefined;
}
