import { css, cx } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { useStyles2 } from '@grafana/ui';
import React, { type KeyboardEvent, memo, useId, useLayoutEffect, useMemo, useRef } from 'react';
import { countEnded, type Ended } from '../model/ended';
import { type Clock, plural } from '../model/format';
import { type LaneRow, laneOf, laneRows, selectedRow } from '../model/lane-rows';
import type { Layout } from '../model/layout';
import type { OpenTransaction, TraceLane } from '../model/open-transactions';
import type { Trace } from '../model/trace';
import { LaneRowView } from './LaneRowView';
import { percent, type TimeScale } from './LaneTrack';
import { focusRing, LANE_LABEL_WIDTH } from './theme';
import { useVisible } from './use-visible';

export interface TransactionLanesProps {
  readonly clock: Clock;
  readonly layout: Layout;
  readonly timeMs: number;
  readonly lanes: readonly TraceLane[];
  readonly ended: Ended | undefined;
  readonly openLanes: ReadonlySet<string>;
  readonly selectedKey: string | undefined;
  readonly before: number;
  readonly after: number;
  readonly showFuture: boolean;
  readonly showRoute: boolean;
  readonly traceOf: (traceId: string) => Trace | undefined;
  readonly onToggle: (laneKey: string) => void;
  readonly onSelect: (transaction: OpenTransaction) => void;
}

const HEADING_HEIGHT = 18;

/** Transactions over time, one lane for each trace, first the open ones; a lane opens to its transactions. */
export const TransactionLanes = memo(function TransactionLanes(props: TransactionLanesProps) {
  const { lanes, ended, openLanes, selectedKey, layout, timeMs, before, after, clock } = props;
  const { showFuture, showRoute, traceOf, onToggle } = props;
  const styles = useStyles2(getStyles);
  const id = useId();
  const scroller = useRef<HTMLDivElement>(null);
  const { scrolled, onScroll, isNear } = useVisible(scroller);
  const { laneHeight } = layout;
  const { rows, endedY } = useMemo(
    () => laneRows({ lanes, ended, openLanes, rowHeight: laneHeight, headingHeight: HEADING_HEIGHT }),
    [lanes, ended, openLanes, laneHeight],
  );
  const cursor = selectedRow(rows, selectedKey);
  const scale: TimeScale = { fromMs: timeMs - before * 1000, toMs: timeMs + after * 1000 };

  // What is selected elsewhere is shown here, also once its trace makes the detail below higher.
  const selectedY = rows[cursor]?.y ?? 0;
  // biome-ignore lint/correctness/useExhaustiveDependencies: the lanes stay where they are when others come
  useLayoutEffect(
    () => reveal(scroller.current, { top: selectedY, height: laneHeight, scrolled }),
    [selectedKey, traceOf],
  );

  const press = (event: KeyboardEvent) => {
    const row = rows[cursor];
    const target = { ArrowDown: cursor + 1, ArrowUp: cursor - 1, Home: 0, End: rows.length - 1 }[event.key];
    if (target !== undefined) {
      select(rows[target], props);
    } else if (row && toggles(event.key, row)) onToggle(laneOf(row));
    else return;
    event.preventDefault();
    event.stopPropagation();
  };

  return (
    <>
      <TimeAxis {...{ clock, scale, timeMs, before }} />
      <div
        ref={scroller}
        className={styles.lanes}
        role="treegrid"
        tabIndex={0}
        aria-label="Transactions by trace"
        aria-rowcount={rows.length}
        aria-activedescendant={rows.length > 0 ? `${id}-${cursor}` : undefined}
        onKeyDown={press}
        onScroll={onScroll}
      >
        <div className={styles.inside} style={{ height: (rows.at(-1)?.y ?? 0) + laneHeight }}>
          {rows.map((row, index) =>
            isNear(row.y) || index === cursor ? (
              <LaneRowView
                // By place: from one snapshot to the next a row's elements are kept and only their texts change.
                // biome-ignore lint/suspicious/noArrayIndexKey: see above
                key={`${row.kind} ${index}`}
                id={`${id}-${index}`}
                index={index}
                selected={index === cursor}
                height={laneHeight}
                trace={row.lane.traceId ? traceOf(row.lane.traceId) : undefined}
                onClick={() => (index === cursor ? onToggle(laneOf(row)) : select(row, props))}
                {...{ row, timeMs, scale, showFuture, showRoute }}
              />
            ) : null,
          )}
          {ended && endedY !== undefined && (
            <div className={styles.heading} style={{ top: endedY }} role="presentation">
              {endedText(ended, clock)}
            </div>
          )}
          <div className={styles.overlay} aria-hidden="true">
            <div className={styles.nowLine} style={{ left: `${percent(scale, timeMs)}%` }} />
          </div>
        </div>
      </div>
    </>
  );
});

