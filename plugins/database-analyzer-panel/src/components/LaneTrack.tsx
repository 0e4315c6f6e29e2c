import { css, cx } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { useStyles2 } from '@grafana/ui';
import React from 'react';
import { heldSteps, type OpenTransaction, type TraceLane } from '../model/open-transactions';
import type { Trace } from '../model/trace';
import { findTransaction, traceTransactions } from '../model/trace-transaction';
import { stateColors, statePattern } from './theme';

export interface TimeScale {
  readonly fromMs: number;
  readonly toMs: number;
}

/** A time's place on the scale, in percent. */
export function percent({ fromMs, toMs }: TimeScale, timeMs: number): number {
  return Math.max(0, Math.min(100, (100 * (timeMs - fromMs)) / (toMs - fromMs)));
}

interface TrackProps {
  readonly scale: TimeScale;
  readonly timeMs: number;
  /** When it was last seen open, if it has ended since. */
  readonly seenMs: number | undefined;
  readonly trace: Trace | undefined;
  readonly showFuture: boolean;
  readonly strong: boolean;
}

/** A trace's lane: as high as the connections it holds, and ending at the instant, so that it grows when scrubbed. */
export function LaneTrack({
  lane,
  scale,
  timeMs,
  seenMs,
  trace,
  showFuture,
  strong,
}: TrackProps & { lane: TraceLane }) {
  const styles = useStyles2(getStyles);
  const nowX = percent(scale, timeMs);
  const endedMs = seenMs === undefined ? undefined : lastEnd(lane, trace);
  const heldX = percent(scale, Math.min(timeMs, endedMs ?? seenMs ?? timeMs));
  const endMs =
    trace && showFuture ? Math.max(...traceTransactions(trace).map((one) => one.endMs)) : undefined;
  const starts = lane.transactions.map((one) => percent(scale, one.transactionStartMs));
  return (
    <>
      <i
        className={cx(styles.gap, strong && styles.strong, styles.area)}
        style={{ clipPath: outline(lane, scale, heldX) }}
      />
      {distinct(starts).map((x) => (
        <i key={x} className={styles.statement} style={{ left: `${x}%` }} />
      ))}
      {seenMs !== undefined && endedMs === undefined && <Unseen fromX={heldX} toX={nowX} />}
      {seenMs === undefined && endMs !== undefined && endMs > timeMs && (
        <After fromX={nowX} toX={percent(scale, endMs)} />
      )}
    </>
  );
}

/** When the last of the lane's transactions ended, by their trace. */
function lastEnd({ transactions }: TraceLane, trace: Trace | undefined): number | undefined {
  if (!trace) return undefined;
  const ends = transactions.map(
    ({ pid, transactionStartMs: startMs }) => findTransaction(trace, { pid, startMs })?.endMs,
  );
  return ends.reduce((last, end) =>
    last === undefined || end === undefined ? undefined : Math.max(last, end),
  );
}

/** The lane's outline in percent of the track: a step up for each connection. */
function outline(lane: TraceLane, scale: TimeScale, endX: number): string {
  const steps = heldSteps(lane);
  const points: string[] = [];
  let y = 100;
  for (const { fromMs, held } of steps) {
    const x = percent(scale, fromMs).toFixed(2);
    points.push(`${x}% ${y}%`);
    y = Number((100 - (100 * held) / steps.length).toFixed(1));
    points.push(`${x}% ${y}%`);
  }
  return `polygon(${[...points, `${endX}% ${y}%`, `${endX}% 100%`].join(',')})`;
}

/** Marks that would lie on each other are drawn once. */
function distinct(xs: readonly number[]): readonly number[] {
  return xs.filter((x, index) => index === 0 || x - (xs[index - 1] ?? 0) > 0.4);
}

