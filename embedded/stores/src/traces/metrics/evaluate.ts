/** Metrics over the spans that a query's pipeline selects. */
import type { Budget } from '../../query/budget.js';
import { labelFields } from '../query/search-answer.js';
import type { Snapshot } from '../query/snapshot.js';
import type { Field, MetricsAggregate, Query } from '../traceql/ast.js';
import { Evaluation } from '../traceql/evaluate.js';
import { lookupOf } from '../traceql/lookup.js';
import { printField } from '../traceql/print.js';
import { NIL, stringValue, toNumber, type Value } from '../value.js';
import { type Cells, cellsFor } from './cells.js';
import { ExemplarSlots } from './exemplars.js';
import { Groups } from './groups.js';
import { type Numbered, numbered, numberedBuckets } from './numbered.js';
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
    budget.hold(aggregation.takeGrowth());
    if (work < SPANS_BETWEEN_BREATHS) continue;
    budget.spend(work);
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
  /** Fields that make a label each, and last the bucket, if there is one. */
  readonly #parts: readonly Numbered[];
  readonly #numbers: number[];
  readonly #valueOf: (span: number) => number;
  readonly #cells: Cells[] = [];
  readonly #exemplars: Exemplar[][] = [];
  readonly #slots: ExemplarSlots;
  readonly #exemplarLabels: (span: number) => readonly Label[];
  #told = 0;
  /** Whether the trace at hand has its exemplar. */
  #shown = false;

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
    const bucket = hasBuckets(metrics) ? [numberedBuckets(snapshot, metrics.field as Field)] : [];
    this.#parts = [...metrics.by.map((field) => numbered(snapshot, field)), ...bucket];
    this.#groups = new Groups(this.#parts.length);
    this.#numbers = this.#parts.map(() => 0);
    this.#valueOf = valueLookup(snapshot, metrics.field);
    this.#slots = new ExemplarSlots(grid, most);
    this.#exemplarLabels = exemplarLabels(snapshot, this.#evaluation, metrics);
  }

  addTrace(trace: number): void {
    const { from, arrival } = this.#snapshot.index;
    const { spanTest } = this.#evaluation;
    this.#shown = false;
    if (spanTest) {
      for (let place = from[trace] as number, to = from[trace + 1] as number; place < to; place++) {
        const span = arrival[place] as number;
        if (spanTest(span)) this.#add(span);
      }
      return;
    }
    for (const { spans } of this.#evaluation.evaluate(trace)) for (const span of spans) this.#add(span);
  }

  /** Values held since it was asked last. */
  takeGrowth(): number {
    const growth = this.#cells.length - this.#told;
    this.#told = this.#cells.length;
    return growth * this.#grid.count;
  }

  series(): readonly Series[] {
    if (this.#groups.count === 0 && this.#parts.length === 0) this.#newGroup(this.#groups.group([]));
    const all = this.#cells.map((cells, group) => ({
      labels: this.#labels(group),
      values: cells.values(),
      exemplars: this.#exemplars[group] as Exemplar[],
    }));
    return this.#metrics.name === 'quantile_over_time'
      ? quantileSeries(all, this.#metrics.quantiles, BUCKET)
      : all;
  }

  #add(span: number): void {
    const { seconds, nanos } = this.#snapshot.spans;
    const slot = this.#grid.slot(seconds[span] as number, nanos[span] as number);
    if (slot < 0) return;
    const parts = this.#parts;
    for (let i = 0; i < parts.length; i++) {
      const number = (parts[i] as Numbered).numberOf(span);
      if (number < 0) return;
      this.#numbers[i] = number;
    }
    const group = this.#groups.group(this.#numbers);
    if (group === this.#cells.length) this.#newGroup(group);
    const value = this.#valueOf(span);
    (this.#cells[group] as Cells).add(slot, value);
    if (!this.#shown) this.#addExemplar(group, span, value);
  }

  #newGroup(group: number): void {
    this.#cells[group] = cellsFor(this.#metrics.name, this.#grid.count, this.#grid.step_s);
    this.#exemplars[group] = [];
  }

  #addExemplar(group: number, span: number, value: number): void {
    const { seconds, nanos } = this.#snapshot.spans;
    const timestamp_ms = (seconds[span] as number) * 1000 + Math.floor((nanos[span] as number) / 1e6);
    this.#shown = true;
    if (!this.#slots.take(timestamp_ms)) return;
    const own = this.#metrics.field && this.#metrics.name !== 'histogram_over_time' ? value : Number.NaN;
    this.#exemplars[group]?.push({ labels: this.#exemplarLabels(span), value: own, timestamp_ms });
  }

  /** Of a field that the span does not have there is no label, unless there is no other. */
  #labels(group: number): readonly Label[] {
    const { by, name } = this.#metrics;
    if (this.#parts.length === 0) return [['__name__', stringValue(name)]];
    const numbers = this.#groups.numbers(group);
    const values = this.#parts.map((part, index) => part.valueOf(numbers[index] as number));
    const labels = by
      .map((field, index): Label => [printField(field), values[index] as Value])
      .filter(([, value]) => value.kind !== 'nil');
    if (hasBuckets(this.#metrics)) labels.push([BUCKET, values[by.length] as Value]);
    return labels.length > 0 ? labels : [[printField(by[0] as Field), NIL]];
  }
}

function hasBuckets({ name }: MetricsAggregate): boolean {
  return name === 'histogram_over_time' || name === 'quantile_over_time';
}

/** A span's own duration counts in seconds, anything else as it is. */
function valueLookup(snapshot: Snapshot, field: Field | undefined): (span: number) => number {
  if (!field) return () => Number.NaN;
  const { duration_ns } = snapshot.spans;
  if (field.kind === 'intrinsic' && field.name === 'duration') {
    return (span) => unsigned(duration_ns[span] as number) / 1e9;
  }
  const lookup = lookupOf(snapshot, field);
  return (span) => toNumber(lookup(span));
}

/** Tempo's durations have 64 bits and no sign. */
function unsigned(duration_ns: number): number {
  return duration_ns < 0 ? duration_ns + 2 ** 64 : duration_ns;
}

/** The trace, and the fields that the query names. */
function exemplarLabels(snapshot: Snapshot, { fetch }: Evaluation, metrics: MetricsAggregate) {
  const named = [
    ...fetch.conditions.map(({ field }) => field),
    ...metrics.by,
    ...(metrics.field ? [metrics.field] : []),
  ];
  const fields = labelFields(snapshot, named);
  const traceId = lookupOf(snapshot, { kind: 'intrinsic', name: 'trace:id' });
  return (span: number): readonly Label[] => [
    ['trace:id', traceId(span)],
    ...fields
      .map(({ label, lookup }): Label => [label, lookup(span)])
      .filter(([, value]) => value.kind !== 'nil'),
  ];
}
