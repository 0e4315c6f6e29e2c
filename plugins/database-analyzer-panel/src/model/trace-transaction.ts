import { ancestors, connectionOf, isDatabaseSpan, type Span, type Trace } from './trace';

/** A transaction as its trace tells it. */
export interface TraceTransaction {
  readonly pid: number;
  readonly startMs: number;
  readonly endMs: number;
  /** By start. */
  readonly statements: readonly Span[];
  /** The wait for the connection before it. */
  readonly connect: Span | undefined;
  /** The span around the statements, where there is one. */
  readonly around: Span | undefined;
}

const transactionsOf = new WeakMap<Trace, readonly TraceTransaction[]>();

/** All transactions of a trace, by start: statements from BEGIN on that share a connection and a parent span. */
export function traceTransactions(trace: Trace): readonly TraceTransaction[] {
  const known = transactionsOf.get(trace);
  if (known) return known;
  const loans = new Map<string, Span[]>();
  for (const span of trace.spans) {
    const pid = connectionOf(span);
    if (pid === undefined || !isStatement(span)) continue;
    const key = `${pid} ${span.parentId}`;
    loans.set(key, [...(loans.get(key) ?? []), span]);
  }
  const found = [...loans.values()].flatMap((statements) => toTransaction(trace, statements) ?? []);
  found.sort((a, b) => a.startMs - b.startMs || a.pid - b.pid);
  transactionsOf.set(trace, found);
  return found;
}

function toTransaction(trace: Trace, statements: readonly Span[]): TraceTransaction | undefined {
  const [first] = statements;
  const pid = first && connectionOf(first);
  if (!first || pid === undefined || !/^(begin|start transaction)/i.test(operation(first))) return undefined;
  const around = trace.byId.get(first.parentId);
  const transaction = around && !isDatabaseSpan(around) && around.name === 'transaction' ? around : undefined;
  return {
    pid,
    startMs: transaction?.startMs ?? first.startMs,
    endMs: Math.max(transaction?.endMs ?? 0, ...statements.map((statement) => statement.endMs)),
    statements,
    connect: connectBefore(trace, pid, first.startMs),
    around: transaction,
  };
}

function isStatement(span: Span): boolean {
  return isDatabaseSpan(span) && operation(span) !== '';
}

function operation(span: Span): string {
  const name = span.tags['db.operation.name'] ?? span.tags['db.operation'] ?? '';
  return String(name);
}

/** The last wait that ended with this connection before `timeMs`. */
function connectBefore(trace: Trace, pid: number, timeMs: number): Span | undefined {
  let last: Span | undefined;
  for (const span of trace.spans) {
    const lent = connectionOf(span) === pid && !isStatement(span) && span.endMs <= timeMs + 1;
    if (lent && (!last || span.endMs > last.endMs)) last = span;
  }
  return last;
}

/** The statement's text, or its summary, or the span's name. */
export function statementText(span: Span): string {
  return String(span.tags['db.query.text'] ?? span.tags['db.statement'] ?? span.name);
}

/** How far apart the server's and the application's idea of a transaction's beginning may be. */
const SAME_START_MS = 1500;

/** The transaction that a session had open, in its trace. */
export function findTransaction(
  trace: Trace,
  { pid, startMs }: { readonly pid: number; readonly startMs: number },
): TraceTransaction | undefined {
  const distance = (one: TraceTransaction) => Math.abs(one.startMs - startMs);
  return traceTransactions(trace)
    .filter((one) => one.pid === pid && distance(one) <= SAME_START_MS)
    .sort((a, b) => distance(a) - distance(b))[0];
}

/** The span that serves the request which the transaction belongs to: the outermost above it in its own service. */
export function serverSpan(trace: Trace, transaction: TraceTransaction): Span | undefined {
  const [statement] = transaction.statements;
  if (!statement) return undefined;
  return ancestors(trace, statement)
    .filter((span) => span.service === statement.service)
    .at(-1);
}

/** A call that ends when the transaction begins is not beside it. */
const BESIDE_MS = 1;

/** Spans during the transaction that did not use the database: neither above it nor another transaction. */
export function otherSpans(trace: Trace, transaction: TraceTransaction): readonly Span[] {
  const [statement] = transaction.statements;
  const above = new Set(statement ? ancestors(trace, statement) : []);
  const around = new Set(traceTransactions(trace).map((one) => one.around));
  return trace.spans.filter(
    (span) =>
      !above.has(span) &&
      !around.has(span) &&
      !isDatabaseSpan(span) &&
      Math.min(span.endMs, transaction.endMs) - Math.max(span.startMs, transaction.startMs) > BESIDE_MS,
  );
}
