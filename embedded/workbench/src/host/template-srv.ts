import {
  getDefaultTimeRange,
  type RawTimeRange,
  type ScopedVars,
  type TypedVariableModel,
} from '@grafana/data';
import type { TemplateSrv } from '@grafana/runtime';
import { type SceneObject, sceneGraph } from '@grafana/scenes';
import { replaceScoped } from './scoped-vars';

type VariableFormat = Parameters<typeof sceneGraph.interpolate>[3];

/** A template: `$name`, `${name}`, `${name:format}` or `[[name]]`. */
const TEMPLATE = /\$\w|\$\{|\[\[/;

/** The dashboard that is open; what a template means outside any panel. */
function openScene(): SceneObject | undefined {
  return (window as { __grafanaSceneContext?: SceneObject }).__grafanaSceneContext;
}

/** The time range of the dashboard that is open, as addresses hold it. */
export function openTimeRange(): RawTimeRange {
  const scene = openScene();
  return scene ? sceneGraph.getTimeRange(scene).state.value.raw : getDefaultTimeRange().raw;
}

function sceneOf(scopedVars: ScopedVars | undefined): SceneObject | undefined {
  const carried = scopedVars?.__sceneObject?.value as { valueOf(): SceneObject } | undefined;
  return carried?.valueOf() ?? openScene();
}

/** Template variables as data sources and panels ask for them, answered by the scene that asks. */
export const templateSrv: TemplateSrv = {
  getVariables: () => {
    const scene = openScene();
    const variables = scene ? sceneGraph.getVariables(scene).state.variables : [];
    return variables.map((variable) => ({
      ...variable.state,
      id: variable.state.name,
    })) as unknown as TypedVariableModel[];
  },
  containsTemplate: (target) => target !== undefined && TEMPLATE.test(target),
  updateTimeRange: () => {},
  replace(target, scopedVars, format, interpolations) {
    if (!target || !TEMPLATE.test(target)) return target ?? '';
    const scene = sceneOf(scopedVars);
    if (scene)
      return sceneGraph.interpolate(scene, target, scopedVars, format as VariableFormat, interpolations);
    return replaceScoped(target, scopedVars ?? {});
  },
};
