import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { useStyles2 } from '@grafana/ui';
import * as React from 'react';
import { NAMES_WIDTH } from './layout';
import { formatDuration } from './model/duration';
import type { TimeSpan } from './model/view';

interface BandProps {
  /** Its ends in either order. */
  readonly span: TimeSpan;
  readonly zoom: TimeSpan;
  /** Of all rows together. */
  readonly heightPx: number;
}

/** The measured time, behind all rows. */
export function Band({ span, zoom, heightPx }: BandProps) {
  const styles = useStyles2(getStyles);
  return (
    <div className={styles.overlay} style={{ height: heightPx }}>
      <div className={styles.band} style={placeOf(span, zoom)} />
    </div>
  );
}

/** How long it is, in front of the rows. */
export function BandLabel({ span, zoom, heightPx }: BandProps) {
  const styles = useStyles2(getStyles);
  return (
    <div className={styles.overlay} style={{ height: heightPx }}>
      <div className={styles.label} style={placeOf(span, zoom)}>
        <span className={styles.measure}>{formatDuration(Math.abs(span.toMs - span.fromMs))}</span>
      </div>
    </div>
  );
}

function placeOf({ fromMs, toMs }: TimeSpan, zoom: TimeSpan): React.CSSProperties {
  const share = (timeMs: number) =>
    100 * Math.min(1, Math.max(0, (timeMs - zoom.fromMs) / (zoom.toMs - zoom.fromMs)));
  const [left, right] = [share(Math.min(fromMs, toMs)), share(Math.max(fromMs, toMs))];
  return { left: `${left}%`, width: `${right - left}%` };
}

function getStyles(theme: GrafanaTheme2) {
  return {
    overlay: css({
      position: 'absolute',
      top: 0,
      right: 0,
      left: NAMES_WIDTH,
      minHeight: '100%',
      pointerEvents: 'none',
    }),
    band: css({
      position: 'absolute',
      top: 0,
      bottom: 0,
      minWidth: 1,
      background: theme.colors.warning.transparent,
      borderLeft: `1px solid ${theme.colors.warning.border}`,
      borderRight: `1px solid ${theme.colors.warning.border}`,
    }),
    label: css({ position: 'absolute', top: 0, bottom: 0 }),
    measure: css({
      position: 'sticky',
      top: 4,
      display: 'table',
      margin: '0 auto',
      padding: theme.spacing(0, 0.5),
      background: theme.colors.background.elevated,
      color: theme.colors.text.primary,
      fontSize: theme.typography.bodySmall.fontSize,
      whiteSpace: 'nowrap',
    }),
  };
}
