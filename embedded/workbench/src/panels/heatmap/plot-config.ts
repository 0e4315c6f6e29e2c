import type { GrafanaTheme2, TimeRange, TimeZone } from '@grafana/data';
import { AxisPlacement, ScaleDirection, ScaleOrientation } from '@grafana/schema';
import { UPlotConfigBuilder } from '@grafana/ui';
import type uPlot from 'uplot';
import type { Cells } from './cells';
import { colorIndex } from './palette';

export interface Drawing {
  readonly cells: Cells;
  readonly labels: readonly string[];
  readonly colors: readonly string[];
  readonly cellGap: number;
}

interface Given {
  /** Asked for at every drawing: what is drawn may change, the axes stay. */
  readonly drawing: () => Drawing;
  readonly timeRange: () => TimeRange;
  readonly timeZone: TimeZone;
  readonly theme: GrafanaTheme2;
  readonly syncKey: string | undefined;
  readonly onZoom: (range: { from: number; to: number }) => void;
}

/** Below this height of a row, in pixels, every second bound is named, and so on. */
const LABEL_HEIGHT = 12;

/** Cells below this width, in pixels, touch each other. */
const NARROW = 3;

/** Axes, crosshair, zoom and the cells themselves. */
export function heatmapConfig({
  drawing,
  timeRange,
  timeZone,
  theme,
  syncKey,
  onZoom,
}: Given): UPlotConfigBuilder {
  const config = new UPlotConfigBuilder(timeZone);
  const rows = () => drawing().cells.rows.length;
  config.addScale({
    scaleKey: 'x',
    isTime: true,
    orientation: ScaleOrientation.Horizontal,
    direction: ScaleDirection.Right,
    range: () => [timeRange().from.valueOf(), timeRange().to.valueOf()],
  });
  config.addScale({
    scaleKey: 'y',
    isTime: false,
    orientation: ScaleOrientation.Vertical,
    direction: ScaleDirection.Up,
    range: () => [0, rows()],
  });
  config.addAxis({ scaleKey: 'x', isTime: true, placement: AxisPlacement.Bottom, timeZone, theme });
  config.addAxis({
    scaleKey: 'y',
    placement: AxisPlacement.Left,
    theme,
    splits: (plot) => {
      const every = Math.ceil(
        (LABEL_HEIGHT * (rows() + 1)) / (plot.bbox.height / window.devicePixelRatio || 1),
      );
      return Array.from({ length: rows() + 1 }, (_, index) => index).filter((index) => index % every === 0);
    },
    values: (_, splits) => splits.map((index) => drawing().labels[index] ?? ''),
  });
  config.addSeries({
    facets: [],
    scaleKey: 'y',
    pathBuilder: () => null,
    pointsFilter: () => null,
    theme,
  } as never);
  config.addHook('drawSeries', (plot) => drawCells(plot, drawing()));
  config.addHook('setSelect', (plot) => {
    const { left, width } = plot.select;
    if (width < 2) return;
    onZoom({ from: plot.posToVal(left, 'x'), to: plot.posToVal(left + width, 'x') });
    plot.setSelect({ left: 0, width: 0, top: 0, height: 0 }, false);
  });
  config.setCursor({
    drag: { x: true, y: false, setScale: false },
    points: { show: false },
    ...(syncKey && { sync: { key: syncKey, scales: ['x', null] } }),
  });
  return config;
}

/** What uPlot is to lay its axes out by: the times, and a series that draws nothing itself. */
export function plotData({ times }: Cells): uPlot.AlignedData {
  return [times as number[], times.map(() => null)];
}

function drawCells(plot: uPlot, { cells, colors, cellGap }: Drawing): void {
  const { ctx, bbox } = plot;
  const gap = cellGap * window.devicePixelRatio;
  const width = plot.valToPos(cells.stepMs, 'x', true) - plot.valToPos(0, 'x', true);
  // Between narrow cells a gap would be all that is seen.
  const gapX = width < NARROW * window.devicePixelRatio ? 0 : gap;
  ctx.save();
  ctx.beginPath();
  ctx.rect(bbox.left, bbox.top, bbox.width, bbox.height);
  ctx.clip();
  for (const [index, { counts }] of cells.rows.entries()) {
    const bottom = Math.round(plot.valToPos(index, 'y', true));
    const top = Math.round(plot.valToPos(index + 1, 'y', true));
    for (const [column, count] of counts.entries()) {
      if (count === null) continue;
      const to = cells.times[column] ?? 0;
      const left = Math.round(plot.valToPos(to - cells.stepMs, 'x', true));
      const right = Math.round(plot.valToPos(to, 'x', true));
      ctx.fillStyle = colors[colorIndex(count, cells, colors.length)] ?? '';
      ctx.fillRect(left, top + gap, Math.max(1, right - left - gapX), Math.max(1, bottom - top - gap));
    }
  }
  ctx.restore();
}
