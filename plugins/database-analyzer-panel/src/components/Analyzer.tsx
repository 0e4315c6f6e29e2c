import { css, cx } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { useStyles2 } from '@grafana/ui';
import React, { useCallback, useMemo, useState } from 'react';
import { type AnalyzerInput, useAnalyzer } from '../data/use-analyzer';
import type { Clock } from '../model/format';
import { type Layout, layoutFor, PADDING } from '../model/layout';
import { linksOf } from '../model/links';
import { STATE_KINDS } from '../model/session';
import { instantMs, presentWithin } from '../model/snapshot-grid';
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
import { WrongFrame } from './WrongFrame';

export interface AnalyzerProps extends AnalyzerInput {
  readonly width: number;
  readonly height: number;
  readonly clock: Clock;
}

type View = ReturnType<typeof useAnalyzer>;

interface PartProps {
  readonly props: AnalyzerProps;
  readonly layout: Layout;
  readonly view: View;
}

/** The panel proper: one instant, and everything that is known of it. */
export function Analyzer(props: AnalyzerProps) {
  const styles = useStyles2(getStyles);
  const view = useAnalyzer(props);
  const layout = useMemo(() => layoutFor(props.width, props.height), [props.width, props.height]);
  const [tab, setTab] = useState<'sessions' | 'transactions'>('sessions');
  const { value } = view.loaded;
  if (value && value.kind !== 'snapshot' && value.kind !== 'none') {
    return <WrongFrame result={value} selector={props.source.selector} />;
  }
  const parts = { props, layout, view };
  return (
    <div className={styles.panel} style={{ padding: `0 ${PADDING}px 8px` }}>
      <div className={styles.body} style={{ gap: layout.gap }}>
        <Instant {...parts} />
        <Strip {...parts} />
        <Sums {...parts} />
        {layout.narrow && (
          <Tabs
            active={tab}
            onChange={setTab}
            sessions={view.sessions.length}
            transactions={view.open.lanes.filter((lane) => lane.ofPool).length}
            thresholdS={view.open.thresholdS}
          />
        )}
        <Panes {...parts} shown={layout.narrow ? tab : 'both'} />
      </div>
    </div>
  );
}

function Instant({ props, layout, view }: PartProps) {
  const { clock, options, metrics, recorded } = props;
  const { figures, pool, timeMs, missingMs, conclusion, loaded, snapshot, scrubber } = view;
  const { count } = recorded.grid;
  const last = useCallback(() => scrubber.go(count - 1), [scrubber.go, count]);
  return (
    <Header
      {...{ clock, layout, timeMs, missingMs, conclusion }}
      poolInUse={figures.inUse}
      poolMax={pool.max}
      lent={pool.lent}
      queue={pool.queue}
      gaugeIntervalMs={metrics.intervalMs}
      oldest={figures.oldest}
      stillest={figures.stillest}
      samplingSeconds={options.samplingSeconds}
      missing={recorded.grid.missing?.size}
      snapshots={recorded.grid.count}
      unreadable={snapshot?.unreadable ?? 0}
      error={loaded.error}
      onStep={scrubber.step}
      settledS={settledS(props, view)}
      onLast={last}
    />
  );
}

/** How far from the last snapshot the panel keeps, until the scrubber is moved. */
function settledS({ recorded: { grid } }: AnalyzerProps, { scrubber }: View): number | undefined {
  return scrubber.settled ? ((grid.count - 1 - scrubber.index) * grid.intervalMs) / 1000 : undefined;
}

function Strip({ props, layout, view }: PartProps) {
  const { clock, options, metrics, recorded, range } = props;
  const { grid } = recorded;
  const { figures, pool, kinds, toggleKind, scrubber, windowed, link } = view;
  const go = useCallback(
    (index: number) => {
      windowed.drag(undefined);
      scrubber.go(index);
    },
    [windowed.drag, scrubber.go],
  );
  return (
    <div>
      <StateChips
        layout={layout}
        application={options.poolApplication}
        counts={figures.counts}
        queue={pool.queue?.gauge.value}
        selected={kinds}
        route={link.asked}
        settledS={settledS(props, view)}
        onToggle={toggleKind}
        onClearRoute={link.clear}
      />
      <TimeStrip
        {...{ clock, range, grid, metrics }}
        states={metrics.states ?? recorded.states}
        index={scrubber.index}
        width={layout.width}
        height={layout.stripHeight}
        window={windowed.window}
        valueText={instantInWords(clock, instantMs(grid, scrubber.index), view)}
        onGo={go}
        onWindow={windowed.drag}
      />
    </div>
  );
}

