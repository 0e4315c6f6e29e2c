import { css } from '@emotion/css';
import {
  DashboardCursorSync,
  dateTimeFormat,
  formattedValueToString,
  getValueFormat,
  type PanelProps,
} from '@grafana/data';
import {
  Portal,
  UPlotChart,
  usePanelContext,
  useStyles2,
  useTheme2,
  VizTooltipContainer,
  VizTooltipContent,
  VizTooltipHeader,
  VizTooltipWrapper,
} from '@grafana/ui';
import * as React from 'react';
import { NoData } from '../NoData';
import { ColorLegend } from './ColorLegend';
import { boundLabels, type Cell, type Cells, cellAt, readCells } from './cells';
import { type ColorOptions, palette } from './palette';
import { type Drawing, heatmapConfig, plotData } from './plot-config';

export interface Options {
  readonly color: ColorOptions;
  readonly filterValues: { readonly le: number };
  readonly cellGap: number;
  readonly cellValues: { readonly unit?: string };
  readonly yAxis: { readonly unit?: string };
  readonly legend: { readonly show: boolean };
}

interface Hovered {
  readonly cell: Cell;
  readonly x: number;
  readonly y: number;
}

/** Counts of a histogram's buckets over time, as colours. */
export function HeatmapPanel(props: PanelProps<Options>) {
  const { data, options } = props;
  const { le } = options.filterValues;
  const cells = React.useMemo(() => readCells(data.series[0], le), [data.series, le]);
  return cells ? <Heatmap {...props} cells={cells} /> : <NoData />;
}

const LEGEND_HEIGHT = 36;

function Heatmap({ cells, options, ...props }: PanelProps<Options> & { readonly cells: Cells }) {
  const { timeRange, timeZone, width, height, onChangeTimeRange } = props;
  const theme = useTheme2();
  const { sync, eventsScope } = usePanelContext();
  const [hovered, setHovered] = React.useState<Hovered>();
  const labels = React.useMemo(() => boundLabels(cells, options.yAxis.unit), [cells, options.yAxis.unit]);
  const colors = React.useMemo(() => palette(options.color, theme.isDark), [options.color, theme.isDark]);
  const drawing: Drawing = { cells, labels, colors, cellGap: options.cellGap };
  const latest = React.useRef({ drawing, timeRange, onChangeTimeRange });
  latest.current = { drawing, timeRange, onChangeTimeRange };
  const syncKey = sync && sync() !== DashboardCursorSync.Off ? eventsScope : undefined;

  // What is read from `latest` needs no other plot; other bounds beside the axis do.
  // biome-ignore lint/correctness/useExhaustiveDependencies: see above
  const config = React.useMemo(() => {
    const made = heatmapConfig({
      drawing: () => latest.current.drawing,
      timeRange: () => latest.current.timeRange,
      timeZone,
      theme,
      syncKey,
      onZoom: (range) => latest.current.onChangeTimeRange(range),
    });
    made.addHook('setCursor', (plot) => {
      const { left = -1, top = -1, event } = plot.cursor;
      const cell =
        event && left >= 0 && top >= 0
          ? cellAt(latest.current.drawing.cells, plot.posToVal(left, 'x'), plot.posToVal(top, 'y'))
          : undefined;
      const box = plot.over.getBoundingClientRect();
      setHovered(cell && { cell, x: box.left + left, y: box.top + top });
    });
    return made;
  }, [labels, timeZone, theme, syncKey]);
  const plotHeight = options.legend.show ? height - LEGEND_HEIGHT : height;
  return (
    <div style={{ width, height }}>
      <UPlotChart config={config} data={plotData(cells)} width={width} height={plotHeight} />
      {options.legend.show && <ColorLegend colors={colors} cells={cells} unit={options.cellValues.unit} />}
      {hovered && (
        <Portal>
          <VizTooltipContainer position={hovered} offset={{ x: 10, y: 10 }}>
            <CellTooltip
              cell={hovered.cell}
              labels={labels}
              timeZone={timeZone}
              unit={options.cellValues.unit}
            />
          </VizTooltipContainer>
        </Portal>
      )}
    </div>
  );
}

interface CellTooltipProps {
  readonly cell: Cell;
  readonly labels: readonly string[];
  readonly timeZone: string;
  readonly unit: string | undefined;
}

function CellTooltip({ cell, labels, timeZone, unit }: CellTooltipProps) {
  const styles = useStyles2(getStyles);
  const time = (at: number) => dateTimeFormat(at, { timeZone });
  const { row, count, from, to } = cell;
  return (
    <div className={styles.tooltip}>
      <VizTooltipWrapper>
        <VizTooltipHeader item={{ label: '', value: `${time(from)} to ${time(to)}` }} />
        <VizTooltipContent
          items={[
            { label: 'Bucket', value: `${labels[row]} to ${labels[row + 1]}` },
            { label: 'Count', value: formattedValueToString(getValueFormat(unit)(count)) },
          ]}
        />
      </VizTooltipWrapper>
    </div>
  );
}

function getStyles() {
  return { tooltip: css({ minWidth: 200 }) };
}
