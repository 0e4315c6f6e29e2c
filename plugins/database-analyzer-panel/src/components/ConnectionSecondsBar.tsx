import { css, cx } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { RadioButtonGroup, useStyles2, useTheme2 } from '@grafana/ui';
import React, { memo } from 'react';
import { type ConnectionSeconds, type GroupBy, labelledParts, type Part } from '../model/connection-seconds';
import { type Clock, formatCount, formatShare, plural } from '../model/format';
import type { Layout } from '../model/layout';
import { StateGlyph } from './StateGlyph';
import { ELLIPSIS, STATE_LABEL, STATE_SHORT, statePattern } from './theme';

export type WindowChoice = '60' | '300' | 'range' | 'dragged';

export interface ConnectionSecondsBarProps {
  readonly clock: Clock;
  readonly layout: Layout;
  readonly window: { readonly fromMs: number; readonly toMs: number };
  readonly choice: WindowChoice;
  readonly onChoose: (choice: WindowChoice) => void;
  readonly groupBy: GroupBy;
  readonly sums: ConnectionSeconds | undefined;
  /** Whether the sums are of the window named, or still of the one before it. */
  readonly current: boolean;
  readonly snapshots: number;
  readonly error: string | undefined;
}

/** The time of all connections within the window, split by what they were doing. */
export const ConnectionSecondsBar = memo(function ConnectionSecondsBar(props: ConnectionSecondsBarProps) {
  const { clock, layout, window, choice, onChoose, groupBy, sums, current, snapshots, error } = props;
  const styles = useStyles2(getStyles);
  const range = `${clock.seconds(window.fromMs)}–${clock.seconds(window.toMs)}`;
  return (
    <div className={styles.card}>
      <div className={styles.caption}>
        <h3>Connection-seconds</h3>
        <span className={styles.dim}>
          {range}
          {sums &&
            !layout.narrow &&
            ` · ${formatCount(sums.totalSeconds)} s from ${plural(snapshots, 'snapshot')}`}
        </span>
        {!layout.narrow && <WindowControl choice={choice} onChoose={onChoose} />}
      </div>
      {error && <div className={styles.dim}>Not counted: {error}</div>}
      {!error && sums && (
        <div className={cx(!current && styles.old)}>
          <Bar sums={sums} groupBy={groupBy} />
          <Labels sums={sums} groupBy={groupBy} layout={layout} />
        </div>
      )}
    </div>
  );
});

const WINDOWS: { value: WindowChoice; label: string; description: string }[] = [
  { value: '60', label: '1 min', description: 'The minute before the instant' },
  { value: '300', label: '5 min', description: 'The 5 minutes before the instant' },
  { value: 'range', label: 'range', description: 'The whole time range' },
];

/** A window dragged on the strip is none of these: then none is chosen. */
const WindowControl = memo(function WindowControl({
  choice,
  onChoose,
}: Pick<ConnectionSecondsBarProps, 'choice' | 'onChoose'>) {
  const styles = useStyles2(getStyles);
  return (
    <div className={styles.control} role="group" aria-label="Window">
      <span className={styles.dim}>window</span>
      <RadioButtonGroup size="sm" options={WINDOWS} value={choice} onChange={onChoose} />
    </div>
  );
});

function Bar({ sums, groupBy }: { sums: ConnectionSeconds; groupBy: GroupBy }) {
  const theme = useTheme2();
  const styles = useStyles2(getStyles);
  const label = labelledParts(sums, groupBy)
    .map((part) => `${partName(part)} ${formatShare(part.seconds, sums.totalSeconds)}`)
    .join(', ');
  return (
    <div className={styles.bar} role="img" aria-label={label}>
      {sums.parts.map((part) => (
        <div
          key={`${part.kind} ${part.group}`}
          className={cx(part.kind === 'idle' && styles.outlined)}
          style={{ flex: `${part.seconds} 0 0`, background: statePattern(theme, part.kind) }}
          title={`${partName(part)}: ${formatCount(part.seconds)} s, ${formatShare(part.seconds, sums.totalSeconds)}`}
        />
      ))}
    </div>
  );
}

function Labels({ sums, groupBy, layout }: { sums: ConnectionSeconds; groupBy: GroupBy; layout: Layout }) {
  const styles = useStyles2(getStyles);
  return (
    <div className={styles.labels}>
      {labelledParts(sums, groupBy).map((part) => (
        <span key={`${part.kind} ${part.group}`} title={partName(part)}>
          <StateGlyph kind={part.kind} />
          {(part.group || !layout.tiny) && (
            <span className={styles.cut}>
              {part.group || (layout.narrow ? STATE_SHORT[part.kind] : STATE_LABEL[part.kind])}
            </span>
          )}
          <b>{formatShare(part.seconds, sums.totalSeconds)}</b>
        </span>
      ))}
    </div>
  );
}

function partName({ kind, group }: Part): string {
  return group ? `${STATE_LABEL[kind]}, ${group}` : STATE_LABEL[kind];
}

const getStyles = (theme: GrafanaTheme2) => ({
  card: css({ minWidth: 0, borderTop: `1px solid ${theme.colors.border.weak}`, paddingTop: 4, height: 66 }),
  caption: css({
    display: 'flex',
    gap: 8,
    alignItems: 'center',
    height: 24,
    whiteSpace: 'nowrap',
    '& h3': { fontSize: 12, margin: 0, fontWeight: theme.typography.fontWeightMedium },
  }),
  dim: css({ color: theme.colors.text.secondary, ...ELLIPSIS }),
  control: css({ marginLeft: 'auto', display: 'flex', gap: 8, alignItems: 'center' }),
  bar: css({
    display: 'flex',
    gap: 1,
    height: 20,
    borderRadius: 3,
    overflow: 'hidden',
    '& > div': { minWidth: 2 },
  }),
  outlined: css({ boxShadow: `inset 0 0 0 1px ${theme.colors.border.medium}` }),
  labels: css({
    display: 'flex',
    gap: 14,
    fontSize: 11,
    lineHeight: '17px',
    whiteSpace: 'nowrap',
    overflow: 'hidden',
    '& > span': { display: 'inline-flex', gap: 5, alignItems: 'center', minWidth: 0 },
    '& b': { fontWeight: theme.typography.fontWeightMedium, color: theme.colors.text.maxContrast },
  }),
  cut: css(ELLIPSIS),
  old: css({ opacity: 0.6 }),
});
