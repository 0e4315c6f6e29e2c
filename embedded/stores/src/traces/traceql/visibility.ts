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

/** Names of the attributes of a scope that have a column of their own. */
export function ownColumns(scope: string): readonly string[] {
  return Object.keys(OWN_COLUMNS)
    .filter((name) => name.startsWith(`${scope}.`))
    .map((name) => name.slice(scope.length + 1));
}

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
  const named = conditions.filter(({ field: other }) => isIn(other, scope) && other.name === field.name);
  if (named.length === 0) return () => false;
  const inOthers = anyOf(
    conditions.filter(({ field: other, value }) => isIn(other, scope) && !isOwn(other, scope, value)),
  );
  const own = OWN_COLUMNS[`${scope}.${field.name}`];
  if (!own) return inOthers;
  const inOwn = anyOf(named.filter(({ value }) => isOwn(field, scope, value)));
  return (value) => (value.kind === own ? inOwn(value) : inOthers(value));
}

/** What is seen of a value: of a list those elements that are seen, without the list if that is only one. */
export function seenPart(value: Value, sees: Test | undefined): Value {
  if (value.kind === 'opaque') return NIL;
  if (!sees || value.kind === 'nil') return value;
  if (value.kind !== 'list') return sees(value) ? value : NIL;
  const values = value.values.filter(sees);
  if (values.length === value.values.length) return value;
  return values.length > 1 ? { ...value, values } : (values[0] ?? NIL);
}

/** Whether a condition looks into the attribute's own column: not if it wants a value of another type. */
function isOwn(field: Field, scope: Scope | undefined, operand: Value | undefined): boolean {
  const own = OWN_COLUMNS[`${scope}.${field.name}`];
  return own !== undefined && (operand === undefined || operand.kind === own);
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
  const sameKind =
    value.kind === operand.kind ||
    (value.kind === 'duration' && (operand.kind === 'int' || operand.kind === 'float'));
  if (!sameKind) return false;
  const result = applyBinary(operator, value, operand);
  return result.kind === 'bool' && result.value;
}
