import { css, cx } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { useStyles2 } from '@grafana/ui';
import React, { memo } from 'react';
import { formatDuration, formatRate, plural } from '../model/format';
import type { Layout } from '../model/layout';
import type { PoolArithmetic } from '../model/pool-arithmetic';
import { ELLIPSIS, trackColor } from './theme';

export interface PoolArithmeticCardProps {
  readonly layout: Layout;
  readonly arithmetic: PoolArithmetic | undefined;
  /** Names of series that were given but not understood. */
  readonly unknown: readonly string[];
}

/** connections ÷ mean hold = what the pool can sustain, and what is asked of it, on one scale. No verdict. */
export const PoolArithmeticCard = memo(function PoolArithmeticCard(props: PoolArithmeticCardProps) {
  const { layout, arithmetic, unknown } = props;
  const styles = useStyles2(getStyles);
  if (!arithmetic) {
    return (
      <div className={styles.card}>
        <div className={styles.caption}>
          <h3>Pool arithmetic</h3>
        </div>
        <div className={styles.note}>
          No pool metrics for this window: mean hold and demand are not known.
          {unknown.length > 0 && ` Not understood: ${unknown.slice(0, 3).join(', ')}.`} The sessions are
          complete.
        </div>
      </div>
    );
  }
  const { narrow, tiny } = layout;
  const { connections, holdsEnded, meanHoldS, sustainable, asked } = arithmetic;
  const scale = rateScale(sustainable, asked);
  return (
    <div className={styles.card}>
      <div className={styles.caption}>
        <h3>Pool arithmetic</h3>
        <span
          className={styles.dim}
          title="Connections still held do not count yet: in an onset the mean lags behind"
        >
          {plural(holdsEnded, 'hold')} ended in the window
          <WaitQuantile arithmetic={arithmetic} />
        </span>
      </div>
      <div className={cx(styles.sum, narrow && styles.narrowSum, tiny && styles.tinySum)}>
        <b>{connections}</b>
        <b className={styles.sign}>÷</b>
        <b>{formatDuration(meanHoldS)}</b>
        <b className={styles.sign}>=</b>
        <span>{tiny ? 'sustains' : 'can sustain'}</span>
        <em>{formatRate(sustainable)}</em>
        {!narrow && <RateBar rate={sustainable} scale={scale} />}
        <span>connections</span>
        <span />
        <span>mean hold</span>
        <span />
        <span>{tiny ? 'asked' : 'asked for'}</span>
        <em>{formatRate(asked)}</em>
        {!narrow && <RateBar rate={asked} scale={scale} hollow />}
      </div>
    </div>
  );
});

function WaitQuantile({ arithmetic: { waitP95 } }: { arithmetic: PoolArithmetic }) {
  if (!waitP95) return null;
  const { value, beyondLastBound } = waitP95;
  return (
    <span
      title={
        beyondLastBound
          ? 'Beyond the histogram’s last bound: all that is known is that it is more'
          : undefined
      }
    >
      {' '}
      · wait P95 {beyondLastBound ? '> ' : ''}
      {formatDuration(value)}
      {beyondLastBound ? ' ▲' : ''}
    </span>
  );
}

/** The end of both bars: what is asked, or up to four times that, so that the smaller one can still be seen. */
function rateScale(sustainable = 0, asked = 0): number {
  return Math.max(Math.min(sustainable, asked * 4 || sustainable), asked) || 1;
}

function RateBar({
  rate = 0,
  scale,
  hollow,
}: {
  rate?: number | undefined;
  scale: number;
  hollow?: boolean;
}) {
  const styles = useStyles2(getStyles);
  const cut = rate > scale;
  return (
    <div className={cx(styles.rate, hollow && styles.hollow)} title={cut ? 'The bar is cut' : undefined}>
      <i className={cx(cut && styles.cut)} style={{ width: `${Math.min(100, (100 * rate) / scale)}%` }} />
    </div>
  );
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
  sign: css({ '&&': { color: theme.colors.text.secondary } }),
  sum: css({
    display: 'grid',
    gridTemplateColumns: 'auto auto auto auto 84px 62px minmax(0, 1fr)',
    columnGap: 8,
    alignItems: 'center',
    lineHeight: '18px',
    whiteSpace: 'nowrap',
    '& b': {
      fontSize: 16,
      lineHeight: '20px',
      fontWeight: theme.typography.fontWeightMedium,
      color: theme.colors.text.maxContrast,
    },
    '& span': { fontSize: 11, color: theme.colors.text.secondary },
    '& em': {
      fontStyle: 'normal',
      textAlign: 'right',
      fontWeight: theme.typography.fontWeightMedium,
      color: theme.colors.text.maxContrast,
    },
  }),
  narrowSum: css({
    gridTemplateColumns: 'auto auto auto auto minmax(60px, 1fr) 62px',
    columnGap: 6,
    '& b': { fontSize: 14 },
  }),
  tinySum: css({ gridTemplateColumns: 'auto auto auto auto minmax(0, 1fr) auto', columnGap: 4 }),
  rate: css({
    height: 8,
    borderRadius: 1,
    background: trackColor(theme),
    '& i': { display: 'block', height: '100%', borderRadius: 1, background: theme.colors.text.primary },
  }),
  hollow: css({ '& i': { background: 'none', border: `1px solid ${theme.colors.text.primary}` } }),
  /** Two slits near the end say that the bar goes on. */
  cut: css({
    maskImage:
      'linear-gradient(90deg, #000 calc(100% - 12px), transparent 0 calc(100% - 8px), #000 0 calc(100% - 5px), transparent 0)',
  }),
  note: css({
    fontSize: 11,
    lineHeight: '15px',
    padding: '3px 8px',
    background: theme.colors.warning.transparent,
    borderLeft: `2px solid ${theme.colors.warning.border}`,
    borderRadius: 2,
  }),
});
