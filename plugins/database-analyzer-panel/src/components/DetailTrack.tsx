import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { useStyles2 } from '@grafana/ui';
import React from 'react';
import type { SpanBar } from '../model/detail';
import { stateColors, statePattern } from './theme';

export interface DetailBar {
  readonly look: 'statement' | 'gap' | 'after' | SpanBar['kind'];
  readonly startMs: number;
  readonly endMs: number;
}

export interface DetailTrackProps {
  readonly fromMs: number;
  readonly toMs: number;
  readonly bars: readonly DetailBar[];
  /** The instant, when it lies within. */
  readonly nowMs: number | undefined;
}

/** A line's bars on the axis that all lines of a detail share. */
export function DetailTrack({ fromMs, toMs, bars, nowMs }: DetailTrackProps) {
  const styles = useStyles2(getStyles);
  const x = (timeMs: number) => Math.max(0, Math.min(100, (100 * (timeMs - fromMs)) / (toMs - fromMs)));
  return (
    <span className={styles.track} aria-hidden="true">
      {bars.map(({ look, startMs, endMs }) => (
        <i
          key={look}
          className={styles[look]}
          style={{ left: `${x(startMs)}%`, width: `${x(endMs) - x(startMs)}%` }}
        />
      ))}
      {nowMs !== undefined && <i className={styles.now} style={{ left: `${x(nowMs)}%` }} />}
    </span>
  );
}

const getStyles = (theme: GrafanaTheme2) => {
  const { active, idle, waiting } = stateColors(theme);
  const bar = { top: 4, bottom: 4, minWidth: 2, borderRadius: 1 } as const;
  return {
    track: css({
      position: 'relative',
      height: '100%',
      '& > i': { position: 'absolute', boxSizing: 'border-box' },
    }),
    statement: css({ ...bar, background: active.line }),
    gap: css({ top: 3, bottom: 3, background: statePattern(theme, 'idleInTransaction', 'strong') }),
    after: css({ top: 3, bottom: 3, border: `1px dashed ${idle.line}`, borderLeft: 0, borderRight: 0 }),
    server: css({ ...bar, background: idle.line }),
    connect: css({ ...bar, background: statePattern(theme, 'waiting'), border: `1px solid ${waiting.line}` }),
    transactions: css({ ...bar, border: `1px solid ${theme.colors.text.secondary}` }),
    /** Spans that are not named are not to be compared, either. */
    others: css({ top: '50%', height: 0, borderTop: `1px dashed ${theme.colors.text.secondary}` }),
    named: css({ ...bar, background: theme.colors.text.maxContrast }),
    now: css({ top: 0, bottom: 0, borderLeft: `1px solid ${theme.colors.text.maxContrast}` }),
  };
};
