import {
  type DataFrame,
  type DataQueryError,
  type DataQueryRequest,
  type DataQueryResponse,
  type DataSourceApi,
  DataTopic,
  LoadingState,
  type PanelData,
  toDataFrame,
} from '@grafana/data';
import { toDataQueryError } from '@grafana/runtime';
import {
  catchError,
  from,
  isObservable,
  map,
  merge,
  type Observable,
  of,
  share,
  takeUntil,
  timer,
} from 'rxjs';

/** An answer that comes sooner is shown without a sign of loading before it. */
const LOADING_AFTER_MS = 200;

/**
 * Runs a panel's queries and turns what comes into what panels are given. Answers with the same key replace each other,
 * answers with other keys are joined.
 */
export function runRequest(datasource: DataSourceApi, request: DataQueryRequest): Observable<PanelData> {
  const base: PanelData = { state: LoadingState.Done, series: [], timeRange: request.range, request };
  if (request.targets.length === 0) return of(base);
  const failed = (error: unknown): PanelData => {
    const known = toDataQueryError(error as Error);
    return { ...base, state: LoadingState.Error, error: known, errors: [known] };
  };
  const packets = new Map<string, DataQueryResponse>();
  const data$ = start(datasource, request).pipe(
    map((packet) => {
      packets.set(packet.key ?? '', packet);
      return joined(base, [...packets.values()]);
    }),
    catchError((error) => of(failed(error))),
    share(),
  );
  const loading$ = timer(LOADING_AFTER_MS).pipe(
    map(() => ({ ...base, state: LoadingState.Loading })),
    takeUntil(data$),
  );
  return merge(loading$, data$);
}

function start(datasource: DataSourceApi, request: DataQueryRequest): Observable<DataQueryResponse> {
  try {
    const answer = datasource.query(request);
    return isObservable(answer) ? (answer as Observable<DataQueryResponse>) : from(answer);
  } catch (error) {
    return from(Promise.reject(error));
  }
}

function joined(base: PanelData, packets: readonly DataQueryResponse[]): PanelData {
  const series: DataFrame[] = [];
  const annotations: DataFrame[] = [];
  const errors: DataQueryError[] = [];
  let state: LoadingState = LoadingState.Done;
  for (const packet of packets) {
    for (const each of packet.data) {
      const frame = toDataFrame(each);
      (frame.meta?.dataTopic === DataTopic.Annotations ? annotations : series).push(frame);
    }
    if (packet.state !== undefined && packet.state !== LoadingState.Done) state = packet.state;
    errors.push(...(packet.errors ?? (packet.error ? [packet.error] : [])));
  }
  if (errors.length === 0) return { ...base, state, series, annotations };
  return { ...base, state: LoadingState.Error, series, annotations, errors, error: errors[0] };
}
