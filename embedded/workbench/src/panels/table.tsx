import {
  cacheFieldDisplayNames,
  type DataFrame,
  FieldColorModeId,
  FieldConfigProperty,
  PanelPlugin,
  type PanelProps,
} from '@grafana/data';
import { TableCellDisplayMode, TableCellHeight } from '@grafana/schema';
import type { TableSortByFieldState } from '@grafana/ui';
import { TableNG } from '@grafana/ui/unstable';
import * as React from 'react';
import { addFieldOptions } from './field-option';
import { NoData } from './NoData';

interface Options {
  readonly frameIndex: number;
  readonly showHeader: boolean;
  readonly showTypeIcons: boolean;
  readonly cellHeight: TableCellHeight;
  readonly sortBy?: TableSortByFieldState[];
  readonly enablePagination?: boolean;
}

/** The rows of one frame; sorted as the dashboard says until a header is clicked. */
function TablePanel({ data, width, height, options, onOptionsChange, ...props }: PanelProps<Options>) {
  const { timeRange, fieldConfig, title } = props;
  React.useMemo(() => cacheFieldDisplayNames(data.series), [data.series]);
  const frame = shownFrame(data.series, options.frameIndex);
  if (!frame) return <NoData />;
  return (
    <TableNG
      ariaLabel={title}
      data={frame}
      width={width}
      height={height}
      noHeader={!options.showHeader}
      showTypeIcons={options.showTypeIcons}
      resizable
      {...(options.sortBy && { sortBy: options.sortBy })}
      onSortByChange={(sortBy) => onOptionsChange({ ...options, sortBy })}
      cellHeight={options.cellHeight}
      enablePagination={options.enablePagination ?? false}
      timeRange={timeRange}
      fieldConfig={fieldConfig}
      {...(data.structureRev !== undefined && { structureRev: data.structureRev })}
      frozenColumns={0}
      // The other way of making rows of a frame is to compile one, which the page's policy forbids.
      protoParserEnabled
    />
  );
}

function shownFrame(series: readonly DataFrame[], index: number): DataFrame | undefined {
  const frame = series[index] ?? series[0];
  return frame && frame.fields.length > 0 ? frame : undefined;
}

// biome-ignore lint/correctness/useHookAtTopLevel: no hook, in spite of its name
export const plugin = new PanelPlugin<Options>(TablePanel)
  .useFieldConfig({
    standardOptions: {
      [FieldConfigProperty.Color]: { defaultValue: { mode: FieldColorModeId.Thresholds } },
    },
    useCustomConfig: (builder) =>
      addFieldOptions(builder, {
        width: undefined,
        minWidth: 50,
        align: 'auto',
        cellOptions: { type: TableCellDisplayMode.Auto },
        inspect: false,
        hidden: undefined,
        filterable: undefined,
        wrapText: undefined,
        wrapHeaderText: undefined,
        footer: undefined,
        tooltip: undefined,
      }),
  })
  .setPanelOptions((builder) => {
    builder
      .addNumberInput({ path: 'frameIndex', name: 'Frame', defaultValue: 0 })
      .addBooleanSwitch({ path: 'showHeader', name: 'Header', defaultValue: true })
      .addBooleanSwitch({ path: 'showTypeIcons', name: 'Type icons', defaultValue: false })
      .addBooleanSwitch({ path: 'enablePagination', name: 'Pages', defaultValue: false })
      .addRadio({
        path: 'cellHeight',
        name: 'Cell height',
        defaultValue: TableCellHeight.Sm,
        settings: { options: [] },
      });
  });
