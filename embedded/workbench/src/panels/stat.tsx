import {
  colorManipulator,
  type DisplayValue,
  type DisplayValueAlignmentFactors,
  FieldColorModeId,
  FieldConfigProperty,
  type FieldDisplay,
  type GrafanaTheme2,
  getDisplayValueAlignmentFactors,
  getFieldDisplayValues,
  PanelPlugin,
  type PanelProps,
  type ReduceDataOptions,
  VizOrientation,
} from '@grafana/data';
import { PercentChangeColorMode, type VizTextDisplayOptions } from '@grafana/schema';
import {
  BigValue,
  BigValueColorMode,
  BigValueGraphMode,
  BigValueJustifyMode,
  BigValueTextMode,
  DataLinksContextMenu,
  useTheme2,
  VizRepeater,
  type VizRepeaterRenderValueProps,
} from '@grafana/ui';
import * as React from 'react';

interface Options {
  readonly reduceOptions: ReduceDataOptions;
  readonly orientation: VizOrientation;
  readonly text?: VizTextDisplayOptions;
  readonly textMode: BigValueTextMode;
  readonly colorMode: BigValueColorMode;
  readonly graphMode: BigValueGraphMode;
  readonly justifyMode: BigValueJustifyMode;
  readonly wideLayout: boolean;
  readonly showPercentChange: boolean;
  readonly percentChangeColorMode: PercentChangeColorMode;
}

type Value = VizRepeaterRenderValueProps<FieldDisplay, DisplayValueAlignmentFactors>;

/** One big number for each series. */
function StatPanel({ data, width, height, options, fieldConfig, timeZone, ...props }: PanelProps<Options>) {
  const theme = useTheme2();
  const { replaceVariables, renderCounter, timeRange } = props;
  const getValues = () =>
    getFieldDisplayValues({
      fieldConfig,
      reduceOptions: options.reduceOptions,
      replaceVariables,
      theme,
      data: data.series,
      sparkline: options.graphMode !== BigValueGraphMode.None,
      percentChange: options.showPercentChange,
      timeZone,
    });
  const number = (
    { value, width, height, alignmentFactors, count }: Value,
    openMenu?: React.MouseEventHandler,
  ) => (
    <BigValue
      value={readable(value.display, options.colorMode, theme)}
      count={count}
      {...(value.sparkline && { sparkline: { ...value.sparkline, timeRange } })}
      colorMode={options.colorMode}
      graphMode={options.graphMode}
      justifyMode={options.justifyMode}
      textMode={options.textMode}
      text={options.text}
      alignmentFactors={alignmentFactors}
      disableWideLayout={!options.wideLayout}
      percentChangeColorMode={options.percentChangeColorMode}
      width={width}
      height={height}
      theme={theme}
      {...(openMenu && { onClick: openMenu })}
    />
  );
  const render = (value: Value) => {
    const { hasLinks, getLinks } = value.value;
    if (!hasLinks || !getLinks) return number(value);
    return (
      <DataLinksContextMenu links={getLinks}>
        {({ openMenu }) => number(value, openMenu)}
      </DataLinksContextMenu>
    );
  };
  return (
    <VizRepeater
      getValues={getValues}
      getAlignmentFactors={getDisplayValueAlignmentFactors}
      renderValue={render}
      source={data}
      renderCounter={renderCounter}
      orientation={options.orientation}
      width={width}
      height={height}
      itemSpacing={3}
      autoGrid
    />
  );
}

/** Small parts of a number, its unit for instance, have to be read too: colours that are too light are darkened. */
const MIN_CONTRAST = 4.5;

function readable(display: DisplayValue, mode: BigValueColorMode, theme: GrafanaTheme2): DisplayValue {
  if (theme.isDark || mode !== BigValueColorMode.Value || !display.color) return display;
  const { getContrastRatio, darken } = colorManipulator;
  let color = display.color;
  while (getContrastRatio(color, theme.colors.background.primary) < MIN_CONTRAST) color = darken(color, 0.1);
  return { ...display, color };
}

// biome-ignore lint/correctness/useHookAtTopLevel: no hook, in spite of its name
export const plugin = new PanelPlugin<Options>(StatPanel)
  .useFieldConfig({
    standardOptions: {
      [FieldConfigProperty.Color]: { defaultValue: { mode: FieldColorModeId.Thresholds } },
    },
  })
  .setPanelOptions((builder) => {
    const choice = (path: keyof Options, defaultValue: unknown) =>
      builder.addRadio({ path, name: path, defaultValue, settings: { options: [] } } as never);
    choice('orientation', VizOrientation.Auto);
    choice('textMode', BigValueTextMode.Auto);
    choice('colorMode', BigValueColorMode.Value);
    choice('graphMode', BigValueGraphMode.Area);
    choice('justifyMode', BigValueJustifyMode.Auto);
    choice('percentChangeColorMode', PercentChangeColorMode.Standard);
    builder.addBooleanSwitch({ path: 'wideLayout', name: 'Wide layout', defaultValue: true });
    builder.addBooleanSwitch({ path: 'showPercentChange', name: 'Percent change', defaultValue: false });
  });
