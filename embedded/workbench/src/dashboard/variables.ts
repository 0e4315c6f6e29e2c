import { CustomVariable, QueryVariable, type SceneVariable, TextBoxVariable } from '@grafana/scenes';
import type { VariableHide, VariableRefresh, VariableSort } from '@grafana/schema';
import type { VariableJson } from './json';

/**
 * A variable of a dashboard's JSON as one of a scene.
 * @throws {Error} for a type that no dashboard here uses
 */
export function toVariable(json: VariableJson): SceneVariable {
  const { name, label, description, hide, skipUrlSync, current } = json;
  const common = {
    name,
    ...(label && { label }),
    ...(description && { description }),
    ...(hide !== undefined && { hide: hide as VariableHide }),
    skipUrlSync: skipUrlSync ?? false,
  };
  const choice = {
    isMulti: json.multi ?? false,
    includeAll: json.includeAll ?? false,
    defaultToAll: json.includeAll ?? false,
    ...(json.allValue && { allValue: json.allValue }),
    value: current?.value ?? '',
    text: current?.text ?? '',
  };
  switch (json.type) {
    case 'query':
      return new QueryVariable({
        ...common,
        ...choice,
        query: json.query ?? '',
        datasource: json.datasource ?? null,
        ...(json.regex && { regex: json.regex }),
        ...(json.sort !== undefined && { sort: json.sort as VariableSort }),
        ...(json.refresh !== undefined && { refresh: json.refresh as VariableRefresh }),
      });
    case 'custom':
      return new CustomVariable({ ...common, ...choice, query: String(json.query ?? '') });
    case 'textbox':
      return new TextBoxVariable({ ...common, value: String(current?.value ?? json.query ?? '') });
    default:
      throw new Error(
        `Unknown type "${json.type}" of the variable ${name}; there are query, custom and textbox`,
      );
  }
}
