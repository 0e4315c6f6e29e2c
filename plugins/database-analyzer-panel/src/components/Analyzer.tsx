import { css, cx } from '@emotion/css';
import { DataHoverEvent, type EventBus, type GrafanaTheme2 } from '@grafana/data';
import { locationService } from '@grafana/runtime';
import { useStyles2 } from '@grafana/ui';
import React, { useCallback, useEffect, useMemo, useState } from 'react';
import type { Range, Recorded, SnapshotSource } from '../data/sources';
import { useOpenTransactions, usePool, useSelection } from '../data/use-analyzer';
import { useScrubber } from '../data/use-scrubber';
import { useSnapshot } from '../data/use-snapshot';
import { useWindow, useWindowSums } from '../data/use-window-sums';
import type { GroupBy } from '../model/connection-seconds';
import type { Clock } from '../model/format';
import { layoutFor, PADDING } from '../model/layout';
import { linksOf } from '../model/links';
import { isOpen, type OpenTransaction } from '../model/open-transactions';
import type { PoolMetrics } from '../model/pool-metrics';
import { sampleAfter, sampleAt } from '../model/series';
import { type Session, STATE_KINDS, type StateKind } from '../model/session';
import { countKinds } from '../model/session-table';
import { instantMs, presentWithin } from '../model/snapshot-grid';
import { verdict } from '../model/verdict';
import type { Options } from '../options';
import { ConnectionSecondsBar } from './ConnectionSecondsBar';
import { explore } from './explore';
import { Header } from './Header';
import { PanelMessage } from './PanelMessage';
import { PoolArithmeticCard } from './PoolArithmeticCard';
import { SessionsPane } from './SessionsPane';
import { StateChips } from './StateChips';
import { Tabs } from './Tabs';
import { TimeStrip } from './TimeStrip';
import { TransactionsPane } from './TransactionsPane';
import { STATE_LABEL } from './theme';

export interface AnalyzerProps {
  readonly options: Options;
  readonly width: number;
  readonly height: number;
  readonly clock: Clock;
  readonly range: Range;
  readonly source: SnapshotSource;
  readonly metrics: PoolMetrics;
  readonly recorded: Recorded;
  readonly eventBus: EventBus;
}

/** The panel proper: one instant, and everything that is known of it. */
export function Analyzer(props: AnalyzerProps) {
  const { options, clock, range, source, metrics, recorded, eventBus } = props;
  const { grid } = recorded;
  const styles = useStyles2(getStyles);
  const layout = useMemo(() => layoutFor(props.width, props.height), [props.width, props.height]);
  const [groupBy, setGroupBy] = useState<GroupBy>(options.groupBy);
  const [kinds, setKinds] = useState<ReadonlySet<StateKind>>(new Set());
  const [tab, setTab] = useState<'sessions' | 'transactions'>('sessions');
  const scrubber = useScrubber(grid);
  const loaded = useSnapshot(source, grid, scrubber.shownIndex);
  const snapshot = loaded.value?.kind === 'snapshot' ? loaded.value : undefined;
  const timeMs = snapshot?.timeMs ?? instantMs(grid, scrubber.index);
  const open = useOpenTransactions(snapshot, options.longTransactionSeconds);
  const selection = useSelection({ options, snapshot, lanes: open.lanes, range });
  const windowed = useWindow(timeMs, range, options.windowSeconds);
  const sums = useWindowSums(source, windowed.window, groupBy);
  const pool = usePool(metrics, timeMs, windowed.window);
  const states = metrics.states ?? recorded.states;
  const figures = useMemo(
    () => figuresOf(snapshot?.sessions ?? [], options.poolApplication),
    [snapshot, options.poolApplication],
  );
  usePublishedInstant(eventBus, timeMs);
  const select = useSelect(selection.select, options.routeVariable);
  const links = useMemo(() => linksOf(options), [options]);
  const traceUrl = useCallback((traceId: string) => explore(links.trace(traceId, timeMs)), [links, timeMs]);
  const { index, go } = scrubber;
  const step = useCallback((by: number) => go(index + by), [go, index]);
  const toggleKind = useCallback((kind: StateKind) => setKinds((before) => toggled(before, kind)), []);

  if (loaded.value && loaded.value.kind !== 'snapshot' && loaded.value.kind !== 'none') {
    return <WrongFrame {...loaded.value} selector={source.selector} />;
  }
  const poolMax = (sampleAt(metrics.max, timeMs) ?? sampleAfter(metrics.max, timeMs))?.value;
  const missing = scrubber.shownIndex !== index || loaded.value?.kind === 'none';
  const text = `${clock.seconds(instantMs(grid, index))}: ${
    missing
      ? 'no snapshot'
      : `${STATE_KINDS.map((kind) => `${figures.counts[kind]} ${STATE_LABEL[kind]}`).join(', ')}`
  }${pool.queue ? `, ${pool.queue.gauge.value} waiting for a connection` : ''}`;
  const conclusion = options.attributeGaps ? verdict(pool.arithmetic, figures.counts) : undefined;
  const showSessions = !layout.narrow || tab === 'sessions';
  const showTransactions = !layout.narrow || tab === 'transactions';

  return (
    <div className={styles.panel} style={{ padding: `0 ${PADDING}px 8px` }}>
      <div className={styles.body} style={{ gap: layout.gap }}>
        <Header
          {...{ clock, layout, timeMs, poolMax, conclusion }}
          missingMs={missing ? instantMs(grid, index) : undefined}
          poolInUse={figures.inUse}
          queue={pool.queue}
          oldest={figures.oldest}
          stillest={figures.stillest}
          samplingSeconds={options.samplingSeconds}
          missing={grid.missing?.size}
          snapshots={grid.count}
          unreadable={snapshot?.unreadable ?? 0}
          error={loaded.error}
          onStep={step}
        />
        <div>
          <StateChips
            layout={layout}
            application={options.poolApplication}
            counts={figures.counts}
            queue={pool.queue?.gauge.value}
            selected={kinds}
            onToggle={toggleKind}
          />
          <TimeStrip
            {...{ clock, range, grid, states, metrics, index }}
            width={layout.width}
            height={layout.stripHeight}
            window={windowed.window}
            valueText={text}
            onGo={(target) => {
              windowed.drag(undefined);
              go(target);
            }}
            onWindow={windowed.drag}
          />
        </div>
        <div className={cx(styles.columns, layout.narrow && styles.halves)} style={columnStyle(layout)}>
          <ConnectionSecondsBar
            {...{ clock, layout, groupBy }}
            window={windowed.window}
            choice={windowed.choice}
            onChoose={windowed.choose}
            sums={sums.value}
            current={sums.current}
            snapshots={presentWithin(grid, windowed.window.fromMs, windowed.window.toMs)}
            error={sums.error}
          />
          <PoolArithmeticCard layout={layout} arithmetic={pool.arithmetic} unknown={metrics.unknown} />
        </div>
        {layout.narrow && (
          <Tabs
            active={tab}
            onChange={setTab}
            sessions={snapshot?.sessions.length ?? 0}
            transactions={open.lanes.length}
            thresholdS={open.thresholdS}
          />
        )}
        <div
          className={cx(styles.columns, !loaded.current && styles.old)}
          style={{ ...columnStyle(layout), height: layout.mainHeight }}
          aria-busy={!loaded.current}
        >
          {showSessions && (
            <SessionsPane
              {...{ layout, groupBy, kinds, options, traceUrl }}
              sessions={snapshot?.sessions ?? NO_SESSIONS}
              selectedPid={selection.session?.pid}
              onGroupBy={setGroupBy}
              onSelect={select}
            />
          )}
          {showTransactions && (
            <TransactionsPane
              {...{ clock, layout, timeMs, options, open, selection, links, metrics }}
              onSelect={select}
              onGo={(time) => go(Math.floor((time - grid.firstMs) / grid.intervalMs))}
            />
          )}
        </div>
      </div>
    </div>
  );
}

