import { context, trace } from '@opentelemetry/api';
import { TransactionTimeoutError } from '../errors.js';
import type { Logger } from '../logger.js';
import { currentRequest } from '../request-context.js';
import type { SourceLocation } from '../source-location.js';
import { ATTRIBUTE, EVENT, SPAN } from '../telemetry-names.js';
import { markFailed, type Tracing } from '../tracing.js';
import type { Session } from './client.js';
import type { Statement } from './model.js';
import type { CheckoutOptions } from './pool.js';

export interface TransactionOptions extends CheckoutOptions {
  /** The transaction is rolled back when it is not over by then. */
  readonly timeoutMs?: number;
}

export interface TransactionEnvironment {
  readonly tracing: Tracing;
  readonly logger: Logger;
  /** Who asked for the transaction. */
  readonly caller: SourceLocation | undefined;
}

const DEFAULT_TIMEOUT_MS = 15_000;
const LONG_RUNNING_MS = 15_000;

const BEGIN: Statement = { operation: 'BEGIN', text: 'BEGIN' };
const COMMIT: Statement = { operation: 'COMMIT', text: 'COMMIT' };
const ROLLBACK: Statement = { operation: 'ROLLBACK', text: 'ROLLBACK' };

/**
 * Runs `work` between BEGIN and COMMIT on a borrowed connection; ROLLBACK when it throws.
 * @throws {TransactionTimeoutError} when `timeoutMs` is over; what `work` still does on the session then fails
 */
export async function runInTransaction<T>(
  session: Session,
  work: (tx: Session) => Promise<T>,
  { timeoutMs = DEFAULT_TIMEOUT_MS }: TransactionOptions,
  { tracing, logger, caller }: TransactionEnvironment,
): Promise<T> {
  const span = tracing.startSpan(SPAN.transaction, {
    attributes: { [ATTRIBUTE.codeFilePath]: caller?.path, [ATTRIBUTE.codeLineNumber]: caller?.line },
  });
  const inTransaction = trace.setSpan(context.active(), span);
  const startedMs = performance.now();
  session.setParent(inTransaction);
  try {
    await session.execute(BEGIN);
    session.borrowed.inTransaction = true;
    const result = await withinTime(timeoutMs, () => context.with(inTransaction, work, undefined, session));
    await session.finish(COMMIT);
    return result;
  } catch (error) {
    markFailed(span, error);
    await rollBack(session);
    throw error;
  } finally {
    session.borrowed.inTransaction = false;
    session.close();
    reportWhenLong(performance.now() - startedMs, logger);
    tracing.endSpan(span);
  }
}

async function withinTime<T>(timeoutMs: number, work: () => Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const expiry = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new TransactionTimeoutError(timeoutMs)), timeoutMs);
  });
  try {
    return await Promise.race([work(), expiry]);
  } finally {
    clearTimeout(timer);
  }
}

/** A connection that cannot even roll back is not lent again. */
async function rollBack(session: Session): Promise<void> {
  if (!session.borrowed.inTransaction || session.borrowed.broken) return;
  try {
    await session.finish(ROLLBACK);
  } catch {
    session.borrowed.broken = true;
  }
}

/** One line for each request: a request with many transactions does not repeat itself. */
function reportWhenLong(durationMs: number, logger: Logger): void {
  if (durationMs < LONG_RUNNING_MS) return;
  const request = currentRequest();
  if (request?.longTransactionReported) return;
  if (request) request.longTransactionReported = true;
  logger.warn(EVENT.transactionLong, `Long-running transaction: ${Math.round(durationMs / 1000)}s`, {
    duration_ms: Math.round(durationMs),
    route: request?.route,
    request_id: request?.requestId,
  });
}
