/** `| logfmt`: pairs of the line become labels; with expressions, only those named, under other names. */
import type { Extraction } from '../logql/ast.js';
import { labelName } from './label-name.js';
import type { LineState } from './line-state.js';
import { eachPair } from './logfmt-scan.js';
import { PIPELINE_ERROR, type StageFunction } from './stage.js';

export interface LogfmtFlags {
  readonly strict: boolean;
  readonly keepEmpty: boolean;
}

export function createLogfmtStage({ strict, keepEmpty }: LogfmtFlags): StageFunction {
  return (state) => {
    if (state.hasAllRequired) return true;
    const problem = eachPair(state.line, strict, (key, value) => {
      const field = labelName(key);
      if (field === '') return false;
      const name = state.nameFor(field);
      if (!state.wants(name) || (value === '' && !keepEmpty)) return false;
      state.setParsed(name, clean(value));
      return state.hasAllRequired;
    });
    if (strict && problem !== undefined) state.setParserError(PIPELINE_ERROR.logfmt, problem);
    return true;
  };
}

/** The replacement character is no valid part of a label. */
export function clean(value: string): string {
  return value.includes('\ufffd') ? value.replaceAll('\ufffd', ' ') : value;
}

const KEY = /^\s*(?:"([^"]*)"|([a-zA-Z_]\w*))\s*$/;

/** @throws {Error} on an expression that is no key, in the engine's words */
export function createLogfmtExpressionStage(
  extractions: readonly Extraction[],
  strict: boolean,
): StageFunction {
  const fields = new Map<string, string>();
  for (const { label, expression } of extractions) fields.set(label, fieldOf(expression));
  const labelOf = new Map([...fields].map(([label, field]) => [field, label]));
  return (state) => {
    if (state.hasAllRequired) return true;
    for (const label of fields.keys()) if (!state.isTaken(label)) state.setParsed(label, '');
    const problem = eachPair(state.line, strict, (key, value) => {
      const field = labelName(key);
      const label = labelOf.get(field) ?? field;
      return fields.has(label) && setField(state, label, value.includes('\ufffd') ? '' : value);
    });
    if (strict && problem !== undefined) state.setParserError(PIPELINE_ERROR.logfmt, problem);
    return true;
  };
}

/** @returns whether the rest of the line is of no interest */
function setField(state: LineState, label: string, value: string): boolean {
  const name = state.nameFor(label);
  if (name !== label && !state.wants(name)) return true;
  state.setParsed(name, value);
  return state.hasAllRequired;
}

function fieldOf(expression: string): string {
  const [, quoted, plain] = KEY.exec(expression) ?? [];
  const field = quoted ?? plain;
  if (field !== undefined) return field;
  throw new Error(`cannot parse expression [${expression}]: ${expressionProblem(expression)}`);
}

function expressionProblem(expression: string): string {
  const [character] = /[^\s\w"]/.exec(expression) ?? [];
  if (character !== undefined) return `unexpected char ${character}`;
  return `syntax error: unexpected ${expression.trim() === '' ? '$end, expecting STRING or KEY' : 'KEY'}`;
}
