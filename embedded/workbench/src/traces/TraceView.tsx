import { css } from '@emotion/css';
import type { DataFrame, GrafanaTheme2 } from '@grafana/data';
import { Alert, useStyles2, useTheme2 } from '@grafana/ui';
import * as React from 'react';
import { GapBar } from './GapBar';
import { Minimap } from './Minimap';
import { TraceHeader } from './TraceHeader';
import { useTrace } from './useTrace';
import { Waterfall } from './Waterfall';

export interface TraceViewProps {
  /** As Tempo's data source makes it. */
  readonly frame: DataFrame;
  /** The span to open at. */
  readonly spanId?: string | undefined;
}

/** A trace as a waterfall of its spans. Fills its parent, which needs a height. */
export function TraceView(props: TraceViewProps) {
  if (props.frame.length === 0) return <Alert severity="info" title="The trace has no spans" />;
  return <Shown {...props} />;
}

function Shown({ frame, spanId }: TraceViewProps) {
  const styles = useStyles2(getStyles);
  const theme = useTheme2();
  const state = useTrace(frame, spanId);
  const { services } = state.trace;
  const colours = React.useMemo(() => {
    const { palette, getColorByName } = theme.visualization;
    return new Map(
      services.map((service, index) => [service, getColorByName(palette[index % palette.length] ?? 'blue')]),
    );
  }, [services, theme]);
  const colourOf = React.useCallback((service: string) => colours.get(service) ?? 'gray', [colours]);
  return (
    <section className={styles.view} aria-label="Trace">
      <TraceHeader state={state} colourOf={colourOf} />
      <Minimap state={state} colourOf={colourOf} />
      <GapBar state={state} />
      <Waterfall state={state} colourOf={colourOf} spanId={spanId} />
    </section>
  );
}

function getStyles(theme: GrafanaTheme2) {
  return {
    view: css({
      display: 'flex',
      flexDirection: 'column',
      height: '100%',
      minHeight: 0,
      background: theme.colors.background.primary,
      border: `1px solid ${theme.colors.border.weak}`,
    }),
  };
}
