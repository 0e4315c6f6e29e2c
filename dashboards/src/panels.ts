/** Panels with the looks that all dashboards share. */
import * as common from '@grafana/grafana-foundation-sdk/common';
import * as dashboard from '@grafana/grafana-foundation-sdk/dashboard';
import * as heatmap from '@grafana/grafana-foundation-sdk/heatmap';
import * as logs from '@grafana/grafana-foundation-sdk/logs';
import * as stat from '@grafana/grafana-foundation-sdk/stat';
import * as text from '@grafana/grafana-foundation-sdk/text';
import * as timeseries from '@grafana/grafana-foundation-sdk/timeseries';
import { DATASOURCE, FIGURES_OVER, type Threshold } from './config.js';
import type { DataLink } from './links.js';
import { byRegexp, colors, dashed, steps } from './overrides.js';
import type { Target } from './targets.js';

/** x, y, width, height in grid units; 24 across. */
export type Place = readonly [number, number, number, number];

export interface Basics {
  readonly title: string;
  readonly description: string;
  readonly at: Place;
  readonly unit: string;
  readonly targets: readonly Target[];
  readonly decimals?: number;
}

export interface Titled {
  title(title: string): this;
  description(description: string): this;
  gridPos(at: dashboard.GridPos): this;
}

/** What every panel has. */
export function titled<Panel extends Titled>(
  panel: Panel,
  { title, description, at }: Omit<Basics, 'unit' | 'targets'>,
): Panel {
  const [x, y, w, h] = at;
  return panel.title(title).description(description).gridPos({ x, y, w, h });
}

export interface Lines extends Basics {
  readonly min?: number;
  readonly max?: number;
  readonly log?: boolean;
  readonly stacked?: boolean;
  readonly fill?: number;
  readonly legend?: 'list' | 'table' | 'none';
  readonly color?: Readonly<Record<string, string>>;
  /** Names of series that are limits: drawn as dashed lines, orange ones if they have no colour of their own. */
  readonly limits?: readonly string[];
  /** Series with few samples: their points are joined over gaps of up to this many ms. */
  readonly joined?: number;
  readonly links?: readonly dashboard.DashboardLinkBuilder[];
  /** Ways on from a point of a series. */
  readonly seriesLinks?: readonly DataLink[];
}

export function lines(options: Lines): timeseries.PanelBuilder {
  const { unit, targets, fill = 0, stacked = false, color = {}, limits = [] } = options;
  const panel = titled(new timeseries.PanelBuilder(), options)
    .datasource(DATASOURCE.prometheus)
    .targets([...targets])
    .unit(unit)
    // The outline of a stacked area without height would lie on top of the others, and look like one.
    .lineWidth(fill >= 50 ? 0 : 1)
    .fillOpacity(fill)
    .showPoints(common.VisibilityMode.Never)
    .axisBorderShow(false)
    .legend(legendOf(options.legend ?? 'list'))
    .tooltip(
      new common.VizTooltipOptionsBuilder()
        .mode(common.TooltipDisplayMode.Multi)
        .sort(common.SortOrder.Descending),
    )
    .overrides([...colors(color), ...limits.map((name) => dashed(name, color[name] ?? 'orange'))]);
  if (options.decimals !== undefined) panel.decimals(options.decimals);
  if (options.min !== undefined) panel.min(options.min);
  if (options.max !== undefined) panel.max(options.max);
  if (options.joined !== undefined) panel.spanNulls(options.joined);
  if (stacked) panel.stacking(new common.StackingConfigBuilder().mode(common.StackingMode.Normal).group('A'));
  if (options.log) panel.scaleDistribution(logarithmic()).mappings(unit === 's' ? [HUNDRED_SECONDS] : []);
  if (options.links) panel.links([...options.links]);
  if (options.seriesLinks) panel.withOverride(byRegexp('.*', { links: options.seriesLinks }));
  return panel;
}

