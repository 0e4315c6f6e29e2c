import type { DataSourceInstanceSettings, TimeRange } from '@grafana/data';
import { getDataSourceSrv, locationService } from '@grafana/runtime';
import * as React from 'react';
import { useLocation } from 'react-router-dom-v5-compat';
import { store } from '../shell/storage';
import { added, type HistoryEntry } from './model/history';
import { completed, newQuery, type SourceType, textOf } from './model/queries';
import { fromTimeRange, toTimeRange, type Window } from './model/time';
import { type ExploreQuery, type ExploreState, exploreUrl, readState } from './model/url-state';

/** Explore's state: what the address says has been run, what the editors show is still to be run. */
export function useExplore(window: Window) {
  const { search, key } = useLocation();
  const state = React.useMemo(() => readState(search), [search]);
  const source = sourceOf(state.datasource);
  const type = source.type as SourceType;
  const run = React.useMemo(
    () => state.queries.map((query) => completed(type, query)),
    [state.queries, type],
  );
  const [draft, setDraft] = React.useState<readonly ExploreQuery[]>(run);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new address, also of the same queries, resets the editors
  React.useEffect(() => setDraft(run.length > 0 ? run : [newQuery(type, 'A')]), [run, type, key]);
  const range = React.useMemo(() => toTimeRange(state.range, window), [state.range, window]);
  const [kept] = React.useState(() => store<readonly HistoryEntry[]>('explore:history', []));
  const [history, setHistoryState] = React.useState(() => kept.get());
  const [count, setCount] = React.useState(0);
  const drafts = React.useRef(new Map<string, readonly ExploreQuery[]>());

  const setHistory = (next: readonly HistoryEntry[]) => {
    kept.set(next);
    setHistoryState(next);
  };

  /** Opens another state; the same one again is run again. */
  const open = (next: Partial<ExploreState>) => {
    const url = exploreUrl({ datasource: source.uid, queries: run, range: state.range, ...next });
    setCount((before) => before + 1);
    if (url !== `/explore${search}`) locationService.push(url);
  };

  const runQueries = (queries: readonly ExploreQuery[], uid = source.uid, at?: TimeRange) => {
    const written = queries.filter((query) => textOf(typeOf(uid), query).trim() !== '');
    if (written.length > 0)
      setHistory(added(history, { datasource: uid, queries: written, atMs: Date.now() }));
    setDraft(queries);
    open({ datasource: uid, queries, range: at ? fromTimeRange(at) : state.range });
  };

  return {
    source,
    type,
    range,
    spanId: state.spanId,
    /** What has been run; queries without a text are none. */
    run: React.useMemo(() => run.filter((query) => textOf(type, query).trim() !== ''), [run, type]),
    count,
    draft,
    setDraft,
    history,
    setHistory,
    runQueries,
    setRange: (next: TimeRange | undefined) =>
      open({ queries: draft, range: next && fromTimeRange(next), spanId: state.spanId }),
    /** Each data source comes back with the queries that were left there. */
    setSource: (uid: string) => {
      drafts.current.set(source.uid, draft);
      const queries = drafts.current.get(uid) ?? [newQuery(typeOf(uid), 'A')];
      open({ datasource: uid, queries });
    },
  };
}

function typeOf(uid: string): SourceType {
  return sourceOf(uid).type as SourceType;
}

/** By uid or name; the default one if there is none of this name. */
function sourceOf(ref: string | undefined): DataSourceInstanceSettings {
  const service = getDataSourceSrv();
  const found = (ref ? service.getInstanceSettings(ref) : undefined) ?? service.getList()[0];
  if (!found) throw new Error('There is no data source to explore');
  return found;
}
