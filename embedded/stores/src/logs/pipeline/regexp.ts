/** `| regexp "(?P<name>...)"`: named groups become labels. */
import type { RE2JS } from 're2js';
import { compileRegex } from '../regex.js';
import { labelName } from './label-name.js';
import type { StageFunction } from './stage.js';

/** @throws {Error} in the engine's words */
export function createRegexpStage(pattern: string): StageFunction {
  const { regex, groups } = checkedRegexp(pattern);
  return (state) => {
    const matcher = regex.matcher(state.line);
    if (!matcher.find()) return true;
    for (const [group, field] of groups) {
      const name = state.nameFor(field);
      if (state.wants(name)) state.setParsed(name, matcher.group(group) ?? '');
    }
    return true;
  };
}

/** @throws {Error} in the engine's words */
export function checkedRegexp(pattern: string): {
  readonly regex: RE2JS;
  readonly groups: ReadonlyMap<number, string>;
} {
  const regex = compileNamed(pattern);
  const groups = new Map<number, string>();
  for (const [name, group] of Object.entries(regex.namedGroups() as Record<string, number>)) {
    groups.set(group, labelName(name));
  }
  if (groups.size === 0) throw new Error('at least one named capture must be supplied');
  return { regex, groups: new Map([...groups].sort(([a], [b]) => a - b)) };
}

function compileNamed(pattern: string): RE2JS {
  try {
    return compileRegex(pattern);
  } catch (error) {
    const [, name] = /duplicate capture group name: `(?:\(\?P?<)?(\w+)/.exec((error as Error).message) ?? [];
    throw name === undefined ? error : new Error(`duplicate extracted label name '${name}'`);
  }
}
