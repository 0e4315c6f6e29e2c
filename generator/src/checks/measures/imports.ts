import type { Measuring } from '../../scenario/measuring.js';
import type { SessionLine } from '../reading/read-logs.js';
import { isWithin, length_s } from '../reading/run-window.js';
import { KIND, type Span, seconds, type Trace, type Transaction } from '../reading/trace.js';
import { endpointOf, type Measure, type MeasureContext, type Measured, one } from './measure.js';
import { mean, percent, rangeOf } from './statistics.js';

/** Whether a transaction was open from before the trace's call of the outside service until after it, then committed. */
export function holdsThroughCall(
  trace: Trace,
  { span, statements }: Transaction,
  measuring: Measuring,
): boolean {
  const commit = statements.at(-1);
  if (statements[0]?.operation !== 'BEGIN' || commit?.operation !== 'COMMIT') return false;
  return trace.spans.some(
    (call) =>
      call.kind === KIND.client &&
      call.peer === measuring.externalService &&
      call.start_us >= span.start_us &&
      call.end_us <= commit.start_us,
  );
}

/** Imports and their transactions: how many are under way, how long they last, what they do. */
export class ImportMeasure implements Measure {
  readonly #context: MeasureContext;
  #overlap_us = 0;
  readonly #held_s: number[] = [];
  readonly #gaps_s: number[] = [];
  #transactions = 0;
  #inOrder = 0;
  /** By the instant of the snapshot. */
  readonly #snapshots = new Map<number, { readonly traces: Set<string>; long: number }>();

  constructor(context: MeasureContext) {
    this.#context = context;
  }

  trace(trace: Trace, request: Span | undefined): void {
    if (request === undefined || endpointOf(request) !== this.#context.measuring.importEndpoint) return;
    const { from_us, to_us } = this.#finishedSteady;
    this.#overlap_us += Math.max(0, Math.min(request.end_us, to_us) - Math.max(request.start_us, from_us));
    const committed = trace.transactions.filter(({ span }) => !span.failed);
    for (const transaction of committed) this.#transaction(transaction);
    if (committed.length === 0 || !isWithin(this.#context.window.steady, request.end_us)) return;
    const first_us = Math.min(...committed.map(({ span }) => span.start_us));
    const last_us = Math.max(...committed.map(({ span }) => span.end_us));
    this.#held_s.push((last_us - first_us) / 1e6);
  }

  session(line: SessionLine): void {
    const { measuring, window } = this.#context;
    if (line.application !== measuring.api || !isWithin(window.steady, line.time_us)) return;
    let snapshot = this.#snapshots.get(line.time_us);
    if (snapshot === undefined) {
      snapshot = { traces: new Set(), long: 0 };
      this.#snapshots.set(line.time_us, snapshot);
    }
    if (line.transactionAge_s === undefined) return;
    if (measuring.importEndpoint.endsWith(` ${line.route}`)) snapshot.traces.add(line.traceId);
    if (line.transactionAge_s > measuring.longTransaction_s) snapshot.long++;
  }

  results(): Record<string, Measured> {
    const { measuring, scale } = this.#context;
    const { min, max } = measuring.holdingTraces;
    const snapshots = [...this.#snapshots.values()];
    const holding = snapshots.map(({ traces }) => traces.size);
    const accepted = holding.filter((traces) => traces >= min * scale && traces <= max * scale);
    const { low, high } = rangeOf(holding);
    const fitting = this.#gaps_s.filter((gap) => gap >= measuring.gap_s.min && gap <= measuring.gap_s.max);
    return {
      'imports.in_flight': one(this.#overlap_us / 1e6 / length_s(this.#finishedSteady)),
      'imports.holding_percent': one(percent(accepted.length, holding.length), `${low}-${high} traces`),
      'imports.held_s': rangeOf(this.#held_s),
      'imports.long_transactions': one(mean(snapshots.map(({ long }) => long))),
      'imports.in_order_percent': one(percent(this.#inOrder, this.#transactions)),
      'imports.gap_percent': one(percent(fitting.length, this.#gaps_s.length)),
      'imports.longest_gap_s': one(rangeOf(this.#gaps_s).high),
    };
  }

  /** The steady incident without its last part, whose imports may not be finished and so not be in the traces. */
  get #finishedSteady() {
    const { window, measuring } = this.#context;
    return { from_us: window.steady.from_us, to_us: window.steady.to_us - measuring.tail_s * 1e6 };
  }

  #transaction({ statements }: Transaction): void {
    this.#transactions++;
    const order = statements.map(({ operation }) => operation).join(' ');
    const isFast = statements.every((statement) => seconds(statement) < this.#context.measuring.fast_s);
    if (isFast && /^BEGIN( INSERT)+( UPDATE)+ COMMIT$/.test(order)) this.#inOrder++;
    const update = statements.find(({ operation }) => operation === 'UPDATE');
    const insert = statements.findLast(({ operation }) => operation === 'INSERT');
    if (insert && update) this.#gaps_s.push((update.start_us - insert.end_us) / 1e6);
  }
}
