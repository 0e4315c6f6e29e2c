/** Which values the evaluation of a query sees: those that pass a condition of what it fetches. */
import { NIL, stringValue, type Value } from '../value.js';
import { type AttributeField, type Field, fieldKey } from './ast.js';
import { type Condition, distinctFields, type Fetch } from './conditions.js';
import { applyBinary } from './operators.js';

/** Tempo keeps these attributes in columns of their own, each with its conditions, and all others in one. */
const OWN_COLUMNS: Readonly<Record<string, 'string' | 'int'>> = {
  'resource.service.name': 'string',
  'resource.k8s.cluster.name': 'string',
  'resource.k8s.namespace.name': 'string',
  'resource.k8s.pod.name': 'string',
  'resource.k8s.container.name': 'string',
  'span.http.request.method': 'string',
  'span.http.response.status_code': 'int',
  'span.url.path': 'string',
  'span.url.route': 'string',
  'span.server.address': 'string',
  'span.server.port': 'int',
  'span.http.method': 'string',
  'span.http.url': 'string',
  'span.http.route': 'string',
  'span.http.status_code': 'int',
};

export type Scope = NonNullable<AttributeField['scope']>;
export type Test = (value: Value) => boolean;

/**
 * Whether a value of this field is seen. Attributes without a column of their own share the conditions of their scope.
 * @param scope of the attribute itself, where the query names none
 */
export function visibility({ conditions, everyValue }: Fetch, field: Field, scope?: Scope): Test {
  if (everyValue) return () => true;
  if (field.kind === 'intrinsic') {
    return anyOf(conditions.filter((one) => fieldKey(one.field) === fieldKey(field)));
  }
  const own = OWN_COLUMNS[`${scope}.${field.name}`];
  const named = conditions.filter(({ field: other }) => isIn(other, scope) && other.name === field.name);
  if (named.length === 0) return () => false;
  if (own) {
    return anyOf(named.filter(({ value }) => value === undefined || value.kind === own));
  }
  return anyOf(
    conditions.filter(({ field: other }) => isIn(other, scope) && !OWN_COLUMNS[`${scope}.${other.name}`]),
  );
}

/**
 * What is seen of a field that a span does not have. Where the query asks for the field whatever its value, Tempo reads
 * the gap in a column of its own as the text "nil", and events or links that are not there as empty ones.
 */
export function absentValue(field: Field, isAsked: boolean, scope?: Scope): Value {
  if (!isAsked) return NIL;
  if (field.kind === 'attribute') return OWN_COLUMNS[`${scope}.${field.name}`] ? stringValue('nil') : NIL;
  switch (field.name) {
    case 'event:name':
    case 'link:traceID':
      return stringValue('');
    case 'link:spanID':
      return stringValue('0'.repeat(16));
    case 'event:timeSinceStart':
      return { kind: 'duration', value: 0 };
    default:
      return NIL;
  }
}

/** Whether the query asks for the field whatever its value is. */
export function isAsked({ conditions }: Fetch, field: Field): boolean {
  return conditions.some(
    ({ operator, field: other }) => operator === 'any' && fieldKey(other) === fieldKey(field),
  );
}

/** Of a query's conditions, those on each of its fields. */
export function conditionsByField(
  fetch: Fetch,
): readonly { readonly field: Field; readonly conditions: readonly Condition[] }[] {
  return distinctFields(fetch.conditions).map((field) => ({
    field,
    conditions: fetch.conditions.filter((one) => fieldKey(one.field) === fieldKey(field)),
  }));
}

function isIn(field: Field, scope: Scope | undefined): field is AttributeField {
  if (field.kind !== 'attribute') return false;
  return field.scope === scope || (field.scope === undefined && (scope === 'span' || scope === 'resource'));
}

function anyOf(conditions: readonly Condition[]): Test {
  if (conditions.some(({ operator }) => operator === 'any' || operator === 'exists')) return () => true;
  return (value) => conditions.some((condition) => passes(condition, value));
}

/** A condition looks at values of its own type, and finds no other. */
function passes({ operator, value: operand }: Condition, value: Value): boolean {
  if (operator === 'any' || operator === 'exists' || operator === 'missing' || !operand) return true;
  const kind = value.kind === 'list' ? value.of : value.kind;
  const sameKind =
    kind === operand.kind || (kind === 'duration' && (operand.kind === 'int' || operand.kind === 'float'));
  if (!sameKind) return false;
  const result = applyBinary(operator, value, operand);
  return result.kind === 'bool' && result.value;
}
