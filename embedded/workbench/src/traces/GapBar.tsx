import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { Button, LinkButton, useStyles2 } from '@grafana/ui';
import * as React from 'react';
import { formatDuration } from './model/duration';
import { timeLogsUrl } from './model/links';
import type { TraceState } from './useTrace';

/** What is measured: the time between two spans or two moments, or how to measure one. */
export function GapBar({ state }: { readonly state: TraceState }) {
  const styles = useStyles2(getStyles);
  const { gap, setGap, marked, setMarked, setZoom } = state;
  return (
    <div className={styles.bar}>
      <p className={styles.text} role="status">
        {marked ? (
          `From ${marked.name}: choose a second span (M) to measure the time between them`
        ) : gap ? (
          <>
            <strong>{formatDuration(gap.toMs - gap.fromMs)}</strong>
            {gap.kind === 'overlap' ? ' overlap' : ''} from {gap.from} to {gap.to}
          </>
        ) : (
          'Drag across the bars to measure a time, or press M on two spans'
        )}
      </p>
      {gap && (
        <>
          <Button size="sm" variant="secondary" fill="outline" onClick={() => setZoom(gap)}>
            Zoom to it
          </Button>
          <LinkButton size="sm" variant="secondary" fill="outline" href={timeLogsUrl(gap)}>
            Logs of this time
          </LinkButton>
        </>
      )}
      {(gap || marked) && (
        <Button
          size="sm"
          variant="secondary"
          fill="text"
          onClick={() => {
            setGap(undefined);
            setMarked(undefined);
          }}
        >
          Clear
        </Button>
      )}
    </div>
  );
}

function getStyles(theme: GrafanaTheme2) {
  return {
    bar: css({
      display: 'flex',
      alignItems: 'center',
      gap: theme.spacing(1),
      minHeight: 28,
      padding: theme.spacing(0.25, 1),
      borderTop: `1px solid ${theme.colors.border.weak}`,
    }),
    text: css({
      margin: 0,
      fontSize: theme.typography.bodySmall.fontSize,
      color: theme.colors.text.secondary,
      strong: { color: theme.colors.text.primary },
    }),
  };
}