const NO_SESSIONS: readonly Session[] = [];

function columnStyle({ narrow, rightWidth }: { narrow: boolean; rightWidth: number }) {
  return { gridTemplateColumns: narrow ? 'minmax(0, 1fr)' : `minmax(0, 1fr) ${rightWidth}px` };
}

function toggled<T>(set: ReadonlySet<T>, value: T): ReadonlySet<T> {
  const next = new Set(set);
  if (!next.delete(value)) next.add(value);
  return next;
}

/** The figures in the header: of the pool's sessions, and the oldest of all. */
function figuresOf(sessions: readonly Session[], application: string) {
  const counts = countKinds(
    application ? sessions.filter((one) => one.application === application) : sessions,
  );
  const open = sessions.filter(isOpen);
  const oldest = (age: (one: OpenTransaction) => number) =>
    open.reduce<OpenTransaction | undefined>(
      (most, one) => (most && age(most) >= age(one) ? most : one),
      undefined,
    );
  return {
    counts,
    inUse: counts.idleInTransaction + counts.waiting + counts.active,
    oldest: oldest((one) => one.transactionAgeS),
    stillest: oldest((one) => one.stateAgeS ?? 0),
  };
}

/** Panels that share the crosshair show the instant, too. */
function usePublishedInstant(eventBus: EventBus, timeMs: number): void {
  useEffect(() => {
    eventBus.publish(new DataHoverEvent({ point: { time: timeMs } }));
  }, [eventBus, timeMs]);
}

function useSelect(select: (transaction: OpenTransaction) => void, variable: string) {
  return useCallback(
    (session: Session) => {
      if (!isOpen(session)) return;
      select(session);
      if (variable) locationService.partial({ [`var-${variable}`]: session.route ?? '' }, true);
    },
    [select, variable],
  );
}

function WrongFrame(
  props: { selector: string } & (
    | { kind: 'notLogs'; fields: readonly string[] }
    | { kind: 'wrongFields'; missing: readonly string[]; example: string }
  ),
) {
  if (props.kind === 'notLogs') {
    return (
      <PanelMessage
        icon="exclamation-triangle"
        title="The snapshot stream does not give log lines"
        query={props.selector}
      >
        The answer has the fields {props.fields.join(', ')}; a time and a line are needed. Is the data source
        Loki?
      </PanelMessage>
    );
  }
  return (
    <PanelMessage
      icon="exclamation-triangle"
      title="These lines are not session snapshots"
      query={props.selector}
    >
      Missing: {props.missing.join(', ')}. Without both start times the two ages cannot be told apart, so
      nothing is drawn. A line begins: {props.example.slice(0, 120)}
    </PanelMessage>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  panel: css({
    height: '100%',
    overflow: 'auto',
    fontSize: 12,
    lineHeight: 1.5,
    fontVariantNumeric: 'tabular-nums',
    color: theme.colors.text.primary,
  }),
  body: css({ display: 'flex', flexDirection: 'column' }),
  columns: css({ display: 'grid', gap: 12, minHeight: 0 }),
  halves: css({ '&&': { gridTemplateColumns: 'minmax(0, 1.15fr) minmax(0, 1fr)', gap: 16 } }),
  old: css({ opacity: 0.6 }),
});
