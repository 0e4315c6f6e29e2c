/** Spans of one trace, and what operators make of several such. */
import { QueryError } from '../../query/query-error.js';
import { identity, NIL, type Value } from '../value.js';

/** Spans of one trace that belong together, and what was computed of them. */
export interface Spanset {
  readonly spans: readonly number[];
  readonly attributes: readonly (readonly [name: string, value: Value])[];
  /** Of the last aggregate. */
  readonly scalar: Value;
}

/** Undefined when none is left. */
export function filter(spans: readonly number[], test: (span: number) => boolean): number[] | undefined {
  let kept: number[] | undefined;
  for (let i = 0; i < spans.length; i++) {
    const span = spans[i] as number;
    if (!test(span)) continue;
    if (kept) kept.push(span);
    else kept = [span];
  }
  return kept;
}

export function filterRange(
  spans: Uint32Array,
  from: number,
  to: number,
  test: (span: number) => boolean,
): number[] | undefined {
  let kept: number[] | undefined;
  for (let place = from; place < to; place++) {
    const span = spans[place] as number;
    if (!test(span)) continue;
    if (kept) kept.push(span);
    else kept = [span];
  }
  return kept;
}

/** One spanset for each value. */
export function group(spanset: Spanset, by: (span: number) => Value, name: string): readonly Spanset[] {
  const groups = new Map<string, { value: Value; spans: number[] }>();
  for (const span of spanset.spans) {
    const value = by(span);
    const known = groups.get(identity(value));
    if (known) known.spans.push(span);
    else groups.set(identity(value), { value, spans: [span] });
  }
  return [...groups.values()].map(({ value, spans }) => ({
    spans,
    attributes: [...spanset.attributes, [name, value]],
    scalar: NIL,
  }));
}

/** The smaller side first, as Tempo shows them. */
export function unique(lefts: readonly Spanset[], rights: readonly Spanset[]): readonly number[] {
  const [left, right] = [lefts, rights].map((side) => side.flatMap(({ spans }) => spans)) as [
    number[],
    number[],
  ];
  const [smaller, larger] = left.length < right.length ? [left, right] : [right, left];
  const known = new Set(smaller);
  return [...smaller, ...larger.filter((span) => !known.has(span))];
}

/** @throws {QueryError} `execution` for more than one spanset of a trace */
export function single(spansets: readonly Spanset[]): readonly number[] {
  if (spansets.length > 1) {
    throw new QueryError(
      'execution',
      'spanset operators are not supported for multiple spansets per trace. consider using coalesce()',
    );
  }
  return spansets[0]?.spans ?? [];
}
