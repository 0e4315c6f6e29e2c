import type { DataFrame, DataQueryError, DataQueryRequest, DataQueryResponse } from '@grafana/data';
import { LoadingState } from '@grafana/data';
import type { DataQuery } from '@grafana/schema';
import { Observable } from 'rxjs';
import { StoreError } from './http';

/** Runs work that can be called off; unsubscribing calls it off. */
export function cancellable<T>(work: (signal: AbortSignal) => Promise<T>): Observable<T> {
  return new Observable((subscriber) => {
    const controller = new AbortController();
    work(controller.signal).then(
      (value) => {
        subscriber.next(value);
        subscriber.complete();
      },
      (error) => {
        if (!controller.signal.aborted) subscriber.error(error);
      },
    );
    return () => controller.abort();
  });
}

/**
 * Answers every target of a request on its own: one that the store refuses leaves the others' frames in place.
 * @param run one target -> its frames
 */
export function answerEach<T extends DataQuery>(
  request: DataQueryRequest<T>,
  run: (target: T, signal: AbortSignal) => Promise<readonly DataFrame[]>,
): Observable<DataQueryResponse> {
  const targets = request.targets.filter(({ hide }) => !hide);
  return cancellable(async (signal) => {
    const answers = await Promise.allSettled(targets.map((target) => run(target, signal)));
    signal.throwIfAborted();
    const data: DataFrame[] = [];
    const errors: DataQueryError[] = [];
    for (const [index, answer] of answers.entries()) {
      if (answer.status === 'fulfilled') data.push(...answer.value);
      else errors.push(toQueryError(answer.reason, targets[index]?.refId));
    }
    const state = errors.length > 0 ? LoadingState.Error : LoadingState.Done;
    return { data, state, ...(errors.length > 0 && { errors, error: errors[0] }) } as DataQueryResponse;
  });
}

function toQueryError(reason: unknown, refId: string | undefined): DataQueryError {
  const message = reason instanceof Error ? reason.message : String(reason);
  return {
    message,
    data: { message },
    ...(reason instanceof StoreError && { status: reason.status }),
    ...(refId !== undefined && { refId }),
  };
}
