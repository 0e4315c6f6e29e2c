import {
  behaviors,
  EmbeddedScene,
  SceneControlsSpacer,
  SceneDataTransformer,
  SceneGridItem,
  SceneGridLayout,
  SceneQueryRunner,
  SceneRefreshPicker,
  SceneTimePicker,
  SceneTimeRange,
  VizPanel,
} from '@grafana/scenes';

export type DashboardJson = any;

export function toScene(d: DashboardJson): EmbeddedScene {
  return new EmbeddedScene({
    $timeRange: new SceneTimeRange({ from: d.time.from, to: d.time.to }),
    $behaviors: [new behaviors.CursorSync({ key: 'x', sync: d.graphTooltip ?? 0 })],
    controls: [new SceneControlsSpacer(), new SceneTimePicker({}), new SceneRefreshPicker({})],
    body: new SceneGridLayout({
      children: d.panels.map(
        (p: any) =>
          new SceneGridItem({
            x: p.gridPos.x,
            y: p.gridPos.y,
            width: p.gridPos.w,
            height: p.gridPos.h,
            body: new VizPanel({
              key: `panel-${p.id}`,
              title: p.title,
              pluginId: p.type,
              options: p.options,
              fieldConfig: p.fieldConfig ?? { defaults: {}, overrides: [] },
              $data: p.targets?.length
                ? new SceneDataTransformer({
                    $data: new SceneQueryRunner({ datasource: p.datasource, queries: p.targets }),
                    transformations: p.transformations ?? [],
                  })
                : undefined,
            }),
          }),
      ),
    }),
  });
}
