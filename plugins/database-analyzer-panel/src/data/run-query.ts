import {
  CoreApp,
  type DataFrame,
  type DataQuery,
  type DataQueryRequest,
  type DataQueryResponse,
  dateTime,
} from '@grafana/data';
import { getDataSourceSrv } from '@grafana/runtime';
import { from, isObservable, type Observable } from 'rxjs';

export interface Query {
  readonly datasourceUid: string;
  /** The query as that data source's editor writes it. */
  readonly target: Readonly<Record<string, unknown>>;
  readonly fromMs: number;
  readonly toMs: number;
  readonly stepMs: number;
}

let requests = 0;

/**
 * Runs one query through Grafana's data source service and waits for all of its frames.
 * @throws {Error} with the data source's own message, or an AbortError when `signal` fires
 */
export async function runQuery(query: Query, signal: AbortSignal): Promise<readonly DataFrame[]> {
  const datasource = await getDataSourceSrv().get({ uid: query.datasourceUid });
  signal.throwIfAborted();
  const answer = datasource.query(toRequest(query, { uid: datasource.uid, type: datasource.type }));
  return lastFrames(isObservable(answer) ? (answer as Observable<DataQueryResponse>) : from(answer), signal);
}

function toRequest(
  { target, fromMs, toMs, stepMs }: Query,
  datasource: { readonly uid: string; readonly type: string },
): DataQueryRequest<DataQuery> {
  const range = { from: dateTime(fromMs), to: dateTime(toMs) };
  return {
    requestId: `database-analyzer-${++requests}`,
    app: CoreApp.Dashboard,
    targets: [{ refId: 'A', datasource, ...target }],
    range: { ...range, raw: range },
    interval: `${stepMs}ms`,
    intervalMs: stepMs,
    maxDataPoints: Math.max(1, Math.ceil((toMs - fromMs) / stepMs)),
    scopedVars: {},
    timezone: 'utc',
    startTime: Date.now(),
  };
}

function lastFrames(
  answer: Observable<DataQueryResponse>,
  signal: AbortSignal,
): Promise<readonly DataFrame[]> {
  return new Promise((resolve, reject) => {
    let last: DataQueryResponse | undefined;
    const subscription = answer.subscribe({
      next: (response) => {
        last = response;
      },
      error: (error) => reject(new Error(messageOf(error))),
      complete: () => {
        const problem = last?.error ?? last?.errors?.[0];
        if (problem) reject(new Error(messageOf(problem)));
        else resolve((last?.data ?? []) as readonly DataFrame[]);
      },
    });
    signal.addEventListener('abort', () => {
      subscription.unsubscribe();
      reject(new DOMException('The query is not needed any more', 'AbortError'));
    });
  });
}

/** Data sources reject with errors of several shapes. */
function messageOf(problem: unknown): string {
  const { message, data } = (problem ?? {}) as {
    message?: string;
    data?: { message?: string; error?: string };
  };
  return data?.message ?? data?.error ?? message ?? 'The data source gave no answer';
}
