import { exploreUrl } from '../../../shared/explore-url';
import * as queries from './queries';
import type { Session } from './session';

export interface LinkOptions {
  readonly lokiUid: string;
  readonly tempoUid: string;
  readonly selector: string;
  readonly logSelector: string;
}

const MINUTE_MS = 60_000;

/** Addresses in Explore, all about the time of what they show. */
export interface Links {
  readonly trace: (traceId: string, timeMs: number) => string | undefined;
  /** The session's own snapshot lines, over its transaction. */
  readonly session: (session: Session, timeMs: number) => string;
  /** The application's log lines of a trace. */
  readonly logs: (traceId: string, timeMs: number) => string;
  readonly route: (route: string, timeMs: number) => string | undefined;
}

export function linksOf({ lokiUid, tempoUid, selector, logSelector }: LinkOptions): Links {
  const loki = (expr: string, fromMs: number, toMs: number) =>
    exploreUrl({
      datasourceUid: lokiUid,
      query: { expr, queryType: 'range', editorMode: 'code' },
      fromMs,
      toMs,
    });
  const tempo = (query: string, fromMs: number, toMs: number) =>
    tempoUid
      ? exploreUrl({
          datasourceUid: tempoUid,
          query: { queryType: 'traceql', query, limit: 50 },
          fromMs,
          toMs,
        })
      : undefined;
  return {
    trace: (traceId, timeMs) => tempo(traceId, timeMs - 5 * MINUTE_MS, timeMs + 5 * MINUTE_MS),
    session: (session, timeMs) =>
      loki(
        queries.sessionLogs(selector, session.pid),
        (session.transactionStartMs ?? timeMs - MINUTE_MS) - 5000,
        timeMs + 30_000,
      ),
    logs: (traceId, timeMs) =>
      loki(queries.traceLogs(logSelector, traceId), timeMs - 2 * MINUTE_MS, timeMs + 2 * MINUTE_MS),
    route: (route, timeMs) =>
      tempo(queries.routeTraces(route), timeMs - 5 * MINUTE_MS, timeMs + 5 * MINUTE_MS),
  };
}
