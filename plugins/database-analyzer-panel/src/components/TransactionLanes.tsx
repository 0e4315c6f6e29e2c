import { css, cx } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { useStyles2 } from '@grafana/ui';
import React, { type KeyboardEvent, memo, useId, useRef } from 'react';
import { type Clock, formatDuration, plural } from '../model/format';
import type { Layout } from '../model/layout';
import { type OpenTransaction, type TraceLane, transactionKey } from '../model/open-transactions';
import type { Trace } from '../model/trace';
import { LaneTrack, type TimeScale, TransactionTrack } from './LaneTrack';
import { ELLIPSIS, focusRing, monospace } from './theme';

export interface TransactionLanesProps {
  readonly clock: Clock;
  readonly layout: Layout;
  readonly timeMs: number;
  readonly lanes: readonly TraceLane[];
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

type LaneRow =
  | { readonly kind: 'lane'; readonly lane: TraceLane; readonly open: boolean }
  | { readonly kind: 'transaction'; readonly lane: TraceLane; readonly transaction: OpenTransaction };

/** Open transactions over time, one lane for each trace; a lane opens to its transactions. */
export const TransactionLanes = memo(function TransactionLanes(props: TransactionLanesProps) {
  const { lanes, openLanes, selectedKey, layout, timeMs, before, after, clock, showRoute } = props;
  const styles = useStyles2(getStyles);
  const id = useId();
  const scroller = useRef<HTMLDivElement>(null);
  const rows = rowsOf(lanes, openLanes);
  const cursor = Math.max(
    0,
    rows.findIndex((row) => isSelected(row, selectedKey)),
  );
  const scale: TimeScale = { fromMs: timeMs - before * 1000, toMs: timeMs + after * 1000 };

  const press = (event: KeyboardEvent) => {
    const row = rows[cursor];
    const target = { ArrowDown: cursor + 1, ArrowUp: cursor - 1, Home: 0, End: rows.length - 1 }[event.key];
    if (target !== undefined) {
      select(rows[target], props);
      reveal(scroller.current, target * layout.laneHeight, layout.laneHeight);
    } else if (row && toggles(event.key, row)) props.onToggle(row.lane.key);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };

  return (
    <>
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
      <div
        ref={scroller}
        className={styles.lanes}
        role="treegrid"
        tabIndex={0}
        aria-label="Open transactions by trace"
        aria-rowcount={rows.length}
        aria-activedescendant={rows.length > 0 ? `${id}-${cursor}` : undefined}
        onKeyDown={press}
      >
        <div className={styles.inside}>
          {rows.map((row, index) => (
            // biome-ignore lint/a11y/useKeyWithClickEvents: the grid takes the keys for all of its rows
            // biome-ignore lint/a11y/useFocusableInteractive: the grid has the focus and names the row at the cursor
            <div
              // By place: from one snapshot to the next a row's elements are kept and only their texts change.
              // biome-ignore lint/suspicious/noArrayIndexKey: see above
              key={`${row.kind} ${index}`}
              id={`${id}-${index}`}
              role="row"
              aria-level={row.kind === 'lane' ? 1 : 2}
              aria-expanded={row.kind === 'lane' && row.lane.transactions.length > 1 ? row.open : undefined}
              aria-selected={index === cursor}
              aria-label={describe(row, showRoute)}
              title={describe(row, showRoute)}
              className={cx(styles.lane, index === cursor && styles.selected)}
              style={{ height: layout.laneHeight }}
              onClick={() => (index === cursor ? props.onToggle(row.lane.key) : select(row, props))}
            >
              <LaneLabel row={row} />
              <div className={styles.track}>
                {row.kind === 'lane' && row.lane.transactions.length > 1 ? (
                  <LaneTrack
                    lane={row.lane}
                    strong={index === cursor}
                    {...trackProps(props, row.lane, scale)}
                  />
                ) : (
                  <TransactionTrack
                    transaction={row.kind === 'lane' ? row.lane.transactions[0] : row.transaction}
                    strong={index === cursor}
                    {...trackProps(props, row.lane, scale)}
                  />
                )}
              </div>
            </div>
          ))}
          <div className={styles.overlay} aria-hidden="true">
            <div className={styles.nowLine} style={{ left: `${percent(scale, timeMs)}%` }} />
          </div>
        </div>
      </div>
    </>
  );
});

function reveal(scroller: HTMLDivElement | null, top: number, height: number): void {
  if (!scroller) return;
  if (top < scroller.scrollTop) scroller.scrollTop = top;
  const below = top + height - scroller.clientHeight;
  if (below > scroller.scrollTop) scroller.scrollTop = below;
}

function rowsOf(lanes: readonly TraceLane[], openLanes: ReadonlySet<string>): readonly LaneRow[] {
  return lanes.flatMap((lane): readonly LaneRow[] => {
    const open = lane.transactions.length > 1 && openLanes.has(lane.key);
    const head: LaneRow = { kind: 'lane', lane, open };
    if (!open) return [head];
    return [
      head,
      ...lane.transactions.map((transaction) => ({ kind: 'transaction', lane, transaction }) as const),
    ];
  });
}

/** An open lane's own row stands for all of them; only its transactions can be selected one by one. */
function isSelected(row: LaneRow, selectedKey: string | undefined): boolean {
  if (row.kind === 'transaction') return transactionKey(row.transaction) === selectedKey;
  return !row.open && row.lane.transactions.some((one) => transactionKey(one) === selectedKey);
}

function select(row: LaneRow | undefined, { onSelect }: TransactionLanesProps): void {
  const transaction = row?.kind === 'transaction' ? row.transaction : row?.lane.transactions[0];
  if (transaction) onSelect(transaction);
}

function toggles(key: string, row: LaneRow): boolean {
  const open = row.kind === 'transaction' || row.open;
  return key === 'Enter' || key === ' ' || (key === 'ArrowRight' && !open) || (key === 'ArrowLeft' && open);
}

function trackProps(
  { traceOf, showFuture, timeMs }: TransactionLanesProps,
  lane: TraceLane,
  scale: TimeScale,
) {
  return { scale, timeMs, showFuture, trace: lane.traceId ? traceOf(lane.traceId) : undefined };
}

function describe(row: LaneRow, showRoute: boolean): string {
  if (row.kind === 'transaction') {
    const { pid, transactionAgeS, stateAgeS, state } = row.transaction;
    return `pid ${pid}, open for ${formatDuration(transactionAgeS)}, ${state} for ${formatDuration(stateAgeS)}`;
  }
  const { lane } = row;
  const name = lane.traceId ? `trace ${lane.traceId.slice(0, 8)}` : 'no trace';
  const held = plural(lane.transactions.length, 'connection');
  const route = showRoute && lane.route ? `, ${lane.route}` : '';
  return `${name} holds ${held}, the oldest for ${formatDuration(lane.ageS)}${route}`;
}

function LaneLabel({ row }: { row: LaneRow }) {
  const styles = useStyles2(getStyles);
  if (row.kind === 'transaction') {
    return (
      <div className={styles.label}>
        <span />
        <span className={styles.pid}>pid {row.transaction.pid}</span>
        <span />
        <span>{formatDuration(row.transaction.transactionAgeS)}</span>
      </div>
    );
  }
  const { lane, open } = row;
  const many = lane.transactions.length > 1;
  return (
    <div className={styles.label}>
      <span className={styles.dim}>{many ? (open ? '▾' : '▸') : ''}</span>
      <span className={styles.id}>{lane.traceId?.slice(0, 8) ?? `pid ${lane.transactions[0]?.pid}`}</span>
      <span className={styles.dim}>{many ? `${lane.transactions.length} ×` : ''}</span>
      <span>{formatDuration(lane.ageS)}</span>
    </div>
  );
}

export function percent({ fromMs, toMs }: TimeScale, timeMs: number): number {
  return Math.max(0, Math.min(100, (100 * (timeMs - fromMs)) / (toMs - fromMs)));
}

const LABEL_WIDTH = 156;

/** The place of a label on the axis, which begins where the tracks do. */
function labelLeft(share: number): string {
  return `calc(${LABEL_WIDTH}px + (100% - ${LABEL_WIDTH + 8}px) * ${share / 100})`;
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
  lane: css({
    display: 'grid',
    gridTemplateColumns: `${LABEL_WIDTH}px minmax(0, 1fr)`,
    alignItems: 'center',
    cursor: 'pointer',
    contain: 'strict',
    '&:hover': { background: theme.colors.action.hover },
  }),
  selected: css({
    '&&': {
      background: theme.colors.action.selected,
      boxShadow: `inset 2px 0 ${theme.colors.primary.border}`,
    },
  }),
  label: css({
    display: 'grid',
    gridTemplateColumns: '12px 60px 30px 44px',
    paddingLeft: 6,
    fontSize: 11,
    lineHeight: '13px',
    whiteSpace: 'nowrap',
    '& > span:nth-of-type(n + 3)': { textAlign: 'right' },
  }),
  id: css({ ...monospace(theme), ...ELLIPSIS }),
  pid: css({ paddingLeft: 6, color: theme.colors.text.secondary }),
  dim: css({ color: theme.colors.text.secondary }),
  track: css({ position: 'relative', height: '100%', borderLeft: `1px solid ${theme.colors.border.weak}` }),
  overlay: css({
    position: 'absolute',
    left: LABEL_WIDTH,
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