/** One transaction: its statements, the time without any, and, dashed, what its trace knows of the time after. */
export function TransactionTrack(props: TrackProps & { transaction: OpenTransaction | undefined }) {
  const { transaction, scale, timeMs, seenMs, trace, showFuture, strong } = props;
  const styles = useStyles2(getStyles);
  if (!transaction) return null;
  const { pid, transactionStartMs: startMs, stateChangeMs = startMs, statementStartMs, kind } = transaction;
  const known = trace && findTransaction(trace, { pid, startMs });
  const nowX = percent(scale, timeMs);
  // What the trace tells of the end is better than what two snapshots do.
  const knownMs = Math.min(timeMs, known?.endMs ?? seenMs ?? timeMs);
  const knownX = percent(scale, knownMs);
  const idleX = percent(scale, stateChangeMs);
  const marks = known
    ? known.statements.map((statement) => statement.startMs)
    : [startMs, statementStartMs ?? startMs];
  const runningX = percent(scale, statementStartMs ?? startMs);
  return (
    <>
      {(kind === 'active' || kind === 'waiting') && (
        <i
          className={cx(styles.running, kind === 'waiting' && styles.waiting)}
          style={{ left: `${runningX}%`, width: `${Math.max(0, knownX - runningX)}%` }}
        />
      )}
      {kind === 'idleInTransaction' && (
        <i
          className={cx(styles.gap, strong && styles.strong)}
          style={{ left: `${idleX}%`, width: `${Math.max(0, knownX - idleX)}%` }}
        />
      )}
      {distinct(marks.filter((markMs) => markMs <= timeMs).map((markMs) => percent(scale, markMs))).map(
        (x) => (
          <i key={x} className={styles.statement} style={{ left: `${x}%` }} />
        ),
      )}
      {seenMs !== undefined && !known && <Unseen fromX={knownX} toX={nowX} />}
      {known && showFuture && known.endMs > timeMs && (
        <After fromX={nowX} toX={percent(scale, known.endMs)} />
      )}
    </>
  );
}

/** It ended somewhere in here, between two snapshots. */
function Unseen({ fromX, toX }: { fromX: number; toX: number }) {
  const styles = useStyles2(getStyles);
  return <i className={styles.unseen} style={{ left: `${fromX}%`, width: `${toX - fromX}%` }} />;
}

/** Outline only: cannot be taken for the state at the instant. */
function After({ fromX, toX }: { fromX: number; toX: number }) {
  const styles = useStyles2(getStyles);
  return (
    <>
      <i className={styles.after} style={{ left: `${fromX}%`, width: `${toX - fromX}%` }} />
      {toX < 100 && <i className={styles.end} style={{ left: `${toX}%` }} />}
    </>
  );
}

const getStyles = (theme: GrafanaTheme2) => {
  const { active, idle } = stateColors(theme);
  return {
    gap: css({
      position: 'absolute',
      top: 2,
      bottom: 2,
      background: statePattern(theme, 'idleInTransaction'),
    }),
    strong: css({ '&&': { background: statePattern(theme, 'idleInTransaction', 'strong') } }),
    area: css({ left: 0, right: 0 }),
    running: css({ position: 'absolute', top: 4, bottom: 4, background: statePattern(theme, 'active') }),
    waiting: css({ '&&': { background: statePattern(theme, 'waiting') } }),
    statement: css({
      position: 'absolute',
      top: 0,
      bottom: 0,
      width: 3,
      marginLeft: -1,
      borderRadius: 1,
      background: active.line,
    }),
    unseen: css({
      position: 'absolute',
      top: 2,
      bottom: 2,
      opacity: 0.35,
      background: statePattern(theme, 'idleInTransaction'),
    }),
    after: css({
      position: 'absolute',
      top: 2,
      bottom: 2,
      border: `1px dashed ${idle.line}`,
      borderLeft: 0,
      borderRight: 0,
    }),
    end: css({
      position: 'absolute',
      top: 0,
      bottom: 0,
      width: 3,
      marginLeft: -2,
      borderRadius: 1,
      border: `1px solid ${active.line}`,
    }),
  };
};
