/** `| json`: every value of the line's object becomes a label, those of inner objects under joined names. */
import { eachMember, type JsonType } from './json-scan.js';
import { textOf } from './json-text.js';
import { labelName } from './label-name.js';
import type { LineState } from './line-state.js';
import { PIPELINE_ERROR } from './stage.js';

/** Objects within each other; what is deeper is left out. */
const DEEPEST = 200;

/** @param onPath told the path of each label, for who asks where a label comes from */
export function parseJson(
  state: LineState,
  onPath?: (name: string, path: readonly string[]) => void,
): boolean {
  if (state.hasAllRequired) return true;
  const problem = readObject(state, { start: 0, path: [], onPath });
  if (problem !== undefined) state.setParserError(PIPELINE_ERROR.json, problem);
  return true;
}

interface Place {
  readonly start: number;
  /** Keys of the objects around. */
  readonly path: readonly string[];
  readonly onPath: ((name: string, path: readonly string[]) => void) | undefined;
}

function readObject(state: LineState, { start, path, onPath }: Place): string | undefined {
  const { line } = state;
  let inner: string | undefined;
  const problem = eachMember(line, start, (key, type, value) => {
    if (type === 'object') {
      const innerPath = [...path, key];
      if (path.length < DEEPEST && isWanted(state, joined(innerPath))) {
        inner = readObject(state, { start: value.start, path: innerPath, onPath });
      }
      return inner !== undefined;
    }
    if (isScalar(type)) {
      const name = path.length === 0 ? state.nameFor(labelName(key)) : nestedName(state, [...path, key]);
      if (name !== '' && state.wants(name)) {
        state.setParsed(name, type === 'string' ? textOf(line, value) : line.slice(value.start, value.end));
        onPath?.(name, [...path, key]);
      }
    }
    return state.hasAllRequired;
  });
  return inner ?? problem;
}

function isScalar(type: JsonType): boolean {
  return type === 'string' || type === 'number' || type === 'boolean';
}

function nestedName(state: LineState, path: readonly string[]): string {
  return state.nameFor(joined(path));
}

/** The engine joins first: only the whole may not begin with a digit. */
function joined(path: readonly string[]): string {
  return labelName(
    path
      .map((part) => part.trim())
      .filter((part) => part !== '')
      .map((part) => part.replace(/[^a-zA-Z0-9_]/gu, '_'))
      .join('_'),
  );
}

/** Whether anything below a prefix is. */
function isWanted({ hints: { required } }: LineState, prefix: string): boolean {
  if (required === undefined) return true;
  for (const name of required) if (name.startsWith(prefix)) return true;
  return false;
}
