import {
  type DataFrame,
  FieldType,
  formattedValueToString,
  getDisplayProcessor,
  type LinkModel,
} from '@grafana/data';
import { config } from '@grafana/runtime';
import type { TooltipDisplayMode, VizTooltipOptions } from '@grafana/schema';
import {
  getFieldDisplayItems,
  getFieldDisplayLinks,
  VizTooltipContent,
  VizTooltipFooter,
  VizTooltipHeader,
  VizTooltipWrapper,
} from '@grafana/ui';
import * as React from 'react';

interface GraphTooltipProps {
  readonly frame: DataFrame;
  /** Which row of each field is meant. */
  readonly rows: (number | null)[];
  /** The series that the pointer is nearest to. */
  readonly series: number | null;
  readonly mode: TooltipDisplayMode;
  readonly options: VizTooltipOptions;
  readonly isPinned: boolean;
  readonly dataLinks: LinkModel[];
}

/** The values at one moment; pinned by a click, it has the links of the series that was clicked. */
export function GraphTooltip({ frame, rows, series, mode, options, isPinned, dataLinks }: GraphTooltipProps) {
  const [time] = frame.fields;
  const row = rows[0];
  if (!time || row === null || row === undefined) return null;
  const display = time.display ?? getDisplayProcessor({ field: time, theme: config.theme2 });
  const items = getFieldDisplayItems(
    frame.fields,
    time,
    rows,
    series,
    mode,
    options.sort,
    ({ type, config: { custom } }) => type === FieldType.number && !custom?.hideFrom?.tooltip,
    options.hideZeros,
  );
  return (
    <VizTooltipWrapper>
      <VizTooltipHeader
        item={{ label: '', value: formattedValueToString(display(time.values[row])) }}
        isPinned={isPinned}
      />
      <VizTooltipContent items={items} isPinned={isPinned} scrollable maxHeight={options.maxHeight ?? 300} />
      {(isPinned || dataLinks.some(({ oneClick }) => oneClick)) && <VizTooltipFooter dataLinks={dataLinks} />}
    </VizTooltipWrapper>
  );
}

/** The data links of a point. */
export function linksAt(frame: DataFrame, series: number, row: number): LinkModel[] {
  const field = frame.fields[series];
  return field ? getFieldDisplayLinks(field, row) : [];
}
