import { css, cx } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { useStyles2 } from '@grafana/ui';
import React, { memo, type ReactNode } from 'react';
import { type Clock, formatCount, formatDuration, plural } from '../model/format';
import type { Layout } from '../model/layout';
import type { QueueReading } from '../model/pool-arithmetic';
import type { Sample } from '../model/series';
import type { Session } from '../model/session';
import type { Verdict } from '../model/verdict';
import { SETTLED_TITLE, STATE_SHORT, trackColor } from './theme';

export interface HeaderProps {
  readonly clock: Clock;
  readonly layout: Layout;
  readonly timeMs: number;
  /** The instant that was asked for, when there is no snapshot at it. */
  readonly missingMs: number | undefined;
  readonly poolInUse: number;
  readonly poolMax: number | undefined;
  /** How many the pool's own gauge says are lent. */
  readonly lent: Sample | undefined;
  readonly queue: QueueReading | undefined;
  /** Distance of two readings of the queue. */
  readonly gaugeIntervalMs: number | undefined;
  /** The session with the oldest transaction, and the one longest in one state within a transaction. */
  readonly oldest: Session | undefined;
  readonly stillest: Session | undefined;
  readonly samplingSeconds: number;
  readonly missing: number | undefined;
  readonly snapshots: number;
  /** Lines of the snapshot that could not be read. */
  readonly unreadable: number;
  /** In words, only when conclusions are wanted. */
  readonly conclusion: Verdict | undefined;
  readonly error: string | undefined;
  /** How long before the last snapshot this one is, when the panel chose it. */
  readonly settledS: number | undefined;
  readonly onStep: (by: number) => void;
  readonly onLast: () => void;
}

/** The instant and its four figures, with what is uncertain about them at the right end. */
export const Header = memo(function Header(props: HeaderProps) {
  const { clock, layout, timeMs, poolInUse, poolMax, oldest, stillest, settledS } = props;
  const { narrow, medium } = layout;
  const styles = useStyles2(getStyles);
  return (
    <div
      className={cx(styles.header, layout.narrow && styles.narrow)}
      role="group"
      aria-label="At this instant"
    >
      <div className={cx(styles.stat, styles.instant)}>
        <StepButton label="Previous snapshot" sign="‹" onClick={() => props.onStep(-1)} />
        <div title={settledS === undefined ? undefined : SETTLED_TITLE}>
          <div className={styles.name}>
            {narrow && settledS !== undefined
              ? `${Math.round(settledS)} s before the end`
              : `Sessions at (${clock.zone})`}
          </div>
          <div className={styles.time}>{clock.seconds(timeMs)}</div>
        </div>
        <StepButton label="Next snapshot" sign="›" onClick={() => props.onStep(1)} />
        <StepButton label="Last snapshot" sign="»" onClick={props.onLast} />
      </div>
      <Stat name={narrow ? 'Pool in use' : 'Pool connections in use'} title={inUseTitle(props)}>
        {poolInUse}
        {poolMax !== undefined && <small>of {poolMax}</small>}
        {poolMax !== undefined && !narrow && <Meter part={poolInUse} whole={poolMax} />}
      </Stat>
      <Stat name={narrow ? 'Pool queue' : 'Waiting for a connection'}>
        <QueueFigure {...props} />
      </Stat>
      <Stat name={narrow ? 'Longest tx' : 'Longest transaction'}>
        {formatDuration(oldest?.transactionAgeS)}
        {oldest && !medium && <small>pid {oldest.pid}</small>}
      </Stat>
      <Stat name={stillName(layout)}>
        {formatDuration(stillest?.stateAgeS)}
        {stillest && !narrow && <small>{STATE_SHORT[stillest.kind]}</small>}
      </Stat>
      <Marks {...props} />
    </div>
  );
});

function stillName({ tiny, medium }: Layout): string {
  if (tiny) return 'One state';
  return medium ? 'Longest in one state' : 'Longest in one state, in a transaction';
}

function StepButton({ label, sign, onClick }: { label: string; sign: string; onClick: () => void }) {
  const styles = useStyles2(getStyles);
  return (
    <button type="button" className={styles.step} aria-label={label} title={label} onClick={onClick}>
      {sign}
    </button>
  );
}

function inUseTitle({ clock, lent }: HeaderProps): string {
  const sessions = 'Sessions of the pool that are not idle, in the snapshot.';
  if (!lent) return sessions;
  return `${sessions} The pool’s own gauge said ${lent.value} at ${clock.seconds(lent.timeMs)}.`;
}

function Stat({ name, title, children }: { name: string; title?: string; children: ReactNode }) {
  const styles = useStyles2(getStyles);
  return (
    <div className={styles.stat} title={title}>
      <div className={styles.name}>{name}</div>
      <div className={styles.value}>{children}</div>
    </div>
  );
}

function Meter({ part, whole }: { part: number; whole: number }) {
  const styles = useStyles2(getStyles);
  return (
    <span className={styles.meter} role="img" aria-label={`${part} of ${whole}`}>
      <i style={{ width: `${Math.min(100, (100 * part) / whole)}%` }} />
    </span>
  );
}

