import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { useStyles2 } from '@grafana/ui';
import React, { type KeyboardEvent, type PointerEvent, useMemo } from 'react';
import type { Clock } from '../model/format';
import type { PoolMetrics, StateSeries } from '../model/pool-metrics';
import { sampleAt } from '../model/series';
import { instantMs, nearestIndex, type SnapshotGrid } from '../model/snapshot-grid';
import { axisMax, type StripPlane, timeAt, xOf } from '../model/strip';
import { Scrubber } from './Scrubber';
import { StripAreas } from './StripAreas';
import { focusRing } from './theme';

export interface TimeStripProps {
  readonly clock: Clock;
  readonly width: number;
  readonly height: number;
  readonly range: { readonly fromMs: number; readonly toMs: number };
  readonly grid: SnapshotGrid;
  readonly states: StateSeries | undefined;
  readonly metrics: PoolMetrics;
  readonly index: number;
  readonly window: { readonly fromMs: number; readonly toMs: number };
  readonly valueText: string;
  readonly onGo: (index: number) => void;
  /** `undefined` goes back to the window that follows the instant. */
  readonly onWindow: (window: { fromMs: number; toMs: number } | undefined) => void;
}

const LEFT = 30;
const RIGHT = 50;
const SNAPSHOTS_A_PAGE = 12;

/** The whole range: states stacked, the queue as a line, snapshots that are missing, and the scrubber. */
export function TimeStrip(props: TimeStripProps) {
  const { clock, width, height, range, grid, states, metrics, index, window, valueText, onGo, onWindow } =
    props;
  const styles = useStyles2(getStyles);
  const plane = useMemo<StripPlane>(() => {
    const poolMax = sampleAt(metrics.max, range.toMs)?.value;
    const max = axisMax(poolMax, states, metrics.queue);
    return { left: LEFT, right: width - RIGHT, top: 6, bottom: height - 14, max, ...range };
  }, [metrics, range, states, width, height]);

  const drag = (event: PointerEvent<HTMLDivElement>) => {
    const strip = event.currentTarget;
    const box = strip.getBoundingClientRect();
    // The panel may be drawn at another scale than its own, as on a zoomed kiosk.
    const scale = box.width / width;
    const at = (clientX: number) => timeAt(plane, (clientX - box.left) / scale);
    const startMs = at(event.clientX);
    const move = ({ clientX, shiftKey }: { clientX: number; shiftKey: boolean }) => {
      const timeMs = at(clientX);
      if (!shiftKey) return onGo(nearestIndex(grid, timeMs));
      const toMs = Math.max(startMs, timeMs, Math.min(startMs, timeMs) + grid.intervalMs);
      onWindow({ fromMs: Math.min(startMs, timeMs), toMs });
    };
    const end = () => {
      strip.removeEventListener('pointermove', move);
      strip.removeEventListener('pointerup', end);
      strip.removeEventListener('pointercancel', end);
    };
    strip.setPointerCapture(event.pointerId);
    strip.addEventListener('pointermove', move);
    strip.addEventListener('pointerup', end);
    strip.addEventListener('pointercancel', end);
    strip.focus();
    event.preventDefault();
    move(event);
  };

  const press = (event: KeyboardEvent) => {
    const target = keyTarget(event, index, grid.count);
    if (target !== undefined) onGo(target);
    else if (event.key === 'Escape') onWindow(undefined);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };

  return (
    <div
      className={styles.strip}
      style={{ height }}
      role="slider"
      tabIndex={0}
      aria-label="Snapshot"
      aria-valuemin={0}
      aria-valuemax={grid.count - 1}
      aria-valuenow={index}
      aria-valuetext={valueText}
      onPointerDown={drag}
      onKeyDown={press}
    >
      <StripAreas {...{ clock, width, height, plane, grid, states, metrics }} />
      <Scrubber
        plane={plane}
        width={width}
        height={height}
        x={xOf(plane, instantMs(grid, index))}
        fromX={xOf(plane, window.fromMs)}
        toX={xOf(plane, window.toMs)}
      />
    </div>
  );
}

function keyTarget({ key, shiftKey }: KeyboardEvent, index: number, count: number): number | undefined {
  const step = shiftKey ? SNAPSHOTS_A_PAGE : 1;
  switch (key) {
    case 'ArrowLeft':
    case 'ArrowDown':
      return index - step;
    case 'ArrowRight':
    case 'ArrowUp':
      return index + step;
    case 'PageUp':
      return index - SNAPSHOTS_A_PAGE;
    case 'PageDown':
      return index + SNAPSHOTS_A_PAGE;
    case 'Home':
      return 0;
    case 'End':
      return count - 1;
    default:
      return undefined;
  }
}

const getStyles = (theme: GrafanaTheme2) => ({
  strip: css({
    position: 'relative',
    cursor: 'ew-resize',
    touchAction: 'none',
    userSelect: 'none',
    // Layers of their own: the areas are not painted again when the scrubber moves over them.
    '& svg': { position: 'absolute', inset: 0, overflow: 'visible', willChange: 'transform' },
    ...focusRing(theme),
    // Around the labels, not over them.
    '&&:focus-visible': { outlineOffset: 1 },
  }),
});
