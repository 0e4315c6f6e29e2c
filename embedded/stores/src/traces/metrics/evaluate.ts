/** Metrics over the spans that a query's pipeline selects. */
import type { Budget } from '../../query/budget.js';
import { shownFields } from '../query/search-answer.js';
import type { Snapshot } from '../query/snapshot.js';
import type { Field, MetricsAggregate, Query } from '../traceql/ast.js';
import { Evaluation } from '../traceql/evaluate.js';
import { lookupOf } from '../traceql/lookup.js';
import { printField } from '../traceql/print.js';
import { NIL, stringValue, toNumber, type Value } from '../value.js';
import { type Cells, cellsFor } from './cells.js';
import { ExemplarSlots } from './exemplars.js';
import { Groups } from './groups.js';
import { bucketOf } from './histogram.js';
import { quantileSeries } from './quantiles.js';
import type { Exemplar, Label, Series } from './series.js';
import type { TimeGrid } from './time-grid.js';

const SPANS_BETWEEN_BREATHS = 16_384;
const BUCKET = '__bucket';

/** @param exemplars as many as there may be in all */
export async function evaluateMetrics(
  snapshot: Snapshot,
  query: Query & { readonly metrics: MetricsAggregate },
  grid: TimeGrid,
  exemplars: number,
  budget: Budget,
): Promise<readonly Series[]> {
  const aggregation = new Aggregation(snapshot, query, grid, exemplars);
  const { index } = snapshot;
  let work = 0;
  for (const trace of index.newestFirst) {
    work += (index.from[trace + 1] as number) - (index.from[trace] as number);
    aggregation.addTrace(trace);
    if (work < SPANS_BETWEEN_BREATHS) continue;
    budget.spend(work);
    budget.hold(aggregation.takeGrowth());
    work = 0;
    await budget.breathe();
  }
  return aggregation.series();
}

class Aggregation {
  readonly #snapshot: Snapshot;
  readonly #metrics: MetricsAggregate;
  readonly #evaluation: Evaluation;
  readonly #grid: TimeGrid;
  readonly #groups: Groups;
  readonly #by: readonly ((span: number) => Value)[];
  readonly #values: Value[];
  readonly #numberOf: (span: number) => number;
  readonly #bucket: ((span: number) => Value) | undefined;
  readonly #cells: Cells[] = [];
  readonly #exemplars: Exemplar[][] = [];
  readonly #slots: ExemplarSlots;
  readonly #exemplarLabels: (span: number) => readonly Label[];
  #told = 0;

  constructor(
    snapshot: Snapshot,
    query: Query & { readonly metrics: MetricsAggregate },
    grid: TimeGrid,
    most: number,
  ) {
    const { metrics } = query;
    this.#snapshot = snapshot;
    this.#metrics = metrics;
    this.#grid = grid;
    this.#evaluation = new Evaluation(snapshot, query);
    this.#by = metrics.by.map((field) => lookupOf(snapshot, field));
    this.#bucket = hasBuckets(metrics) ? bucketLookup(snapshot, metrics.field as Field) : undefined;
    this.#groups = new Groups(this.#by.length + (this.#bucket ? 1 : 0));
    this.#values = Array.from({ length: this.#by.length + (this.#bucket ? 1 : 0) }, () => NIL);
    this.#numberOf = numberLookup(snapshot, metrics.field);
    this.#slots = new ExemplarSlots(grid, most);
    this.#exemplarLabels = exemplarLabels(snapshot, this.#evaluation, metrics);
  }

  addTrace(trace: number): void {
    const { spans } = this.#snapshot;
    let shown = false;
    for (const spanset of this.#evaluation.evaluate(trace)) {
      for (const span of spanset.spans) {
        const slot = this.#grid.slot(spans.seconds[span] as number, spans.nanos[span] as number);
        if (slot < 0) continue;
        const group = this.#group(span);
        if (group < 0) continue;
        const value = this.#numberOf(span);
        (this.#cells[group] as Cells).add(slot, value);
        if (!shown) shown = this.#addExemplar(group, span, value);
      }
    }
  }

  /** Values held since it was asked last. */
  takeGrowth(): number {
    const growth = this.#cells.length - this.#told;
    this.#told = this.#cells.length;
    return growth * this.#grid.count;
  }

  series(): readonly Series[] {
    if (this.#groups.count === 0 && this.#values.length === 0) this.#newGroup(this.#groups.group([]));
    const all = this.#cells.map((cells, group) => ({
      labels: this.#labels(group),
      values: cells.values(),
      exemplars: this.#exemplars[group] as Exemplar[],
    }));
    return this.#metrics.name === 'quantile_over_time'
      ? quantileSeries(all, this.#metrics.quantiles, BUCKET)
      : all;
  }

