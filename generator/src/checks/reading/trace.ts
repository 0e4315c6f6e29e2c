/** A trace as the checks see it: its spans, and the connections that it borrowed, told by its spans. */
import { SPAN } from 'interview-app/telemetry-names';

export const KIND = { internal: 1, server: 2, client: 3 } as const;

/** What is used of a span. Attributes that are absent are empty. */
export interface Span {
  readonly traceId: string;
  readonly spanId: string;
  /** Empty on a root. */
  readonly parentId: string;
  readonly name: string;
  readonly kind: number;
  readonly start_us: number;
  readonly end_us: number;
  readonly failed: boolean;
  readonly service: string;
  readonly serviceVersion: string;
  readonly method: string;
  readonly route: string;
  readonly status: string;
  /** The other side of a client span. */
  readonly peer: string;
  /** The database system of a client span that goes to one. */
  readonly database: string;
  /** `SELECT`, `BEGIN`, ...; empty when the span is no statement. */
  readonly operation: string;
  /** Process id of the database session. */
  readonly pid: string;
  readonly links: readonly string[];
}

/** A connection, lent: from the moment the pool handed it over until the end of the last statement on it. */
export interface Loan {
  readonly pid: string;
  readonly from_us: number;
  readonly to_us: number;
  readonly connect: Span;
  readonly statements: readonly Span[];
}

/** A `transaction` span with its statements in the order of their starts. */
export interface Transaction {
  readonly span: Span;
  readonly pid: string;
  readonly statements: readonly Span[];
}

export class Trace {
  readonly id: string;
  readonly spans: readonly Span[];
  #loans: readonly Loan[] | undefined;
  #transactions: readonly Transaction[] | undefined;

  constructor(id: string, spans: readonly Span[]) {
    this.id = id;
    this.spans = spans;
  }

  get roots(): readonly Span[] {
    return this.spans.filter((span) => span.parentId === '');
  }

  /** The request that the trace is about, if a root SERVER span of this service is in it. */
  requestOf(service: string): Span | undefined {
    for (const span of this.spans) {
      if (span.parentId === '' && span.kind === KIND.server && span.service === service) return span;
    }
    return undefined;
  }

  /** All loans in the trace, whatever the service. A checkout that failed lent nothing. */
  get loans(): readonly Loan[] {
    this.#loans ??= findLoans(this.spans);
    return this.#loans;
  }

  get transactions(): readonly Transaction[] {
    this.#transactions ??= findTransactions(this.spans);
    return this.#transactions;
  }
}

export function isCheckout(span: Span): boolean {
  return span.name === SPAN.poolConnect && span.kind === KIND.client;
}

export function isStatement(span: Span): boolean {
  return span.kind === KIND.client && span.database !== '' && span.name !== SPAN.poolConnect;
}

export function seconds({ start_us, end_us }: Span): number {
  return (end_us - start_us) / 1e6;
}

function findLoans(spans: readonly Span[]): readonly Loan[] {
  const checkouts = spans.filter((span) => isCheckout(span) && !span.failed && span.pid !== '');
  if (checkouts.length === 0) return [];
  checkouts.sort((a, b) => a.end_us - b.end_us);
  const open = new Map<string, { connect: Span; statements: Span[] }[]>();
  for (const connect of checkouts) {
    const key = sessionKey(connect);
    const loans = open.get(key);
    if (loans) loans.push({ connect, statements: [] });
    else open.set(key, [{ connect, statements: [] }]);
  }
  for (const span of spans) {
    if (!isStatement(span)) continue;
    // The last loan of this connection that had begun; a connection may be borrowed again later in the trace.
    const loan = open.get(sessionKey(span))?.findLast(({ connect }) => connect.end_us <= span.start_us);
    loan?.statements.push(span);
  }
  return [...open.values()].flat().map(({ connect, statements }) => ({
    pid: connect.pid,
    from_us: connect.end_us,
    to_us: statements.reduce((last, { end_us }) => Math.max(last, end_us), connect.end_us),
    connect,
    statements,
  }));
}

function sessionKey({ service, pid }: Span): string {
  return `${service} ${pid}`;
}

function findTransactions(spans: readonly Span[]): readonly Transaction[] {
  const transactions = new Map<string, { span: Span; statements: Span[] }>();
  for (const span of spans) {
    if (span.name === SPAN.transaction) transactions.set(span.spanId, { span, statements: [] });
  }
  if (transactions.size === 0) return [];
  for (const span of spans) {
    if (isStatement(span)) transactions.get(span.parentId)?.statements.push(span);
  }
  return [...transactions.values()].map(({ span, statements }) => ({
    span,
    pid: statements[0]?.pid ?? '',
    statements: statements.sort((a, b) => a.start_us - b.start_us),
  }));
}
