import { css } from '@emotion/css';
import {
  cacheFieldDisplayNames,
  type DataFrame,
  type Field,
  FieldColorModeId,
  FieldConfigProperty,
  FieldType,
  PanelPlugin,
  type PanelProps,
} from '@grafana/data';
import { TableCellDisplayMode, TableCellHeight } from '@grafana/schema';
import { type TableSortByFieldState, useStyles2 } from '@grafana/ui';
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
  const styles = useStyles2(getStyles);
  React.useMemo(() => cacheFieldDisplayNames(data.series), [data.series]);
  const frame = React.useMemo(
    () => shownFrame(data.series, options.frameIndex),
    [data.series, options.frameIndex],
  );
  if (!frame) return <NoData />;
  return (
    <div className={styles.table}>
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
    </div>
  );
}

function getStyles() {
  return {
    // What does not fit ends in an ellipsis, links too.
    table: css({
      '& [role="gridcell"]': { textOverflow: 'ellipsis' },
      '& [role="gridcell"] a': {
        display: 'block',
        overflow: 'hidden',
        textOverflow: 'ellipsis',
        whiteSpace: 'nowrap',
      },
    }),
  };
}

function shownFrame(series: readonly DataFrame[], index: number): DataFrame | undefined {
  const frame = series[index] ?? series[0];
  return frame && frame.fields.length > 0 ? { ...frame, fields: frame.fields.map(withHiding) } : undefined;
}

/** `custom.hidden` is how dashboards hide a column, `custom.hideFrom.viz` how it is read now. */
function withHiding(field: Field): Field {
  const { custom } = field.config;
  if (field.type === FieldType.nestedFrames) {
    const nested = (frames: DataFrame[]) =>
      frames.map((frame) => ({ ...frame, fields: frame.fields.map(withHiding) }));
    return { ...field, values: field.values.map(nested) };
  }
  if (!custom?.hidden) return field;
  return { ...field, config: { ...field.config, custom: { ...custom, hideFrom: { viz: true } } } };
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
        hideFrom: undefined,
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
