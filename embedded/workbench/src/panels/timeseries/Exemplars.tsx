import { css } from '@emotion/css';
import { type DataFrame, type GrafanaTheme2, getFieldSeriesColor, type TimeZone } from '@grafana/data';
import { EventsCanvas, Popover, type UPlotConfigBuilder, useStyles2, useTheme2 } from '@grafana/ui';
import * as React from 'react';
import type uPlot from 'uplot';
import { ExemplarCard } from './ExemplarCard';
import { exemplarFrames, seriesOf } from './exemplar-points';
import { usePlot } from './use-plot';

interface ExemplarsProps {
  readonly config: UPlotConfigBuilder;
  /** Everything that comes beside the series. */
  readonly frames: readonly DataFrame[];
  /** The series as they are drawn. */
  readonly aligned: DataFrame;
  readonly timeZone: TimeZone;
}

interface Open {
  readonly frame: DataFrame;
  readonly row: number;
  readonly marker: HTMLElement;
  readonly isPinned: boolean;
}

/** Long enough to move the pointer from a marker to what opened beside it. */
const LEAVE_MS = 200;

/** Single requests as diamonds over a graph of many; each leads to its trace. */
export function Exemplars({ config, frames, aligned, timeZone }: ExemplarsProps) {
  const theme = useTheme2();
  const styles = useStyles2(getStyles);
  const plot = usePlot(config);
  const events = React.useMemo(() => exemplarFrames(frames), [frames]);
  const [open, setOpen] = React.useState<Open>();
  const leaving = React.useRef<number>();
  const stay = React.useCallback(() => window.clearTimeout(leaving.current), []);
  const leave = React.useCallback(() => {
    stay();
    leaving.current = window.setTimeout(() => setOpen((now) => (now?.isPinned ? now : undefined)), LEAVE_MS);
  }, [stay]);
  React.useEffect(() => stay, [stay]);

  const place = React.useCallback(
    (frame: DataFrame, row: number) => {
      const series = seriesOf(frame, row, aligned.fields);
      if (!plot.current || !series || series.config.custom?.hideFrom?.viz) return undefined;
      return placeOf(plot.current, frame, row);
    },
    [plot, aligned],
  );
  const render = React.useCallback(
    (frame: DataFrame, row: number) => {
      const series = seriesOf(frame, row, aligned.fields);
      const show = (isPinned: boolean) => (event: React.SyntheticEvent<HTMLElement>) => {
        window.clearTimeout(leaving.current);
        const marker = event.currentTarget;
        setOpen((now) => (now?.isPinned && !isPinned ? now : { frame, row, marker, isPinned }));
      };
      return (
        <button
          type="button"
          className={styles.marker}
          style={{ background: series && getFieldSeriesColor(series, theme).color }}
          aria-label="Exemplar"
          data-testid="data-testid Exemplar marker"
          tabIndex={-1}
          onMouseEnter={show(false)}
          onMouseLeave={leave}
          onClick={show(true)}
        />
      );
    },
    [aligned, styles, theme, leave],
  );
  return (
    <>
      <EventsCanvas
        id="exemplars"
        config={config}
        events={events}
        mapEventToXYCoords={place}
        renderEventMarker={render}
      />
      {open && (
        <Popover
          show
          referenceElement={open.marker}
          placement="bottom"
          wrapperClassName={styles.card}
          onMouseEnter={stay}
          onMouseLeave={leave}
          content={
            <ExemplarCard
              frame={open.frame}
              row={open.row}
              timeZone={timeZone}
              {...(open.isPinned && { onClose: () => setOpen(undefined) })}
            />
          }
        />
      )}
    </>
  );
}

/** On the value's height, or on the edge where the axis ends before it. */
function placeOf(plot: uPlot, frame: DataFrame, row: number): { x: number; y: number } | undefined {
  const [time, value] = ['Time', 'Value'].map((name) =>
    Number(frame.fields.find((each) => each.name === name)?.values[row]),
  );
  const scale = plot.series[1]?.scale;
  const { min: from = 0, max: to = 0 } = plot.scales.x ?? {};
  if (!scale || time === undefined || value === undefined || time < (from ?? 0) || time > (to ?? 0))
    return undefined;
  const { min, max } = plot.scales[scale] ?? {};
  const shown = Math.min(Math.max(value, min ?? value), max ?? value);
  return { x: plot.valToPos(time, 'x'), y: plot.valToPos(shown, scale) };
}

function getStyles(theme: GrafanaTheme2) {
  return {
    marker: css({
      display: 'block',
      width: 5,
      height: 5,
      padding: 0,
      border: 'none',
      transform: 'translate(-50%, -50%) rotate(45deg)',
      opacity: 0.7,
      cursor: 'pointer',
      '&:hover': { opacity: 1, outline: `2px solid ${theme.colors.text.primary}` },
    }),
    card: css({
      zIndex: theme.zIndex.tooltip,
      background: theme.colors.background.elevated,
      border: `1px solid ${theme.colors.border.medium}`,
      borderRadius: theme.shape.radius.default,
      boxShadow: theme.shadows.z3,
    }),
  };
}
