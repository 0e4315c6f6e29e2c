import {
  behaviors,
  dataLayers,
  SceneDataLayerSet,
  SceneGridLayout,
  SceneRefreshPicker,
  SceneTimePicker,
  SceneTimeRange,
  SceneVariableSet,
  VariableValueSelectors,
} from '@grafana/scenes';
import { DashboardCursorSync } from '@grafana/schema';
import { DashboardScene } from './DashboardScene';
import type { DashboardJson } from './json';
import { gridChildren } from './panel';
import { toVariable } from './variables';

const REFRESH_INTERVALS = ['5s', '10s', '30s', '1m', '5m'];

/** A dashboard's JSON as a scene. */
export function toScene(json: DashboardJson): DashboardScene {
  const sync = json.graphTooltip ?? DashboardCursorSync.Off;
  return new DashboardScene({
    key: json.uid,
    $timeRange: new SceneTimeRange({ ...json.time, ...(json.timezone && { timeZone: json.timezone }) }),
    $variables: new SceneVariableSet({ variables: (json.templating?.list ?? []).map(toVariable) }),
    $data: new SceneDataLayerSet({ layers: annotationLayers(json) }),
    $behaviors: [
      new behaviors.CursorSync({ key: `crosshair-${json.uid}`, sync }),
      new behaviors.SceneQueryController(),
    ],
    title: json.title,
    description: json.description ?? '',
    links: json.links ?? [],
    selectors: new VariableValueSelectors({}),
    controls: [
      new SceneTimePicker({}),
      new SceneRefreshPicker({
        withText: true,
        intervals: REFRESH_INTERVALS,
        ...(json.refresh && { refresh: json.refresh }),
      }),
    ],
    body: new SceneGridLayout({
      isDraggable: false,
      isResizable: false,
      isLazy: true,
      children: gridChildren(json.panels),
    }),
  });
}

function annotationLayers(json: DashboardJson): dataLayers.AnnotationsDataLayer[] {
  return (json.annotations?.list ?? []).map(
    (query) =>
      new dataLayers.AnnotationsDataLayer({
        key: `annotations-${query.name}`,
        name: query.name,
        query,
        isEnabled: query.enable,
        isHidden: query.hide ?? false,
      }),
  );
}
