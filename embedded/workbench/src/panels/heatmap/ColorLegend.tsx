import { css } from '@emotion/css';
import { formattedValueToString, type GrafanaTheme2, getValueFormat } from '@grafana/data';
import { useStyles2 } from '@grafana/ui';
import * as React from 'react';

interface ColorLegendProps {
  readonly colors: readonly string[];
  readonly cells: { readonly min: number; readonly max: number };
  readonly unit: string | undefined;
}

/** What the colours mean, from the least to the most. */
export function ColorLegend({ colors, cells: { min, max }, unit }: ColorLegendProps) {
  const styles = useStyles2(getStyles);
  const text = (count: number) => formattedValueToString(getValueFormat(unit)(count));
  return (
    <div className={styles.legend}>
      <div className={styles.bar} style={{ background: `linear-gradient(to right, ${colors.join(', ')})` }} />
      <div className={styles.ends}>
        <span>{text(min)}</span>
        <span>{text(max)}</span>
      </div>
    </div>
  );
}

function getStyles(theme: GrafanaTheme2) {
  return {
    legend: css({ maxWidth: 300, margin: theme.spacing(1, 'auto', 0, 4) }),
    bar: css({ height: 8, borderRadius: theme.shape.radius.default }),
    ends: css({
      display: 'flex',
      justifyContent: 'space-between',
      color: theme.colors.text.secondary,
      fontSize: theme.typography.bodySmall.fontSize,
    }),
  };
}
