import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { Button, useStyles2 } from '@grafana/ui';
import * as React from 'react';
import { formatDuration } from './model/duration';
import { barOf, scaled, ticks } from './model/view';
import { useDrag } from './useDrag';
import type { TraceState } from './useTrace';

interface MinimapProps {
  readonly state: TraceState;
  readonly colourOf: (service: string) => string;
}

const HEIGHT = 48;
const MARKS = 5;

/** The whole trace small; dragging over it zooms the waterfall, and so do the buttons. */
export function Minimap({ state, colourOf }: MinimapProps) {
  const styles = useStyles2(getStyles);
  const { trace, whole, zoom, setZoom } = state;
  const lengthMs = whole.toMs - whole.fromMs;
  const { drag, onPointerDown } = useDrag(({ from, to }) =>
    setZoom({ fromMs: whole.fromMs + from * lengthMs, toMs: whole.fromMs + to * lengthMs }),
  );
  const isZoomed = zoom.fromMs > whole.fromMs || zoom.toMs < whole.toMs;
  const share = (timeMs: number) => (lengthMs > 0 ? (timeMs - whole.fromMs) / lengthMs : 0);
  const [left, right] = drag
    ? [Math.min(drag.from, drag.to), Math.max(drag.from, drag.to)]
    : [share(zoom.fromMs), share(zoom.toMs)];
  return (
    <div className={styles.row}>
      <fieldset className={styles.buttons} aria-label="Zoom">
        <Button
          size="sm"
          variant="secondary"
          icon="search-plus"
          aria-label="Zoom in"
          onClick={() => setZoom(scaled(zoom, 0.5))}
        />
        <Button
          size="sm"
          variant="secondary"
          icon="search-minus"
          aria-label="Zoom out"
          disabled={!isZoomed}
          onClick={() => setZoom(scaled(zoom, 2))}
        />
        <Button size="sm" variant="secondary" disabled={!isZoomed} onClick={() => setZoom(whole)}>
          Whole trace
        </Button>
      </fieldset>
      <div className={styles.map} onPointerDown={onPointerDown} data-testid="trace-minimap">
        <Bars state={state} colourOf={colourOf} />
        {ticks(whole, MARKS).map((timeMs, index) => (
          <span
            key={timeMs}
            className={styles.tick}
            style={index === MARKS - 1 ? { right: 2 } : { left: `${(100 * index) / (MARKS - 1)}%` }}
          >
            {formatDuration(timeMs - trace.startMs)}
          </span>
        ))}
        {(isZoomed || drag) && (
          <>
            <div className={styles.shade} style={{ left: 0, width: `${100 * left}%` }} />
            <div className={styles.shade} style={{ right: 0, width: `${100 * (1 - right)}%` }} />
          </>
        )}
      </div>
    </div>
  );
}

/** All spans, one under the other, squeezed into the height. */
const Bars = React.memo(function Bars({ state, colourOf }: MinimapProps) {
  const canvas = React.useRef<HTMLCanvasElement>(null);
  const { trace, whole } = state;
  React.useEffect(() => {
    const element = canvas.current;
    const context = element?.getContext('2d');
    if (!element || !context) return;
    const width = Math.max(1, element.clientWidth);
    element.width = width;
    element.height = HEIGHT;
    const step = HEIGHT / trace.spans.length;
    trace.spans.forEach((span, index) => {
      const bar = barOf(span, whole);
      if (!bar) return;
      context.fillStyle = colourOf(span.service);
      context.fillRect(
        bar.left * width,
        index * step,
        Math.max(1, bar.width * width),
        Math.max(1, Math.min(4, step * 0.8)),
      );
    });
  }, [trace, whole, colourOf]);
  return <canvas ref={canvas} height={HEIGHT} style={{ width: '100%', height: HEIGHT }} />;
});

function getStyles(theme: GrafanaTheme2) {
  return {
    row: css({
      display: 'flex',
      gap: theme.spacing(1),
      padding: theme.spacing(0, 1, 1),
      alignItems: 'center',
    }),
    buttons: css({
      display: 'flex',
      gap: theme.spacing(0.5),
      border: 'none',
      margin: 0,
      padding: 0,
      minWidth: 0,
    }),
    map: css({
      position: 'relative',
      flex: 1,
      minWidth: 0,
      height: HEIGHT + 14,
      paddingTop: 14,
      background: theme.colors.background.secondary,
      cursor: 'crosshair',
      touchAction: 'none',
      userSelect: 'none',
    }),
    tick: css({
      position: 'absolute',
      top: 0,
      paddingLeft: 2,
      fontSize: 10,
      lineHeight: '14px',
      color: theme.colors.text.secondary,
    }),
    shade: css({
      position: 'absolute',
      top: 14,
      bottom: 0,
      background: theme.colors.background.canvas,
      opacity: 0.7,
      pointerEvents: 'none',
    }),
  };
}
