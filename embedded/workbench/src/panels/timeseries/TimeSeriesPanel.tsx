import { DashboardCursorSync, type DataFrame, FieldType, type PanelProps } from '@grafana/data';
import type { VizLegendOptions, VizTooltipOptions } from '@grafana/schema';
import { TooltipDisplayMode } from '@grafana/schema';
import { KeyboardPlugin, TimeSeries, TooltipPlugin2, usePanelContext } from '@grafana/ui';
import * as React from 'react';
import { NoData } from '../NoData';
import { Annotations } from './Annotations';
import { Exemplars } from './Exemplars';
import { GraphTooltip, linksAt } from './GraphTooltip';

export interface Options {
  readonly legend: VizLegendOptions;
  readonly tooltip: VizTooltipOptions;
}

/** `TooltipHoverMode` of @grafana/ui, which exports it as a type only. */
const HOVER = { single: 0, all: 1 } as const;

/** Series over time: lines, areas, bars, stacks, thresholds, annotations and exemplars. */
export function TimeSeriesPanel(props: PanelProps<Options>) {
  const { data, timeRange, timeZone, width, height, options, onChangeTimeRange } = props;
  const { sync, eventsScope } = usePanelContext();
  const frames = React.useMemo(() => graphable(data.series), [data.series]);
  const annotations = data.annotations ?? [];
  if (frames.length === 0) return <NoData />;
  const cursorSync = sync?.() ?? DashboardCursorSync.Off;
  const single = options.tooltip.mode === TooltipDisplayMode.Single;
  return (
    <TimeSeries
      frames={frames}
      structureRev={data.structureRev}
      timeRange={timeRange}
      timeZone={timeZone}
      width={width}
      height={height}
      legend={options.legend}
      options={options}
    >
      {(config, aligned) => (
        <>
          <KeyboardPlugin config={config} />
          {options.tooltip.mode !== TooltipDisplayMode.None && (
            <TooltipPlugin2
              config={config}
              hoverMode={single ? HOVER.single : HOVER.all}
              queryZoom={onChangeTimeRange}
              clientZoom
              syncMode={cursorSync}
              syncScope={eventsScope}
              getDataLinks={(series, row) => linksAt(aligned, series, row)}
              render={(_plot, rows, series, isPinned, _dismiss, _range, viaSync, dataLinks) => (
                <GraphTooltip
                  frame={aligned}
                  rows={rows}
                  series={series}
                  mode={viaSync ? TooltipDisplayMode.Multi : options.tooltip.mode}
                  options={options.tooltip}
                  isPinned={isPinned}
                  dataLinks={dataLinks}
                />
              )}
            />
          )}
          <Annotations config={config} frames={annotations} timeZone={timeZone} />
          <Exemplars config={config} frames={annotations} aligned={aligned} timeZone={timeZone} />
        </>
      )}
    </TimeSeries>
  );
}

/** Frames that have times and numbers, without columns of text; what is no finite number is a gap. */
function graphable(series: readonly DataFrame[]): DataFrame[] {
  const has = (frame: DataFrame, wanted: FieldType) => frame.fields.some(({ type }) => type === wanted);
  return series
    .filter((frame) => frame.length > 0 && has(frame, FieldType.time) && has(frame, FieldType.number))
    .map((frame) => ({
      ...frame,
      fields: frame.fields.flatMap((field) => {
        if (field.type === FieldType.time) return field;
        return field.type === FieldType.number ? { ...field, values: field.values.map(finite) } : [];
      }),
    }));
}

function finite(value: number | null): number | null {
  return Number.isFinite(value) ? value : null;
}