/** What a screen reader says when the scrubber is moved. */
function instantInWords(clock: Clock, timeMs: number, { figures, pool, missingMs }: View): string {
  const states = STATE_KINDS.map((kind) => `${figures.counts[kind]} ${STATE_LABEL[kind]}`).join(', ');
  const queue = pool.queue ? `, ${pool.queue.gauge.value} waiting for a connection` : '';
  return `${clock.seconds(timeMs)}: ${missingMs === undefined ? states : 'no snapshot'}${queue}`;
}

function Sums({ props, layout, view }: PartProps) {
  const styles = useStyles2(getStyles);
  const { clock, metrics, recorded } = props;
  const { windowed, sums, pool, groupBy } = view;
  const { window, choice, choose } = windowed;
  return (
    <div
      className={cx(styles.columns, layout.narrow && styles.halves)}
      style={layout.narrow ? undefined : columnStyle(layout)}
    >
      <ConnectionSecondsBar
        {...{ clock, layout, groupBy, window, choice }}
        onChoose={choose}
        sums={sums.value}
        current={sums.current}
        snapshots={presentWithin(recorded.grid, window.fromMs, window.toMs)}
        error={sums.error}
      />
      <PoolArithmeticCard layout={layout} arithmetic={pool.arithmetic} unknown={metrics.unknown} />
    </div>
  );
}

function Panes({ props, layout, view, shown }: PartProps & { shown: 'both' | 'sessions' | 'transactions' }) {
  const styles = useStyles2(getStyles);
  const { clock, options, metrics, recorded } = props;
  const { firstMs, intervalMs, count } = recorded.grid;
  const { timeMs, sessions, groupBy, setGroupBy, kinds, open, selection, scrubber, loaded, link } = view;
  const links = useMemo(() => linksOf(options), [options]);
  const traceUrl = useCallback((traceId: string) => explore(links.trace(traceId, timeMs)), [links, timeMs]);
  const goTo = useCallback(
    (time: number) => scrubber.go(Math.floor((time - firstMs) / intervalMs)),
    [scrubber.go, firstMs, intervalMs],
  );
  if (!loaded.value && !loaded.error)
    return <PanelMessage icon="fa fa-spinner" title="Loading the snapshot" />;
  return (
    <div
      className={cx(styles.columns, !loaded.current && styles.old)}
      style={{ ...columnStyle(layout), height: layout.mainHeight }}
      aria-busy={!loaded.current}
    >
      {shown !== 'transactions' && (
        <SessionsPane
          {...{ layout, sessions, groupBy, kinds, options, traceUrl }}
          selectedPid={selection.session?.pid}
          onGroupBy={setGroupBy}
          onRoute={link.tell}
          onSelect={selection.select}
        />
      )}
      {shown !== 'sessions' && (
        <TransactionsPane
          {...{ clock, layout, timeMs, options, open, selection, links, metrics }}
          route={link.asked}
          lastMs={instantMs(recorded.grid, count - 1)}
          onSelect={selection.select}
          onGo={goTo}
        />
      )}
    </div>
  );
}

function columnStyle({ narrow, rightWidth }: Layout) {
  return { gridTemplateColumns: narrow ? 'minmax(0, 1fr)' : `minmax(0, 1fr) ${rightWidth}px` };
}

const getStyles = (theme: GrafanaTheme2) => ({
  panel: css({
    height: '100%',
    contain: 'strict',
    overflow: 'auto',
    fontSize: 12,
    lineHeight: 1.5,
    fontVariantNumeric: 'tabular-nums',
    color: theme.colors.text.primary,
  }),
  body: css({ display: 'flex', flexDirection: 'column' }),
  columns: css({ display: 'grid', gap: 12, minHeight: 0, contain: 'layout style' }),
  halves: css({ gridTemplateColumns: 'minmax(0, 1.15fr) minmax(0, 1fr)', gap: 16 }),
  /** Still the snapshot before the one that is being loaded. */
  old: css({ opacity: 0.6 }),
});
