/** TraceQL back to text, the way Tempo writes it in errors and in the names of groups and aggregates. */
import { toText, type Value } from '../value.js';
import type {
  Aggregate,
  Field,
  FieldExpression,
  PipelineElement,
  ScalarExpression,
  ScalarFilter,
} from './ast.js';

const NOT_IN_NAMES = /[\s{}()=~!<>&|^,]/u;

export function printValue(value: Value): string {
  return value.kind === 'string' ? `\`${value.value}\`` : toText(value);
}

export function printField(field: Field): string {
  if (field.kind === 'intrinsic') return field.name;
  const scope = `${field.parent ? 'parent.' : ''}${field.scope ? `${field.scope}.` : ''}` || '.';
  return scope + (NOT_IN_NAMES.test(field.name) ? `"${field.name}"` : field.name);
}

export function printExpression(expression: FieldExpression): string {
  switch (expression.kind) {
    case 'static':
      return printValue(expression.value);
    case 'attribute':
    case 'intrinsic':
      return printField(expression);
    case 'unary': {
      const operand = wrap(expression.operand);
      if (expression.operator === 'exists') return `${operand} != nil`;
      return expression.operator === 'missing' ? `${operand} = nil` : expression.operator + operand;
    }
    case 'binary':
      return `${wrap(expression.left)} ${expression.operator} ${wrap(expression.right)}`;
  }
}

export function printAggregate({ name, operand }: Aggregate): string {
  return `${name}(${operand ? printExpression(operand) : ''})`;
}

export function printScalarFilter({ left, operator, right }: ScalarFilter): string {
  return `${printScalar(left)} ${operator} ${printScalar(right)}`;
}

export function printElement(element: PipelineElement): string {
  switch (element.kind) {
    case 'filter':
      return `{ ${printExpression(element.expression)} }`;
    case 'operation':
      return `(${printElement(element.left)}) ${element.operator} (${printElement(element.right)})`;
    case 'pipeline':
      return element.elements.map(printElement).join('|');
    case 'scalarFilter':
      return printScalarFilter(element);
    case 'aggregate':
      return printAggregate(element);
    case 'group':
      return `by(${printExpression(element.by)})`;
    case 'coalesce':
      return 'coalesce()';
    case 'select':
      return `select(${element.fields.map(printField).join(', ')})`;
  }
}

function printScalar(scalar: ScalarExpression): string {
  switch (scalar.kind) {
    case 'static':
      return printValue(scalar.value);
    case 'scalarOperation':
      return `(${printScalar(scalar.left)} ${scalar.operator} ${printScalar(scalar.right)})`;
    default:
      return `(${printElement(scalar)})`;
  }
}

function wrap(expression: FieldExpression): string {
  const text = printExpression(expression);
  return expression.kind === 'binary' || expression.kind === 'unary' ? `(${text})` : text;
}
