/** A trace as searches answer with it. */

import { hex8 } from '../trace-table.js';
import type { Field } from '../traceql/ast.js';
import { fieldKey } from '../traceql/ast.js';
import { distinctFields, type Fetch, onlyAsking } from '../traceql/conditions.js';
import { type Lookup, lookupOf } from '../traceql/lookup.js';
import { rootName, rootService } from '../traceql/lookup-intrinsics.js';
import { printField } from '../traceql/print.js';
import type { Spanset } from '../traceql/spansets.js';
import { toAnyValue, type Value } from '../value.js';
import { withoutDefaults } from './go-json.js';
import { type Snapshot, serviceOf } from './snapshot.js';

const NO_ROOT = '<root span not yet received>';
const ERROR = 2;
/** Shown elsewhere in the answer, or not at all. */
const NOT_SHOWN: ReadonlySet<string> = new Set(
  ['name', 'duration', 'traceDuration', 'rootServiceName', 'rootName', 'trace:id', 'span:id'].map(
    (name) => `:${name}`,
  ),
);

export interface ShownField {
  readonly key: string;
  /** With its scope. */
  readonly label: string;
  readonly lookup: Lookup;
}

export interface ShownFields {
  readonly attributes: readonly ShownField[];
  readonly name: Lookup | undefined;
}

/** Fields that a query names, as far as the values passed its conditions. */
export function shownFields(snapshot: Snapshot, fetch: Fetch): ShownFields {
  const selected = [...new Map(fetch.selected.map((field) => [fieldKey(field), field])).values()];
  const selectedKeys = new Set(selected.map(fieldKey));
  const conditioned = distinctFields(fetch.conditions).filter((field) => !selectedKeys.has(fieldKey(field)));
  const isMissing = (field: Field) =>
    fetch.conditions.some((one) => one.operator === 'missing' && fieldKey(one.field) === fieldKey(field));
  const attributes = [
    ...conditioned.flatMap((field) => shown(snapshot, field, fetch, isMissing(field))),
    ...selected.flatMap((field) => shown(snapshot, field, onlyAsking(field))),
  ];
  const isName = (field: Field) => fieldKey(field) === ':name';
  const name = selected.find(isName)
    ? lookupOf(snapshot, { kind: 'intrinsic', name: 'name' })
    : conditioned.filter(isName).map((field) => lookupOf(snapshot, field, fetch))[0];
  return { attributes, name };
}

function nameOf(value: Value | undefined): string | undefined {
  return value?.kind === 'string' ? value.value : undefined;
}

/** Fields with their scopes, whatever their values. */
export function labelFields(snapshot: Snapshot, fields: readonly Field[]): readonly ShownField[] {
  const distinct = new Map(fields.map((field) => [fieldKey(field), field]));
  return [...distinct.values()].flatMap((field) => lookups(snapshot, field, onlyAsking(field)));
}

/** @param result of a TraceQL query: a search for tags shows no spans */
export function traceAnswer(
  snapshot: Snapshot,
  trace: number,
  result?: { readonly spansets: readonly Spanset[]; readonly shown: ShownFields; readonly spans: number },
): object {
  const { store, index } = snapshot;
  const spanSets = result?.spansets.map((spanset) =>
    spansetAnswer(snapshot, spanset, result.shown, result.spans),
  );
  return withoutDefaults({
    traceID: store.traces.hex(trace).replace(/^0+/, ''),
    rootServiceName: rootService(snapshot, trace) || NO_ROOT,
    rootTraceName: rootName(snapshot, trace),
    startTimeUnixNano: nanoText(index.startSeconds[trace] as number, index.startNanos[trace] as number),
    durationMs: Math.trunc((index.duration_ns[trace] as number) / 1e6),
    spanSet: spanSets?.[0],
    spanSets,
    serviceStats: result && serviceStats(snapshot, trace),
  });
}

export function nanoText(seconds: number, nanos: number): string {
  return `${seconds || ''}${String(nanos).padStart(seconds ? 9 : 1, '0')}`;
}

/** A negative number as Tempo has it: of 64 bits without a sign. */
function unsignedText(value: number): string {
  return value < 0 ? String(BigInt.asUintN(64, BigInt(value))) : String(value);
}

function spansetAnswer(
  snapshot: Snapshot,
  { spans, attributes }: Spanset,
  shown: ShownFields,
  most: number,
): object {
  return withoutDefaults({
    spans: spans.slice(0, most).map((span) => spanAnswer(snapshot, span, shown)),
    matched: spans.length,
    attributes: attributes.map(([key, value]) => ({ key, value: toAnyValue(value) })),
  });
}

function spanAnswer({ spans }: Snapshot, span: number, shown: ShownFields): object {
  const attributes: { readonly key: string; readonly value: object }[] = [];
  for (const { key, lookup } of shown.attributes) {
    const value = lookup(span);
    if (value.kind !== 'nil') attributes.push({ key, value: toAnyValue(value) });
  }
  return withoutDefaults({
    spanID: hex8(spans.idHigh[span] as number) + hex8(spans.idLow[span] as number),
    name: nameOf(shown.name?.(span)),
    startTimeUnixNano: nanoText(spans.seconds[span] as number, spans.nanos[span] as number),
    durationNanos: spans.duration_ns[span] ? unsignedText(spans.duration_ns[span] as number) : undefined,
    attributes,
  });
}

function serviceStats(snapshot: Snapshot, trace: number): object {
  const { index, spans } = snapshot;
  const stats = new Map<string, { spanCount: number; errorCount: number }>();
  for (let place = index.from[trace] as number; place < (index.from[trace + 1] as number); place++) {
    const span = index.order[place] as number;
    const service = serviceOf(snapshot, span);
    const of = stats.get(service) ?? { spanCount: 0, errorCount: 0 };
    stats.set(service, of);
    of.spanCount++;
    if (spans.status[span] === ERROR) of.errorCount++;
  }
  return Object.fromEntries([...stats].map(([service, of]) => [service, withoutDefaults(of)]));
}

function shown(snapshot: Snapshot, field: Field, fetch: Fetch, missing = false): readonly ShownField[] {
  return NOT_SHOWN.has(fieldKey(field)) ? [] : lookups(snapshot, field, fetch, missing);
}

/** An attribute without a scope is one of the span, and one of the resource. */
function lookups(snapshot: Snapshot, field: Field, fetch: Fetch, missing = false): readonly ShownField[] {
  if (field.kind === 'intrinsic')
    return [{ key: field.name, label: field.name, lookup: lookupOf(snapshot, field, fetch, 'last') }];
  const scopes = field.scope ? [field.scope] : (['span', 'resource'] as const);
  return scopes.map((scope) => {
    const scoped = { ...field, scope };
    const conditions = fetch.conditions.map((one) => (one.field === field ? { ...one, field: scoped } : one));
    const lookup = lookupOf(snapshot, scoped, { ...fetch, conditions }, 'last');
    const NOTHING: Value = { kind: 'string', value: 'nil' };
    const orMissing: Lookup = (span) => {
      const value = lookup(span);
      return value.kind === 'nil' ? NOTHING : value;
    };
    return { key: field.name, label: printField({ ...field, scope }), lookup: missing ? orMissing : lookup };
  });
}