/** A logarithmic axis ends at a power of ten, which Grafana would call 1.67 mins. */
const HUNDRED_SECONDS: dashboard.ValueMap = {
  type: dashboard.MappingType.ValueToText,
  options: { '100': { text: '100 s' } },
};

function logarithmic(): common.ScaleDistributionConfigBuilder {
  return new common.ScaleDistributionConfigBuilder().type(common.ScaleDistribution.Log).log(10);
}

function legendOf(kind: 'list' | 'table' | 'none'): common.VizLegendOptionsBuilder {
  const legend = new common.VizLegendOptionsBuilder().placement(
    kind === 'table' ? common.LegendPlacement.Right : common.LegendPlacement.Bottom,
  );
  if (kind === 'none') return legend.showLegend(false).displayMode(common.LegendDisplayMode.List);
  return legend
    .showLegend(true)
    .displayMode(kind === 'table' ? common.LegendDisplayMode.Table : common.LegendDisplayMode.List)
    .calcs(kind === 'table' ? ['sum'] : []);
}

export interface Figure extends Basics {
  readonly threshold?: Threshold;
}

/** One figure, and the name of its series in words beside it. */
export function figure(options: Figure): stat.PanelBuilder {
  const { unit, targets, threshold } = options;
  const panel = titled(new stat.PanelBuilder(), options)
    .datasource(DATASOURCE.prometheus)
    .targets([...targets])
    .unit(unit)
    .textMode(common.BigValueTextMode.ValueAndName)
    .colorMode(common.BigValueColorMode.Value)
    .graphMode(common.BigValueGraphMode.None)
    .justifyMode(common.BigValueJustifyMode.Auto)
    .orientation(common.VizOrientation.Auto)
    .reduceOptions(new common.ReduceDataOptionsBuilder().calcs(['lastNotNull']).values(false))
    .text(new common.VizTextDisplayOptionsBuilder().titleSize(13).valueSize(32))
    .thresholds(steps(threshold));
  return options.decimals === undefined ? panel : panel.decimals(options.decimals);
}

/** How many took how long, over time. */
export function distribution(options: Omit<Basics, 'decimals'>): heatmap.PanelBuilder {
  return titled(new heatmap.PanelBuilder(), options)
    .datasource(DATASOURCE.prometheus)
    .targets([...options.targets])
    .calculate(false)
    .cellGap(1)
    .yAxis(new heatmap.YAxisConfigBuilder().unit(options.unit).axisPlacement(common.AxisPlacement.Left))
    .cellValues(new heatmap.CellValuesBuilder().unit('reqps'))
    .color(
      new heatmap.HeatmapColorOptionsBuilder()
        .mode(heatmap.HeatmapColorMode.Scheme)
        .scheme('Blues')
        .scale(heatmap.HeatmapColorScale.Exponential)
        .exponent(0.4)
        .steps(64)
        .reverse(false),
    )
    .filterValues(new heatmap.FilterValueRangeBuilder().le(1e-9))
    .rowsFrame(new heatmap.RowsHeatmapOptionsBuilder().layout(common.HeatmapCellLayout.Auto))
    .showColorScale(true)
    .unit(options.unit)
    .hideYHistogram()
    .showLegend();
}

export function logList(options: Omit<Basics, 'unit'>): logs.PanelBuilder {
  return titled(new logs.PanelBuilder(), options)
    .datasource(DATASOURCE.loki)
    .targets([...options.targets])
    .showTime(true)
    .showLabels(false)
    .showCommonLabels(false)
    .wrapLogMessage(false)
    .prettifyLogMessage(false)
    .enableLogDetails(true)
    .dedupStrategy(common.LogsDedupStrategy.None)
    .sortOrder(common.LogsSortOrder.Descending);
}

export function words({
  content,
  ...options
}: Omit<Basics, 'unit' | 'targets'> & { readonly content: string }) {
  return titled(new text.PanelBuilder(), options).mode(text.TextMode.Markdown).content(content);
}

/** "last 5 min", as descriptions say it. */
export const OVER = `last ${FIGURES_OVER.replace('m', '')} min`;
