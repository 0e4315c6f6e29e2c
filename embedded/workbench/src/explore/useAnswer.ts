import {
  CoreApp,
  type DataQueryRequest,
  type DataSourceApi,
  LoadingState,
  type PanelData,
  rangeUtil,
  type TimeRange,
} from '@grafana/data';
import { getDataSourceSrv } from '@grafana/runtime';
import * as React from 'react';
import { from, switchMap } from 'rxjs';
import { runRequest } from '../host/run-request';
import type { ExploreQuery } from './model/url-state';

export interface Asked {
  readonly uid: string;
  readonly queries: readonly ExploreQuery[];
  readonly range: TimeRange;
  /** Another number asks again. */
  readonly run: number;
  readonly maxDataPoints: number;
}

let requests = 0;

/** What the store answers; undefined while nothing is asked. The answer before stays in sight until the next one comes. */
export function useAnswer(asked: Asked | undefined): PanelData | undefined {
  const [answer, setAnswer] = React.useState<PanelData>();
  React.useEffect(() => {
    if (!asked) {
      setAnswer(undefined);
      return undefined;
    }
    const { uid, range } = asked;
    const subscription = from(getDataSourceSrv().get(uid))
      .pipe(switchMap((api) => runRequest(api, requestOf(asked, api))))
      .subscribe({
        next: (next) =>
          setAnswer((before) =>
            next.state === LoadingState.Loading && before ? { ...before, state: LoadingState.Loading } : next,
          ),
        error: (error: Error) =>
          setAnswer({
            state: LoadingState.Error,
            series: [],
            timeRange: range,
            errors: [{ message: error.message }],
          }),
      });
    return () => subscription.unsubscribe();
  }, [asked]);
  return answer;
}

function requestOf({ queries, range, maxDataPoints }: Asked, api: DataSourceApi): DataQueryRequest {
  const { interval, intervalMs } = rangeUtil.calculateInterval(range, maxDataPoints, api.interval);
  requests += 1;
  return {
    app: CoreApp.Explore,
    requestId: `explore-${requests}`,
    startTime: Date.now(),
    timezone: 'browser',
    range,
    rangeRaw: range.raw,
    interval,
    intervalMs,
    maxDataPoints,
    scopedVars: {
      __interval: { text: interval, value: interval },
      __interval_ms: { text: String(intervalMs), value: intervalMs },
    },
    targets: queries.map((query) => ({ ...query, datasource: { uid: api.uid, type: api.type } })),
  };
}
