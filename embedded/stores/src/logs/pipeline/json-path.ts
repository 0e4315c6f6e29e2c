/** `| json label="path"`: single values out of the line's object. */
import type { FieldNeed } from '../field-columns.js';
import type { Extraction } from '../logql/ast.js';
import type { TextColumn } from '../stream.js';
import { parseJsonPath, valueAtPath } from './json-path-value.js';
import type { LineState } from './line-state.js';
import { type ColumnStage, PIPELINE_ERROR } from './stage.js';

/** @throws {Error} on a path that is none */
export function createJsonPathStage(extractions: readonly Extraction[]): ColumnStage {
  const paths = extractions.map(({ label, expression }) => ({ label, path: parseJsonPath(expression) }));
  const need: FieldNeed = { format: 'path', names: extractions.map(({ expression }) => expression) };
  let stream: LineState['stream'];
  let columns: readonly TextColumn[] | undefined;
  const stage = (state: LineState): boolean => {
    const { line } = state;
    if (line === '' || state.hasAllRequired) return true;
    if (!startsAsJson(line)) {
      state.setParserError(PIPELINE_ERROR.json, '');
      return true;
    }
    if (state.stream !== stream) {
      stream = state.stream;
      columns = undefined;
    }
    columns ??= stream?.fields.of(need);
    let matches = 0;
    for (const [index, { label, path }] of paths.entries()) {
      const column = state.isOriginal ? columns?.[index] : undefined;
      const value = column ? column[state.index] : valueAtPath(line, path);
      if (value === undefined) continue;
      state.setParsed(state.nameFor(label), value);
      matches++;
    }
    if (matches < paths.length) {
      for (const { label } of paths) if (state.get(label) === undefined) state.setParsed(label, '');
    }
    return true;
  };
  return { stage, need: ({ noLabels }) => (noLabels ? undefined : need) };
}

function startsAsJson(line: string): boolean {
  return line[0] === '{' || line[0] === '[' || line[0] === '"';
}
