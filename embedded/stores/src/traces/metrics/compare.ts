/**
 * `compare`: how often each value of each attribute is found on the spans that are selected, and on the others. Of values
 * that are found often enough to be among the first few of their attribute.
 */
import type { Budget } from '../../query/budget.js';
import type { Snapshot } from '../query/snapshot.js';
import type { Field, Intrinsic, MetricsCompare, Query } from '../traceql/ast.js';
import { compilePredicate, type Predicate } from '../traceql/compile.js';
import type { Fetch } from '../traceql/conditions.js';
import { Evaluation } from '../traceql/evaluate.js';
import { lookupOf } from '../traceql/lookup.js';
import { printField } from '../traceql/print.js';
import { identity, NIL, stringValue, type Value } from '../value.js';
import type { Label, Series } from './series.js';
import type { TimeGrid } from './time-grid.js';

const SPANS_BETWEEN_BREATHS = 8192;
const INTRINSICS: readonly Intrinsic[] = [
  'name',
  'status',
  'statusMessage',
  'kind',
  'rootName',
  'rootServiceName',
  'instrumentation:name',
  'instrumentation:version',
];

type Counts = Map<string, Map<string, { readonly value: Value; readonly counts: Float64Array }>>;

export async function evaluateCompare(
  snapshot: Snapshot,
  query: Query & { readonly metrics: MetricsCompare },
  grid: TimeGrid,
  budget: Budget,
): Promise<readonly Series[]> {
  const { index } = snapshot;
  const comparison = new Comparison(snapshot, query, grid);
  let work = 0;
  for (const trace of index.newestFirst) {
    work += (index.from[trace + 1] as number) - (index.from[trace] as number);
    comparison.addTrace(trace);
    budget.hold(comparison.takeGrowth());
    if (work < SPANS_BETWEEN_BREATHS) continue;
    budget.spend(work);
    work = 0;
    await budget.breathe();
  }
  return comparison.series();
}

class Comparison {
  readonly #snapshot: Snapshot;
  readonly #metrics: MetricsCompare;
  readonly #evaluation: Evaluation;
  readonly #grid: TimeGrid;
  readonly #isSelected: Predicate;
  readonly #intrinsics: readonly { readonly name: string; readonly lookup: (span: number) => Value }[];
  readonly #baseline: Counts = new Map();
  readonly #selection: Counts = new Map();
  #grown = 0;

  constructor(snapshot: Snapshot, query: Query & { readonly metrics: MetricsCompare }, grid: TimeGrid) {
    this.#snapshot = snapshot;
    this.#metrics = query.metrics;
    this.#grid = grid;
    this.#evaluation = new Evaluation(snapshot, query);
    this.#isSelected = selectionOf(snapshot, query.metrics);
    this.#intrinsics = INTRINSICS.map((name) => ({
      name,
      lookup: lookupOf(snapshot, { kind: 'intrinsic', name }),
    }));
  }

  addTrace(trace: number): void {
    const { spans, store, attributes } = this.#snapshot;
    for (const span of this.#evaluation.evaluate(trace).flatMap((spanset) => spanset.spans)) {
      const slot = this.#grid.slot(spans.seconds[span] as number, spans.nanos[span] as number);
      if (slot < 0) continue;
      const counts = this.#isSelected(span) ? this.#selection : this.#baseline;
      const scope = store.scopes.get(spans.scope[span] as number);
      const own = spans.attributes.subarray(spans.attributesFrom[span], spans.attributesFrom[span + 1]);
      for (const { name, lookup } of this.#intrinsics) this.#count(counts, name, lookup(span), slot);
      for (const [prefix, list] of [
        ['span', own],
        ['resource', store.resources.get(scope.resource).attributes],
        ['instrumentation', scope.attributes],
      ] as const) {
        for (const one of list)
          this.#count(counts, fieldName(prefix, attributes.key(one)), attributes.value(one), slot);
      }
    }
  }

  takeGrowth(): number {
    const grown = this.#grown * this.#grid.count;
    this.#grown = 0;
    return grown;
  }

  series(): readonly Series[] {
    const many = new Set<string>();
    const series = [
      ...this.#seriesOf(this.#baseline, 'baseline', many),
      ...this.#seriesOf(this.#selection, 'selection', many),
    ];
    const errors = [...many].map((name) => ({
      labels: [['__meta_error', stringValue('__too_many_values__')] as Label, [name, NIL] as Label],
      values: new Float64Array(0),
      exemplars: [],
    }));
    return [...series, ...errors];
  }

  #count(counts: Counts, name: string, value: Value, slot: number): void {
    if (value.kind === 'opaque' || value.kind === 'nil') return;
    const values = counts.get(name) ?? new Map();
    counts.set(name, values);
    const key = identity(value);
    let known = values.get(key);
    if (!known) {
      known = { value, counts: new Float64Array(this.#grid.count) };
      values.set(key, known);
      this.#grown++;
    }
    known.counts[slot]++;
  }

  /** @param many names of attributes with more values than are shown are added to it */
  *#seriesOf(counts: Counts, type: string, many: Set<string>): Generator<Series> {
    const { top } = this.#metrics;
    for (const [name, values] of counts) {
      const ranked = [...values.values()]
        .map((one) => ({ ...one, total: one.counts.reduce((sum, count) => sum + count, 0) }))
        .sort((a, b) => b.total - a.total);
      if (ranked.length > top) many.add(name);
      for (const { value, counts: own } of ranked.slice(0, top)) yield seriesFor(type, name, value, own);
      const totals = new Float64Array(this.#grid.count);
      for (const { counts: own } of ranked)
        for (let i = 0; i < own.length; i++) totals[i] = (totals[i] ?? 0) + (own[i] ?? 0);
      yield seriesFor(`${type}_total`, name, NIL, totals);
    }
  }
}

function seriesFor(type: string, name: string, value: Value, values: Float64Array): Series {
  return {
    labels: [
      ['__meta_type', stringValue(type)],
      [name, value],
    ],
    values,
    exemplars: [],
  };
}

function fieldName(scope: 'span' | 'resource' | 'instrumentation', name: string): string {
  const field: Field = { kind: 'attribute', scope, parent: false, name };
  return printField(field);
}

/** In the query's own time, if it names one. */
function selectionOf(snapshot: Snapshot, { selection, start, end }: MetricsCompare): Predicate {
  const everything: Fetch = { conditions: [], all: true, everySpan: true, selected: [], everyValue: true };
  const isSelected = compilePredicate(snapshot, everything, selection.expression);
  if (start === 0 && end === 0) return isSelected;
  const { seconds, nanos } = snapshot.spans;
  return (span) => {
    const time_ns = (seconds[span] as number) * 1e9 + (nanos[span] as number);
    return time_ns > start && time_ns <= end && isSelected(span);
  };
}
