/** Values that an attribute or intrinsic has. */
import type { ApiAnswer } from '../../http/api.js';
import type { Budget } from '../../query/budget.js';
import { QueryError } from '../../query/query-error.js';
import type { TracesStore } from '../store.js';
import type { AttributeScope, Field } from '../traceql/ast.js';
import { type Lookup, lookupOf } from '../traceql/lookup.js';
import { compareStrings } from '../traceql/operators.js';
import { parseWithoutValidation } from '../traceql/parse.js';
import { identity, KINDS, STATUSES, stringValue, toText, type Value } from '../value.js';
import { goAnswer, withoutDefaults } from './go-json.js';
import { bad, checkTagRange, text, unsignedIf } from './parameters.js';
import { type Snapshot, takeSnapshot } from './snapshot.js';
import { selectSpans } from './span-filter.js';

const TYPES: Readonly<Partial<Record<Value['kind'], string>>> = {
  string: 'string',
  bool: 'bool',
  int: 'int',
  float: 'float',
  duration: 'duration',
  status: 'keyword',
  spanKind: 'keyword',
};
/** As many values as there are spans: Tempo lists none. */
const NOT_LISTED: ReadonlySet<string> = new Set(
  'duration traceDuration trace:id span:id span:parentID link:traceID link:spanID event:timeSinceStart parent span:childCount'.split(
    ' ',
  ),
);
const SPANS_BETWEEN_BREATHS = 16_384;

/** Texts, sorted; the name is plain: an attribute of any scope, or an intrinsic. */
export async function tagValues(
  store: TracesStore,
  name: string,
  parameters: URLSearchParams,
  budget: Budget,
): Promise<ApiAnswer> {
  if (name === '') throw bad('please provide a non-empty tagName');
  checkTagRange(parameters);
  const snapshot = await takeSnapshot(store, budget);
  const values = await collect(snapshot, plainField(name), undefined, budget);
  const texts = new Set([...fixedTexts(name), ...values.map((value) => textOf(value))]);
  texts.delete('');
  return goAnswer({ tagValues: limited(parameters, [...texts].sort(compareStrings)), metrics: {} });
}

function fixedTexts(name: string): readonly string[] {
  return name === 'status.code' ? STATUSES : name === 'error' ? ['true'] : [];
}

/** A status by its code: its name is there in any case. */
function textOf(value: Value): string {
  return value.kind === 'status' ? String(value.value) : toText(value);
}

/** Values with their types, sorted; the name is TraceQL's. */
export async function typedTagValues(
  store: TracesStore,
  name: string,
  parameters: URLSearchParams,
  budget: Budget,
): Promise<ApiAnswer> {
  const field = fieldOf(name);
  checkTagRange(parameters);
  const fixed = fixedValues(field);
  const snapshot = await takeSnapshot(store, budget);
  const values = fixed ?? (await collect(snapshot, field, text(parameters, 'q'), budget));
  const sorted = values
    .filter((value) => TYPES[value.kind] !== undefined)
    .map((value) => ({ type: TYPES[value.kind] as string, value: toText(value) }))
    .sort((a, b) => compareStrings(a.type, b.type) || compareStrings(a.value, b.value))
    .map(withoutDefaults);
  return goAnswer({ tagValues: limited(parameters, sorted), metrics: {} });
}

function limited<T>(parameters: URLSearchParams, values: readonly T[]): readonly T[] {
  const limit = unsignedIf(parameters, 'limit') ?? 0;
  return limit > 0 ? values.slice(0, limit) : values;
}

function fixedValues(field: Field): readonly Value[] | undefined {
  if (field.kind !== 'intrinsic') return undefined;
  if (field.name === 'status') return STATUSES.map((_, value) => ({ kind: 'status', value }));
  if (field.name === 'kind') return KINDS.map((_, value) => ({ kind: 'spanKind', value }));
  return NOT_LISTED.has(field.name) ? [] : undefined;
}

async function collect(
  snapshot: Snapshot,
  field: Field,
  query: string | undefined,
  budget: Budget,
): Promise<readonly Value[]> {
  const found = new Map<string, Value>();
  const known = new Set<Value>();
  const add = (value: Value) => {
    if (value.kind === 'nil' || known.has(value)) return;
    for (const one of value.kind === 'list' ? value.values : [value]) found.set(identity(one), one);
    if (known.size < 100_000) known.add(value);
  };
  const each = eachValue(snapshot, field);
  let seen = 0;
  for (const span of selectSpans(snapshot, query)) {
    each(span, add);
    budget.spend(1);
    if (++seen % SPANS_BETWEEN_BREATHS === 0) await budget.breathe();
  }
  return [...found.values()];
}

type Each = (span: number, add: (value: Value) => void) => void;

function eachValue(snapshot: Snapshot, field: Field): Each {
  if (field.kind === 'attribute') return allValues(snapshot, field);
  if (field.name === 'event:name') {
    const { extras } = snapshot.spans;
    return (span, add) => {
      for (const { name } of extras.get(span)?.events ?? []) add(stringValue(name));
    };
  }
  const lookup = lookupOf(snapshot, field);
  return (span, add) => add(lookup(span));
}

/** Of events and links the values of all that a span has; without a scope those of span and resource. */
function allValues(snapshot: Snapshot, field: Field & { kind: 'attribute' }): Each {
  const { attributes, spans } = snapshot;
  if (field.scope === 'event' || field.scope === 'link') {
    const key = attributes.keys.find(field.name);
    const list = field.scope === 'event' ? 'events' : 'links';
    return (span, add) => {
      for (const item of spans.extras.get(span)?.[list] ?? []) {
        for (const one of item.attributes) if (attributes.keyOf[one] === key) add(attributes.value(one));
      }
    };
  }
  const scopes: readonly AttributeScope[] = field.scope ? [field.scope] : ['span', 'resource'];
  const lookups: readonly Lookup[] = scopes.map((scope) => lookupOf(snapshot, { ...field, scope }));
  return (span, add) => {
    for (const lookup of lookups) add(lookup(span));
  };
}

/** @throws {QueryError} `bad_data` for what is no field */
function fieldOf(name: string): Field {
  if (name === '') throw bad('please provide a non-empty tagName');
  const problem = (message: string) =>
    bad(`please provide a valid tagName: failed to parse identifier ${name}: ${message}`);
  try {
    const [element] = parseWithoutValidation(`{${name}}`).pipeline.elements;
    if (
      element?.kind === 'filter' &&
      (element.expression.kind === 'attribute' || element.expression.kind === 'intrinsic')
    ) {
      return element.expression;
    }
  } catch (error) {
    if (error instanceof QueryError) throw problem(error.message);
    throw error;
  }
  throw problem('expected Attribute');
}

function plainField(name: string): Field {
  const plain = { 'status.code': 'status', 'root.name': 'rootName', 'root.service.name': 'rootServiceName' };
  const intrinsic = plain[name as keyof typeof plain] ?? (name === 'name' ? 'name' : undefined);
  return intrinsic
    ? { kind: 'intrinsic', name: intrinsic as 'name' }
    : { kind: 'attribute', scope: undefined, parent: false, name };
}
