import { css, cx } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { useStyles2, useTheme2 } from '@grafana/ui';
import React, { memo } from 'react';
import type { Session, StateKind } from '../model/session';
import type { FoldSummary } from '../model/session-table';
import { stateColors, statePattern } from './theme';

/** Transaction age above, state age below, on one scale that never changes by itself: growth would be lost. */
export const AgeBars = memo(function AgeBars({ session, scaleS }: { session: Session; scaleS: number }) {
  const styles = useStyles2(getStyles);
  const theme = useTheme2();
  const { kind, transactionAgeS, stateAgeS } = session;
  // Past the scale's end the bar gives way to a mark; the number beside it stays.
  const width = (ageS: number) =>
    ageS > scaleS ? 'calc(100% - 8px)' : `${Math.max(1.5, (100 * ageS) / scaleS)}%`;
  return (
    <div className={styles.bars} aria-hidden="true">
      {transactionAgeS !== undefined && (
        <i className={styles.transaction} style={{ width: width(transactionAgeS) }} />
      )}
      {stateAgeS !== undefined && (
        <i
          className={styles.state}
          style={{
            width: width(stateAgeS),
            background: statePattern(theme, kind, 'strong'),
            borderColor: stateColors(theme)[kind].line,
          }}
        />
      )}
      {Math.max(transactionAgeS ?? 0, stateAgeS ?? 0) > scaleS && <span className={styles.over}>▸</span>}
    </div>
  );
});

/** A fold's ages as ticks on the same scale: where they bunch together is seen without opening it. */
export const AgeRug = memo(function AgeRug({
  summary,
  kind,
  scaleS,
}: {
  summary: FoldSummary;
  kind: StateKind;
  scaleS: number;
}) {
  const styles = useStyles2(getStyles);
  const theme = useTheme2();
  const ticks = (agesS: readonly number[], y: number) =>
    agesS.map((ageS) => `M${(100 * Math.min(1, ageS / scaleS)).toFixed(1)} ${y}v10`).join('');
  const color = stateColors(theme)[kind].line;
  const single = kind === 'idle';
  const height = single ? 12 : 26;
  return (
    <div className={cx(styles.bars, styles.rug)} aria-hidden="true">
      <svg aria-hidden="true" viewBox={`0 0 100 ${height}`} height={height} preserveAspectRatio="none">
        <path d={single ? 'M0 11H100' : 'M0 12H100M0 25H100'} stroke={theme.colors.border.weak} />
        {!single && <path d={ticks(summary.transactionAgesS, 1.5)} stroke={theme.colors.text.primary} />}
        <path d={ticks(summary.stateAgesS, single ? 1 : 14.5)} stroke={color} />
      </svg>
    </div>
  );
});

/** The scale above both. */
export const AgeScale = memo(function AgeScale({ scaleS }: { scaleS: number }) {
  const styles = useStyles2(getStyles);
  return (
    <span className={styles.scale} aria-hidden="true">
      <span>0</span>
      <span>{Math.round(scaleS / 2)}</span>
      <span>{scaleS} s</span>
    </span>
  );
});

const getStyles = (theme: GrafanaTheme2) => ({
  bars: css({
    position: 'relative',
    height: '100%',
    '&&': { overflow: 'visible' },
    '& i': { position: 'absolute', left: 0, height: 6, borderRadius: 1, boxSizing: 'border-box' },
  }),
  transaction: css({ top: 'calc(50% - 7px)', background: theme.colors.text.primary }),
  state: css({ top: 'calc(50% + 1px)', border: '1px solid' }),
  over: css({ position: 'absolute', right: -1, top: 'calc(50% - 6px)', fontSize: 10, lineHeight: '12px' }),
  rug: css({
    display: 'flex',
    alignItems: 'center',
    '& svg': { width: '100%', display: 'block' },
    '& path': { vectorEffect: 'non-scaling-stroke', strokeWidth: 1.2, strokeOpacity: 0.75, fill: 'none' },
  }),
  scale: css({ display: 'flex', justifyContent: 'space-between', fontSize: 9, alignSelf: 'end' }),
});