/** The gauge is read less often than sessions are: its time stands beside it, and its tooltip says what it can hide. */
function QueueFigure({ queue, clock, timeMs, layout, gaugeIntervalMs }: HeaderProps) {
  if (!queue) return <small>no pool metric</small>;
  const { gauge, bound, nextMs } = queue;
  const every = gaugeIntervalMs && !layout.medium ? `, every ${gaugeIntervalMs / 1000} s` : '';
  const read =
    gauge.timeMs < timeMs - 500 || !layout.medium ? `read ${clock.seconds(gauge.timeMs)}${every}` : '';
  const title =
    bound === undefined || nextMs === undefined
      ? 'A gauge, read at intervals'
      : `A gauge: until it is read again at ${clock.seconds(nextMs)}, at most ${bound} can have waited at once (those waiting and all waits begun)`;
  return (
    <>
      {gauge.value}
      {!layout.narrow && <small title={title}>{read}</small>}
    </>
  );
}

function Marks(props: HeaderProps) {
  const { clock, layout, timeMs, missingMs, missing, snapshots, samplingSeconds, error } = props;
  const { unreadable, conclusion } = props;
  const styles = useStyles2(getStyles);
  if (error || missingMs !== undefined) {
    const text = error
      ? `not loaded: ${error}`
      : `no snapshot at ${clock.seconds(missingMs ?? 0)}: showing ${clock.seconds(timeMs)}`;
    return (
      <div className={styles.marks} role="status">
        <span className={cx(styles.mark, styles.warning)} title={text}>
          ▲ {text}
        </span>
      </div>
    );
  }
  if (layout.narrow) return null;
  return (
    <div className={styles.marks}>
      {conclusion && (
        <span
          className={cx(styles.mark, styles.conclusion)}
          title={`${formatCount(conclusion.gaveUp)} checkouts gave up within the window, while ${conclusion.running} of ${conclusion.connections} connections ran a statement`}
        >
          Exhausted, not slow: {formatCount(conclusion.gaveUp)} gave up, {conclusion.running} of{' '}
          {conclusion.connections} busy
        </span>
      )}
      {unreadable > 0 && (
        <span className={cx(styles.mark, styles.warning)}>▲ {plural(unreadable, 'line')} not readable</span>
      )}
      <span className={styles.mark} title="What happened between two snapshots is not known">
        ◷ snapshot every {samplingSeconds} s
      </span>
      {missing === undefined && (
        <span className={styles.mark} title="The range is too long to look for each of its snapshots">
          missing ones not counted
        </span>
      )}
      {missing !== undefined && missing > 0 && (
        <span className={cx(styles.mark, styles.warning)} title="Hatched in the strip">
          ▲ {missing} of {snapshots} missing
        </span>
      )}
    </div>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  header: css({ display: 'flex', alignItems: 'stretch', height: 42, position: 'relative' }),
  narrow: css({ '& > div': { padding: '0 8px' }, '& > div:first-of-type': { paddingLeft: 0 } }),
  stat: css({
    padding: `0 ${theme.spacing(1.5)}`,
    borderLeft: `1px solid ${theme.colors.border.weak}`,
    whiteSpace: 'nowrap',
    flex: 'none',
    '&:first-of-type': { paddingLeft: 0, border: 0 },
  }),
  instant: css({ display: 'flex', gap: 8, alignItems: 'center' }),
  name: css({ fontSize: 11, lineHeight: '16px', color: theme.colors.text.secondary }),
  value: css({
    fontSize: 18,
    lineHeight: '24px',
    fontWeight: theme.typography.fontWeightMedium,
    color: theme.colors.text.maxContrast,
    '& small': {
      fontSize: 11,
      fontWeight: theme.typography.fontWeightRegular,
      color: theme.colors.text.secondary,
      marginLeft: 4,
    },
  }),
  time: css({
    fontSize: 20,
    lineHeight: '24px',
    fontWeight: theme.typography.fontWeightMedium,
    color: theme.colors.text.maxContrast,
  }),
  step: css({
    width: 24,
    height: 24,
    padding: 0,
    flex: 'none',
    color: 'inherit',
    background: 'none',
    border: `1px solid ${theme.colors.border.medium}`,
    borderRadius: theme.shape.borderRadius(1),
    '&:hover': { background: theme.colors.action.hover },
  }),
  meter: css({
    display: 'inline-block',
    width: 70,
    height: 8,
    marginLeft: 8,
    verticalAlign: 1,
    borderRadius: 2,
    overflow: 'hidden',
    background: trackColor(theme),
    border: `1px solid ${theme.colors.border.medium}`,
    '& i': { display: 'block', height: '100%', background: theme.colors.text.primary },
  }),
  marks: css({
    marginLeft: 'auto',
    paddingLeft: 12,
    display: 'flex',
    gap: 8,
    alignItems: 'center',
    overflow: 'hidden',
  }),
  mark: css({
    fontSize: 11,
    lineHeight: '18px',
    padding: '0 6px',
    borderRadius: 4,
    whiteSpace: 'nowrap',
    overflow: 'hidden',
    textOverflow: 'ellipsis',
    background: theme.colors.action.hover,
    color: theme.colors.text.primary,
  }),
  conclusion: css({ background: theme.colors.info.transparent, color: theme.colors.info.text }),
  warning: css({ background: theme.colors.warning.transparent, color: theme.colors.warning.text }),
});
