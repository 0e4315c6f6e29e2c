import { css } from '@emotion/css';
import { type GrafanaTheme2, LoadingState } from '@grafana/data';
import { getDataSourceSrv } from '@grafana/runtime';
import { Alert, Button, LoadingPlaceholder, useStyles2 } from '@grafana/ui';
import * as React from 'react';
import { getIncident } from '../shell/server';
import { HistoryDrawer } from './HistoryDrawer';
import { removed } from './model/history';
import { newQuery } from './model/queries';
import type { Window } from './model/time';
import { exploreUrl, refIdAt } from './model/url-state';
import { QueryRow } from './QueryRow';
import { Results } from './results/Results';
import { Toolbar } from './Toolbar';
import { useAnswer } from './useAnswer';
import { useExplore } from './useExplore';

/** The page Explore: any query of one's own. */
export default function ExplorePage() {
  const [window, setWindow] = React.useState<Window>();
  React.useEffect(() => {
    getIncident().then((incident) => setWindow(incident.window));
  }, []);
  return window ? <Explore window={window} /> : <LoadingPlaceholder text="Loading" />;
}

/** Points of a graph: about two pixels each on a usual screen. */
const MAX_DATA_POINTS = 800;

function Explore({ window }: { readonly window: Window }) {
  const styles = useStyles2(getStyles);
  const explore = useExplore(window);
  const { source, type, range, run, count, draft, setDraft, history, setHistory, runQueries, setRange } =
    explore;
  const { uid } = source;
  const [showsHistory, setShowsHistory] = React.useState(false);
  const asked = React.useMemo(
    () =>
      run.length > 0 ? { uid, queries: run, range, run: count, maxDataPoints: MAX_DATA_POINTS } : undefined,
    [uid, run, range, count],
  );
  const answer = useAnswer(asked);
  const errors = answer?.state === LoadingState.Error ? (answer.errors ?? []) : [];
  const errorOf = (refId: string) => errors.find((error) => error.refId === refId)?.message;
  const others = errors.filter((error) => !draft.some(({ refId }) => refId === error.refId));
  const current = React.useRef(range);
  current.current = range;
  const completionRange = React.useCallback(
    () => ({ fromMs: current.current.from.valueOf(), toMs: current.current.to.valueOf() }),
    [],
  );
  const service = getDataSourceSrv();
  const runAll = () => runQueries(draft);

  return (
    <div className={styles.page}>
      <h1 className="sr-only">Explore</h1>
      <Toolbar
        sources={service.getList()}
        uid={uid}
        range={range}
        isRunning={answer?.state === LoadingState.Loading}
        onSource={explore.setSource}
        onRange={setRange}
        onWholeWindow={() => setRange(undefined)}
        onRun={runAll}
        onHistory={() => setShowsHistory(true)}
      />
      {draft.map((query, index) => (
        <QueryRow
          key={`${type}-${query.refId}`}
          type={type}
          query={query}
          range={completionRange}
          error={errorOf(query.refId)}
          onChange={(next) => setDraft(draft.map((each, at) => (at === index ? next : each)))}
          onRun={runAll}
          onRemove={draft.length > 1 ? () => setDraft(draft.filter((_, at) => at !== index)) : undefined}
        />
      ))}
      <div>
        <Button
          variant="secondary"
          size="sm"
          icon="plus"
          onClick={() => setDraft([...draft, newQuery(type, freeRefId(draft))])}
        >
          Add query
        </Button>
      </div>
      {others.map((error) => (
        <Alert key={error.message} severity="error" title="The query was refused">
          {error.message}
        </Alert>
      ))}
      {answer && asked && (
        <Results
          answer={answer}
          uid={uid}
          queries={run}
          range={range}
          run={count}
          spanId={explore.spanId}
          onRange={setRange}
          onQueries={(queries) => runQueries(queries)}
          urlOfTrace={(traceId, spanId) =>
            exploreUrl({
              datasource: uid,
              queries: [{ ...newQuery('tempo', 'A'), query: traceId }],
              range: { from: String(range.from.valueOf()), to: String(range.to.valueOf()) },
              spanId,
            })
          }
        />
      )}
      {showsHistory && (
        <HistoryDrawer
          history={history}
          datasource={uid}
          nameOf={(ref) => service.getInstanceSettings(ref)?.name ?? ref}
          onChoose={(entry) => {
            setShowsHistory(false);
            runQueries(entry.queries, entry.datasource);
          }}
          onRemove={(entry) => setHistory(removed(history, entry))}
          onClear={() => setHistory([])}
          onClose={() => setShowsHistory(false)}
        />
      )}
    </div>
  );
}

function freeRefId(queries: readonly { readonly refId: string }[]): string {
  const taken = new Set(queries.map(({ refId }) => refId));
  return (
    Array.from({ length: taken.size + 1 }, (_, index) => refIdAt(index)).find((name) => !taken.has(name)) ??
    'A'
  );
}

function getStyles(theme: GrafanaTheme2) {
  return {
    page: css({ display: 'flex', flexDirection: 'column', gap: theme.spacing(1), padding: theme.spacing(2) }),
  };
}
