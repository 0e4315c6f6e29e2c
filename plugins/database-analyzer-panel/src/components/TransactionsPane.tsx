import { css, cx } from '@emotion/css';
import type { GrafanaTheme2, SelectableValue } from '@grafana/data';
import { Button, RadioButtonGroup, useStyles2, useTheme2 } from '@grafana/ui';
import React, { memo, useCallback, useMemo, useState } from 'react';
import type { OpenTransactions } from '../data/use-open-transactions';
import type { Selection } from '../data/use-selection';
import { countEnded, type Ended } from '../model/ended';
import { type Clock, formatDuration, plural } from '../model/format';
import type { Layout } from '../model/layout';
import type { Links } from '../model/links';
import { type OpenTransaction, type TraceLane, transactionKey } from '../model/open-transactions';
import { lastOpenBefore, type PoolMetrics } from '../model/pool-metrics';
import { type Options, THRESHOLDS_S } from '../options';
import { explore } from './explore';
import { type DetailNote, TransactionDetail } from './TransactionDetail';
import { TransactionLanes } from './TransactionLanes';
import { ELLIPSIS, focusRing, PLAIN_BUTTON, stateColors, statePattern } from './theme';

export interface TransactionsPaneProps {
  readonly clock: Clock;
  readonly layout: Layout;
  readonly timeMs: number;
  readonly options: Options;
  readonly open: OpenTransactions;
  readonly selection: Selection;
  readonly links: Links;
  readonly metrics: PoolMetrics;
  /** The only route whose transactions are shown; all when `undefined`. */
  readonly route: string | undefined;
  /** When the last snapshot was taken. */
  readonly lastMs: number;
  readonly onSelect: (transaction: OpenTransaction) => void;
  readonly onGo: (timeMs: number) => void;
}

/** Open transactions, and the selected one in detail. */
export const TransactionsPane = memo(function TransactionsPane(props: TransactionsPaneProps) {
  const { clock, layout, timeMs, options, open, selection, metrics, route, onSelect, onGo } = props;
  const { lanes, ended, counts, thresholdS, setThresholdS } = open;
  const { session, detail, traceOf } = selection;
  const styles = useStyles2(getStyles);
  const [openLanes, setOpenLanes] = useState<ReadonlySet<string>>(new Set());
  const toggle = useCallback((key: string) => {
    setOpenLanes((before) => {
      const next = new Set(before);
      if (!next.delete(key)) next.add(key);
      return next;
    });
  }, []);
  const { lanesBefore, lanesAfter, showFuture, showRoute } = options;
  return (
    <section
      className={cx(styles.pane, layout.narrow && styles.tabbed)}
      style={{ height: layout.mainHeight }}
      aria-label="Open transactions"
    >
      <div className={styles.bar}>
        <h3>Transactions open ≥</h3>
        <ThresholdControl counts={counts} thresholdS={thresholdS} onChange={setThresholdS} />
        {ended && ended.lanes.length > 0 && <EndedButton {...{ ended, clock, onSelect }} />}
      </div>
      {!lanes.some((lane) => lane.ofPool) && (
        <NothingOpen {...{ clock, timeMs, metrics, route, onGo }} application={options.poolApplication} />
      )}
      {(lanes.length > 0 || (ended && ended.lanes.length > 0)) && (
        <>
          <div className={styles.caption}>
            <span>{caption(lanes, showRoute)}</span>
            <LaneKey later={showFuture && !layout.medium} />
          </div>
          <TransactionLanes
            {...{ clock, layout, timeMs, lanes, ended, openLanes, showFuture, showRoute, traceOf, onSelect }}
            selectedKey={session && transactionKey(session)}
            before={lanesBefore}
            after={lanesAfter}
            onToggle={toggle}
          />
        </>
      )}
      {session && detail && (
        <TransactionDetail
          {...{ clock, layout, timeMs, session, detail }}
          links={detailLinks(session, props)}
          traceUrl={session.traceId && explore(props.links.trace(session.traceId, timeMs))}
          note={noteOf(session, props)}
          loading={selection.loading}
        />
      )}
    </section>
  );
});

function caption(lanes: readonly TraceLane[], showRoute: boolean): string {
  const pool = lanes.filter((lane) => lane.ofPool);
  const connections = pool.reduce((sum, lane) => sum + lane.transactions.length, 0);
  const traces = pool.filter((lane) => lane.traceId !== undefined).length;
  const without = pool.length - traces;
  const others = lanes.length - pool.length;
  const routes = new Set(pool.map((lane) => lane.route ?? ''));
  const [route] = routes;
  const parts = [
    traces > 0 &&
      `${plural(traces, 'trace')} ${traces === 1 ? 'holds' : 'hold'} ${plural(connections - without, 'connection')}`,
    showRoute && traces > 0 && (routes.size === 1 ? route : `${routes.size} routes`),
    without > 0 && `${plural(without, 'session')} without a trace`,
    others > 0 && `${plural(others, 'other session')}`,
  ];
  return parts.filter(Boolean).join(' · ');
}

/** Each step with the number of lanes that are as old. */
const ThresholdControl = memo(function ThresholdControl(props: {
  counts: readonly number[];
  thresholdS: number;
  onChange: (seconds: number) => void;
}) {
  const { counts, thresholdS, onChange } = props;
  const key = counts.join();
  // biome-ignore lint/correctness/useExhaustiveDependencies: the key says all that can change
  const options = useMemo<SelectableValue<number>[]>(
    () => THRESHOLDS_S.map((value, index) => ({ value, label: `${value} s · ${counts[index]}` })),
    [key],
  );
  return (
    <div role="group" aria-label="Open for at least">
      <RadioButtonGroup size="sm" options={options} value={thresholdS} onChange={onChange} />
    </div>
  );
});

