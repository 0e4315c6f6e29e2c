import { CONNECTION_STATE } from 'interview-app/telemetry-names';
import type { MeasureContext } from '../measures/measure.js';
import type { SessionLine } from '../reading/read-logs.js';
import type { Trace, Transaction } from '../reading/trace.js';
import { countBefore } from './counters.js';
import { at, Findings, type Law, type LawVerdict } from './law.js';

interface Use {
  readonly kind: 'transaction' | 'loan';
  readonly from_us: number;
  readonly to_us: number;
}

/** A transaction is open in the database at least from the end of its BEGIN until the start of its last statement. */
interface OpenTransaction extends Use {
  readonly kind: 'transaction';
  readonly traceId: string;
  readonly pid: string;
  readonly surelyFrom_us: number;
  readonly surelyTo_us: number;
  seen: number;
}

/**
 * The database's view and the app's view of the API's sessions: at each snapshot a session that works or is idle in a
 * transaction is lent to its trace by the spans, and each open `transaction` span has its session.
 */
export class Sessions implements Law {
  readonly #context: MeasureContext;
  readonly #traces: ReadonlySet<string>;
  readonly #findings = new Findings();
  readonly #uses = new Map<string, Use[]>();
  readonly #transactions: OpenTransaction[] = [];
  readonly #snapshots = new Set<number>();

  constructor(context: MeasureContext, traces: ReadonlySet<string>) {
    this.#context = context;
    this.#traces = traces;
  }

  trace(trace: Trace): void {
    const { api } = this.#context.measuring;
    for (const { pid, from_us, to_us, connect } of trace.loans) {
      if (connect.service === api) this.#addUse(trace.id, pid, { kind: 'loan', from_us, to_us });
    }
    for (const transaction of trace.transactions) {
      if (transaction.span.service === api && transaction.pid !== '')
        this.#addTransaction(trace.id, transaction);
    }
  }

  session(line: SessionLine): void {
    this.#snapshots.add(line.time_us);
    if (line.application !== this.#context.measuring.api || line.state === CONNECTION_STATE.idle) return;
    if (!this.#traces.has(line.traceId)) {
      const earliest_us = this.#context.window.whole.to_us - this.#context.measuring.tail_s * 1e6;
      this.#findings.check(line.time_us > earliest_us, () => `${told(line)} has no trace`);
      return;
    }
    const inTransaction = line.state !== CONNECTION_STATE.active;
    const uses = this.#uses.get(`${line.traceId} ${line.pid}`) ?? [];
    const open = uses.filter(({ from_us, to_us }) => from_us <= line.time_us && line.time_us <= to_us);
    const transaction = open.find((use): use is OpenTransaction => use.kind === 'transaction');
    this.#findings.check(
      transaction !== undefined || (!inTransaction && open.length > 0),
      () => `${told(line)} is not lent to it by the spans`,
    );
    if (transaction && isSurelyOpen(transaction, line.time_us)) transaction.seen++;
  }

  verdict(): LawVerdict {
    const snapshots = Float64Array.from(this.#snapshots).sort();
    for (const { traceId, pid, surelyFrom_us, surelyTo_us, seen } of this.#transactions) {
      const due = countBefore(snapshots, surelyTo_us) - countBefore(snapshots, surelyFrom_us + 1);
      if (due === 0) continue;
      this.#findings.check(
        seen === due,
        () => `transaction of pid ${pid} in trace ${traceId} is in ${seen} of ${due} snapshots`,
      );
    }
    return this.#findings.verdict('g', 'session snapshots = loans and transactions open in the spans');
  }

  #addTransaction(traceId: string, { span, pid, statements }: Transaction): void {
    const surelyFrom_us = statements[0]?.end_us ?? span.end_us;
    const surelyTo_us = statements.at(-1)?.start_us ?? span.start_us;
    const transaction: OpenTransaction = {
      kind: 'transaction',
      traceId,
      pid,
      from_us: span.start_us,
      to_us: span.end_us,
      surelyFrom_us,
      surelyTo_us,
      seen: 0,
    };
    this.#transactions.push(transaction);
    this.#addUse(traceId, pid, transaction);
  }

  #addUse(traceId: string, pid: string, use: Use): void {
    const key = `${traceId} ${pid}`;
    const uses = this.#uses.get(key);
    if (uses) uses.push(use);
    else this.#uses.set(key, [use]);
  }
}

function isSurelyOpen({ surelyFrom_us, surelyTo_us }: OpenTransaction, time_us: number): boolean {
  return surelyFrom_us < time_us && time_us < surelyTo_us;
}

function told({ pid, state, time_us, traceId }: SessionLine): string {
  return `session ${pid} (${state}) at ${at(time_us)} of trace ${traceId}`;
}