  /** @returns -1 for a span whose value has no bucket */
  #group(span: number): number {
    this.#by.forEach((lookup, index) => {
      this.#values[index] = lookup(span);
    });
    if (this.#bucket) {
      const bucket = this.#bucket(span);
      if (bucket.kind === 'nil') return -1;
      this.#values[this.#by.length] = bucket;
    }
    const group = this.#groups.group(this.#values);
    if (group === this.#cells.length) this.#newGroup(group);
    return group;
  }

  #newGroup(group: number): void {
    this.#cells[group] = cellsFor(this.#metrics.name, this.#grid.count, this.#grid.step_s);
    this.#exemplars[group] = [];
  }

  #addExemplar(group: number, span: number, value: number): boolean {
    const { spans } = this.#snapshot;
    const timestamp_ms =
      (spans.seconds[span] as number) * 1000 + Math.floor((spans.nanos[span] as number) / 1e6);
    if (!this.#slots.take(timestamp_ms)) return true;
    const own = this.#metrics.field && this.#metrics.name !== 'histogram_over_time' ? value : Number.NaN;
    this.#exemplars[group]?.push({ labels: this.#exemplarLabels(span), value: own, timestamp_ms });
    return true;
  }

  /** Of a field that the span does not have there is no label, unless there is no other. */
  #labels(group: number): readonly Label[] {
    const { by, name } = this.#metrics;
    if (this.#values.length === 0) return [['__name__', stringValue(name)]];
    const values = this.#groups.values(group);
    const labels = by
      .map((field, index): Label => [printField(field), values[index] as Value])
      .filter(([, value]) => value.kind !== 'nil');
    if (this.#bucket) labels.push([BUCKET, values[by.length] as Value]);
    return labels.length > 0 ? labels : [[printField(by[0] as Field), NIL]];
  }
}

function hasBuckets({ name }: MetricsAggregate): boolean {
  return name === 'histogram_over_time' || name === 'quantile_over_time';
}

/** A span's own duration counts in seconds, anything else as it is. */
function numberLookup(snapshot: Snapshot, field: Field | undefined): (span: number) => number {
  if (!field) return () => Number.NaN;
  const { duration_ns } = snapshot.spans;
  if (field.kind === 'intrinsic' && field.name === 'duration')
    return (span) => (duration_ns[span] as number) / 1e9;
  const lookup = lookupOf(snapshot, field);
  return (span) => toNumber(lookup(span));
}

/** Durations in seconds; what is no whole number has no bucket. */
function bucketLookup(snapshot: Snapshot, field: Field): (span: number) => Value {
  const lookup = lookupOf(snapshot, field);
  const known = new Map<number, Value>();
  return (span) => {
    const value = lookup(span);
    if (value.kind !== 'int' && value.kind !== 'duration') return NIL;
    const bucket = bucketOf(value.value);
    if (bucket === undefined) return NIL;
    let made = known.get(bucket);
    if (!made) {
      made = { kind: 'float', value: value.kind === 'duration' ? bucket / 1e9 : bucket };
      known.set(bucket, made);
    }
    return made;
  };
}

/** The trace, and the fields that the query names. */
function exemplarLabels(snapshot: Snapshot, { fetch }: Evaluation, metrics: MetricsAggregate) {
  const named = [
    ...fetch.conditions.map(({ field }) => field),
    ...metrics.by,
    ...(metrics.field ? [metrics.field] : []),
  ];
  const { attributes } = shownFields(snapshot, { ...fetch, conditions: [], selected: named });
  const traceId = lookupOf(snapshot, { kind: 'intrinsic', name: 'trace:id' });
  return (span: number): readonly Label[] => [
    ['trace:id', traceId(span)],
    ...attributes
      .map(({ label, lookup }): Label => [label, lookup(span)])
      .filter(([, value]) => value.kind !== 'nil'),
  ];
}