/** What has ended stands below what is open, often out of sight. */
function EndedButton({
  ended,
  clock,
  onSelect,
}: Pick<TransactionsPaneProps, 'clock' | 'onSelect'> & { ended: Ended }) {
  const styles = useStyles2(getStyles);
  const oldest = ended.lanes[0]?.transactions[0];
  return (
    <button
      type="button"
      className={styles.ended}
      title={`Ended since ${clock.seconds(ended.seenMs)}: goes to the oldest`}
      onClick={() => oldest && onSelect(oldest)}
    >
      {countEnded(ended)} ended ↓
    </button>
  );
}

const LaneKey = memo(function LaneKey({ later }: { later: boolean }) {
  const theme = useTheme2();
  const styles = useStyles2(getStyles);
  const { active, idle } = stateColors(theme);
  return (
    <span className={styles.key}>
      <i style={{ width: 3, background: active.line }} /> statement
      <i style={{ width: 16, height: 8, background: statePattern(theme, 'idleInTransaction') }} /> none
      {later && (
        <>
          <i style={{ width: 14, height: 7, border: `1px dashed ${idle.line}`, borderWidth: '1px 0' }} />{' '}
          later
        </>
      )}
    </span>
  );
});

type NothingOpenProps = Pick<TransactionsPaneProps, 'clock' | 'timeMs' | 'metrics' | 'route' | 'onGo'> & {
  readonly application: string;
};

function NothingOpen({ clock, timeMs, application, metrics, route, onGo }: NothingOpenProps) {
  const styles = useStyles2(getStyles);
  const [minAgeS = 1] = THRESHOLDS_S;
  // The metric tells of all routes together.
  const last = route === undefined ? lastOpenBefore(metrics, timeMs, minAgeS) : undefined;
  return (
    <div className={styles.nothing}>
      No transaction{application && ` of ${application}`}
      {route && ` on ${route}`} was open for {minAgeS} s or more at {clock.seconds(timeMs)}.{' '}
      {last && (
        <>
          The last one before was seen at {clock.seconds(last.timeMs)}, open for {formatDuration(last.value)}.{' '}
          <Button size="sm" variant="secondary" onClick={() => onGo(last.timeMs)}>
            Go there
          </Button>
        </>
      )}
    </div>
  );
}

function detailLinks(session: OpenTransaction, { links, timeMs, options }: TransactionsPaneProps) {
  const { traceId, route } = session;
  const all = [
    { label: 'Trace', url: traceId && links.trace(traceId, timeMs) },
    { label: 'Logs', url: traceId && links.logs(traceId, timeMs) },
    { label: 'Session', url: links.session(session, timeMs) },
    { label: 'Route', url: options.showRoute && route ? links.route(route, timeMs) : undefined },
  ];
  return all.flatMap(({ label, url }) => {
    const address = explore(url);
    return address ? [{ label, url: address }] : [];
  });
}

/** Why only snapshots speak, when they do. */
function noteOf(
  session: OpenTransaction,
  { selection, options, clock, lastMs }: TransactionsPaneProps,
): DetailNote | undefined {
  if (selection.detail?.source === 'trace' || selection.loading) return undefined;
  const { traceId, transactionStartMs } = session;
  const say = (why: string, expected = false) => ({
    text: `${why} The history is from snapshots: the last statement only.`,
    expected,
  });
  if (!traceId) return say('The session carries no trace id.', true);
  if (!options.tempoUid) return say('No data source for traces is chosen in the panel’s options.');
  const id = traceId.slice(0, 8);
  switch (selection.trace?.kind) {
    case 'notYet':
      return say(`Trace ${id} is not stored: its request had not ended by ${clock.seconds(lastMs)}.`, true);
    case 'missing': {
      const { why } = selection.trace;
      const gone = /404|not found|not in the store/i.test(why);
      return say(`Trace ${id} is not there: ${gone ? 'sampled out, or older than the store keeps' : why}.`);
    }
    default:
      return say(
        `Trace ${id} has no transaction of pid ${session.pid} at ${clock.seconds(transactionStartMs)}.`,
      );
  }
}

const getStyles = (theme: GrafanaTheme2) => ({
  pane: css({
    display: 'flex',
    flexDirection: 'column',
    minWidth: 0,
    minHeight: 0,
    borderTop: `1px solid ${theme.colors.border.weak}`,
  }),
  /** Below tabs, which draw a line of their own. */
  tabbed: css({ borderTop: 0 }),
  bar: css({
    display: 'flex',
    alignItems: 'center',
    gap: 10,
    height: 32,
    flex: 'none',
    whiteSpace: 'nowrap',
    '& h3': { fontSize: 12, margin: 0, fontWeight: theme.typography.fontWeightMedium },
  }),
  ended: css({
    ...PLAIN_BUTTON,
    ...focusRing(theme),
    marginLeft: 'auto',
    color: theme.colors.text.link,
    '&:hover': { textDecoration: 'underline' },
  }),
  key: css({
    marginLeft: 'auto',
    display: 'flex',
    gap: 5,
    alignItems: 'center',
    fontSize: 11,
    color: theme.colors.text.secondary,
    '& i': { display: 'inline-block', height: 10, marginLeft: 4, borderRadius: 1 },
  }),
  caption: css({
    display: 'flex',
    gap: 8,
    flex: 'none',
    height: 18,
    fontSize: 11,
    whiteSpace: 'nowrap',
    color: theme.colors.text.secondary,
    '& > span:first-of-type': ELLIPSIS,
  }),
  nothing: css({ padding: '8px 0', color: theme.colors.text.secondary, whiteSpace: 'normal' }),
});
