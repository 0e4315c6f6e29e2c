import { css } from '@emotion/css';
import {
  colorManipulator,
  type DataFrame,
  dateTimeFormat,
  type GrafanaTheme2,
  type TimeZone,
} from '@grafana/data';
import { EventsCanvas, Tooltip, type UPlotConfigBuilder, useStyles2 } from '@grafana/ui';
import * as React from 'react';
import type uPlot from 'uplot';
import { type AnnotationMark, annotationFrames, markAt } from './annotation-events';
import { usePlot } from './use-plot';

interface AnnotationsProps {
  readonly config: UPlotConfigBuilder;
  readonly frames: readonly DataFrame[];
  readonly timeZone: TimeZone;
}

/** Dashed lines over the graph where something happened, with what it was at their foot. */
export function Annotations({ config, frames, timeZone }: AnnotationsProps) {
  const plot = usePlot(config);
  const events = React.useMemo(() => annotationFrames(frames), [frames]);
  const drawn = React.useRef(events);
  drawn.current = events;

  React.useLayoutEffect(() => {
    config.addHook('draw', (made) => {
      for (const frame of drawn.current) {
        for (let row = 0; row < frame.length; row++) drawMark(made, markAt(frame, row));
      }
    });
  }, [config]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: other annotations have to be drawn, over the same plot
  React.useEffect(() => {
    plot.current?.redraw(false);
  }, [events]);

  const place = React.useCallback(
    (frame: DataFrame, row: number) => {
      const made = plot.current;
      const { from } = markAt(frame, row);
      if (!made || !isInside(made, from)) return undefined;
      return { x: made.valToPos(from, 'x'), y: made.bbox.height / window.devicePixelRatio + FOOT / 2 };
    },
    [plot],
  );
  const render = React.useCallback(
    (frame: DataFrame, row: number) => <Foot mark={markAt(frame, row)} timeZone={timeZone} />,
    [timeZone],
  );
  return (
    <EventsCanvas
      id="annotations"
      config={config}
      events={events}
      mapEventToXYCoords={place}
      renderEventMarker={render}
    />
  );
}

/** Height of the triangle below a line, in pixels. */
const FOOT = 5;

function isInside({ scales }: uPlot, time: number): boolean {
  return time >= (scales.x?.min ?? -Infinity) && time <= (scales.x?.max ?? Infinity);
}

function drawMark(plot: uPlot, { from, to, isRegion, color }: AnnotationMark): void {
  const { ctx, bbox } = plot;
  ctx.save();
  ctx.beginPath();
  ctx.rect(bbox.left, bbox.top, bbox.width, bbox.height);
  ctx.clip();
  ctx.lineWidth = 2 * window.devicePixelRatio;
  ctx.setLineDash([5, 5]);
  ctx.strokeStyle = color;
  for (const time of isRegion ? [from, to] : [from]) {
    const x = plot.valToPos(time, 'x', true);
    ctx.beginPath();
    ctx.moveTo(x, bbox.top);
    ctx.lineTo(x, bbox.top + bbox.height);
    ctx.stroke();
  }
  if (isRegion) {
    const [left, right] = [plot.valToPos(from, 'x', true), plot.valToPos(to, 'x', true)];
    ctx.fillStyle = colorManipulator.alpha(color, 0.1);
    ctx.fillRect(left, bbox.top, right - left, bbox.height);
  }
  ctx.restore();
}

interface FootProps {
  readonly mark: AnnotationMark;
  readonly timeZone: TimeZone;
}

function Foot({ mark, timeZone }: FootProps) {
  const styles = useStyles2(getStyles);
  const { color, title, text, tags, from } = mark;
  const content = (
    <div>
      <div className={styles.time}>{dateTimeFormat(from, { timeZone })}</div>
      {text && title && title !== text && <div className={styles.time}>{title}</div>}
      <div>{text || title}</div>
      {tags.length > 0 && <div className={styles.time}>{tags.join(', ')}</div>}
    </div>
  );
  return (
    <Tooltip content={content}>
      <button
        type="button"
        className={styles.foot}
        style={{ borderBottomColor: color }}
        aria-label={`${title}: ${text}`}
        data-testid="data-testid annotation-marker"
      />
    </Tooltip>
  );
}

function getStyles(theme: GrafanaTheme2) {
  return {
    foot: css({
      display: 'block',
      width: 0,
      height: 0,
      padding: 0,
      background: 'none',
      border: 'solid transparent',
      borderWidth: `0 ${FOOT}px ${FOOT}px`,
      transform: 'translate(-50%, -50%)',
      cursor: 'pointer',
    }),
    time: css({ color: theme.colors.text.secondary, fontSize: theme.typography.bodySmall.fontSize }),
  };
}
