import {
  SceneDataTransformer,
  SceneGridItem,
  SceneGridRow,
  SceneQueryRunner,
  VizPanel,
} from '@grafana/scenes';
import type { DashboardJson, PanelJson } from './json';
import { PanelLinks } from './PanelLinks';
import { panelMenu } from './panel-menu';
import { withRefIds } from './queries';

/** The panels of a dashboard as children of a grid; those below a row that is closed are the row's. */
export function gridChildren(panels: DashboardJson['panels']): (SceneGridItem | SceneGridRow)[] {
  const children: (SceneGridItem | SceneGridRow)[] = [];
  let open: SceneGridItem[] | undefined;
  for (const json of panels) {
    if (json.type === 'row') {
      const inside = (json.panels ?? []).map(gridItem);
      children.push(
        new SceneGridRow({
          key: `row-${json.id}`,
          title: json.title ?? '',
          isCollapsed: json.collapsed ?? false,
          y: json.gridPos.y,
          children: inside,
        }),
      );
      open = json.collapsed ? undefined : inside;
    } else {
      (open ?? children).push(gridItem(json));
    }
  }
  return children;
}

function gridItem(json: PanelJson): SceneGridItem {
  const { x, y, w, h } = json.gridPos;
  return new SceneGridItem({
    key: `grid-${json.id}`,
    x,
    y,
    width: w,
    height: h,
    isDraggable: false,
    isResizable: false,
    body: toPanel(json),
  });
}

function toPanel(json: PanelJson): VizPanel {
  const data = panelData(json);
  return new VizPanel({
    key: `panel-${json.id}`,
    pluginId: json.type,
    title: json.title ?? '',
    description: json.description ?? '',
    hoverHeader: !json.title,
    displayMode: json.transparent ? 'transparent' : 'default',
    options: json.options ?? {},
    fieldConfig: json.fieldConfig ?? { defaults: {}, overrides: [] },
    ...(json.links?.length && { titleItems: [new PanelLinks({ links: json.links })] }),
    ...(data && { $data: data, menu: panelMenu() }),
  });
}

function panelData({ targets, datasource, ...json }: PanelJson): SceneDataTransformer | undefined {
  if (!targets?.length) return undefined;
  const runner = new SceneQueryRunner({
    queries: withRefIds(targets),
    ...(datasource && { datasource }),
    ...(json.interval && { minInterval: json.interval }),
    ...(json.maxDataPoints ? { maxDataPoints: json.maxDataPoints } : { maxDataPointsFromWidth: true }),
  });
  return new SceneDataTransformer({ $data: runner, transformations: [...(json.transformations ?? [])] });
}
