/** `| unpack`: what Promtail packed into JSON: texts become labels, `_entry` the line. */
import { eachMember } from './json-scan.js';
import { textOf, unescapeJson } from './json-text.js';
import { labelName } from './label-name.js';
import type { LineState } from './line-state.js';
import { PIPELINE_ERROR } from './stage.js';

const ENTRY = '_entry';

export function unpack(state: LineState): boolean {
  const { line } = state;
  if (line === '' || state.hasAllRequired) return true;
  if (line[0] !== '{') {
    state.setParserError(PIPELINE_ERROR.json, 'expecting json object(6), but it is not');
    return true;
  }
  const labels: (readonly [name: string, value: string])[] = [];
  let entry: string | undefined;
  const problem = eachMember(line, 0, (key, type, value) => {
    if (type !== 'string') return false;
    if (key === ENTRY) {
      const raw = line.slice(value.start, value.end);
      entry = value.escaped ? (unescapeJson(raw) ?? '') : raw;
      return false;
    }
    const name = state.nameFor(key);
    if (state.wants(name)) labels.push([labelName(name), textOf(line, value)]);
    return false;
  });
  if (problem !== undefined) {
    state.setParserError(PIPELINE_ERROR.json, problem);
    return true;
  }
  if (entry === undefined) return true;
  for (const [name, value] of labels) state.setParsed(name, value);
  state.line = entry;
  state.isOriginal = false;
  return true;
}