/** A snapshot says that they are gone, not when they went. */
function endedText(ended: Ended, clock: Clock): string {
  return `Ended since ${clock.seconds(ended.seenMs)}: ${plural(countEnded(ended), 'transaction')}`;
}

type TimeAxisProps = Pick<TransactionLanesProps, 'clock' | 'timeMs' | 'before'> & { scale: TimeScale };

function TimeAxis({ clock, scale, timeMs, before }: TimeAxisProps) {
  const styles = useStyles2(getStyles);
  return (
    <div className={styles.axis} aria-hidden="true">
      <span className={styles.axisLabel}>trace</span>
      {[before, (2 * before) / 3, before / 3].map((seconds) => (
        <span
          key={seconds}
          className={styles.tick}
          style={{ left: labelLeft(percent(scale, timeMs - seconds * 1000)) }}
        >
          −{Math.round(seconds)} s
        </span>
      ))}
      <span className={cx(styles.tick, styles.now)} style={{ left: labelLeft(percent(scale, timeMs)) }}>
        {clock.seconds(timeMs)}
      </span>
    </div>
  );
}

interface Reveal {
  readonly top: number;
  readonly height: number;
  /** Where the lanes are scrolled to, known without asking the browser for it. */
  readonly scrolled: { readonly current: number };
}

/** While the scrubber moves, the first lane is the selected one: then nothing is asked that costs a layout. */
function reveal(scroller: HTMLDivElement | null, { top, height, scrolled }: Reveal): void {
  if (!scroller) return;
  if (top < scrolled.current) scroller.scrollTop = top;
  if (top === 0) return;
  const below = top + height - scroller.clientHeight;
  if (below > scrolled.current) scroller.scrollTop = below;
}

function select(row: LaneRow | undefined, { onSelect }: TransactionLanesProps): void {
  const transaction = row?.kind === 'transaction' ? row.transaction : row?.lane.transactions[0];
  if (transaction) onSelect(transaction);
}

function toggles(key: string, row: LaneRow): boolean {
  const open = row.kind === 'transaction' || row.open;
  return key === 'Enter' || key === ' ' || (key === 'ArrowRight' && !open) || (key === 'ArrowLeft' && open);
}

/** The place of a label on the axis, which begins where the tracks do. */
function labelLeft(share: number): string {
  return `calc(${LANE_LABEL_WIDTH}px + (100% - ${LANE_LABEL_WIDTH + 8}px) * ${share / 100})`;
}

const getStyles = (theme: GrafanaTheme2) => ({
  axis: css({
    position: 'relative',
    height: 16,
    flex: 'none',
    fontSize: 10,
    color: theme.colors.text.secondary,
  }),
  axisLabel: css({ position: 'absolute', left: 18 }),
  tick: css({ position: 'absolute', transform: 'translateX(-50%)', whiteSpace: 'nowrap' }),
  now: css({ color: theme.colors.text.maxContrast, fontWeight: theme.typography.fontWeightMedium }),
  lanes: css({
    flex: '1 1 0',
    minHeight: 56,
    overflow: 'auto',
    paddingRight: 8,
    scrollbarWidth: 'thin',
    scrollbarColor: `${theme.colors.border.medium} transparent`,
    ...focusRing(theme),
  }),
  inside: css({ position: 'relative' }),
  heading: css({
    position: 'absolute',
    left: 18,
    height: HEADING_HEIGHT,
    lineHeight: `${HEADING_HEIGHT}px`,
    fontSize: 11,
    whiteSpace: 'nowrap',
    color: theme.colors.text.secondary,
  }),
  overlay: css({
    position: 'absolute',
    left: LANE_LABEL_WIDTH,
    right: 0,
    top: 0,
    bottom: 0,
    pointerEvents: 'none',
  }),
  nowLine: css({
    position: 'absolute',
    top: 0,
    bottom: 0,
    borderLeft: `1.5px solid ${theme.colors.text.maxContrast}`,
  }),
});
