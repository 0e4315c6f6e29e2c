/** Stages that change labels: label_format, keep, drop. */
import type { LabelFormat, NamedMatcher } from '../logql/ast.js';
import { compileTemplate, type Template } from '../template/template.js';
import { LabelSource } from '../template/values.js';
import type { LineState } from './line-state.js';
import { PIPELINE_ERROR, type StageFunction } from './stage.js';

type Format =
  | { readonly kind: 'rename'; readonly label: string; readonly from: string }
  | { readonly kind: 'template'; readonly label: string; readonly template: Template };

/** @throws {Error} in the engine's words; {QueryError} on a function that these stores do not have */
export function createLabelFormat(formats: readonly LabelFormat[]): StageFunction {
  checkNames(formats.map(({ label }) => label));
  const compiled = formats.map((format) => (format.kind === 'rename' ? format : compileFormat(format)));
  const isAlone = compiled.length === 1;
  return (state) => {
    // Templates see the labels as they were when the first of them ran.
    let before: LabelSource | undefined;
    for (const format of compiled) {
      if (format.kind === 'rename') rename(state, format);
      else {
        before ??= isAlone ? sourceOf(state) : LabelSource.of(state.all());
        applyTemplate(state, format, before);
      }
    }
    return true;
  };
}

/** Names of labels that the formats read. */
export function namesInFormats(formats: readonly LabelFormat[]): readonly string[] {
  return formats.flatMap((format) =>
    format.kind === 'rename' ? [format.from] : compileFormat(format).template.fields,
  );
}

function sourceOf(state: LineState): LabelSource {
  return new LabelSource(
    (name) => state.get(name),
    () => state.all(),
  );
}

function checkNames(labels: readonly string[]): void {
  for (const [index, label] of labels.entries()) {
    if (label === '__error__') throw new Error(`${label} cannot be formatted`);
    if (labels.indexOf(label) < index) {
      throw new Error(`multiple label name '${label}' not allowed in a single format operation`);
    }
  }
}

function compileFormat({ label, template }: Extract<LabelFormat, { kind: 'template' }>) {
  const compiled = compileTemplate(template, {
    name: 'label',
    failure: (message) => `invalid template for label '${label}': ${message}`,
  });
  return { kind: 'template', label, template: compiled } as const;
}

function rename(state: LineState, { label, from }: Extract<Format, { kind: 'rename' }>): void {
  const value = state.get(from);
  if (value === undefined) return;
  state.setParsed(label, value);
  state.delete(from);
}

function applyTemplate(
  state: LineState,
  { label, template }: Extract<Format, { kind: 'template' }>,
  labels: LabelSource,
): void {
  const result = template.execute({ labels, line: state.line, time: state.time });
  if (result.kind === 'text') state.setParsed(label, result.text);
  else state.setError(PIPELINE_ERROR.template, result.message);
}

/** @throws {Error} in the engine's words; {QueryError} on a function that these stores do not have */
export function createLineFormat(text: string): StageFunction {
  const template = compileLineTemplate(text);
  const { onlyField } = template;
  return (state) => {
    if (onlyField !== undefined) state.line = state.get(onlyField) ?? '';
    else {
      const result = template.execute({ labels: sourceOf(state), line: state.line, time: state.time });
      if (result.kind === 'error') {
        state.setError(PIPELINE_ERROR.template, result.message);
        return true;
      }
      state.line = result.text;
    }
    state.isOriginal = false;
    return true;
  };
}

/** @throws as {@link createLineFormat} does */
export function compileLineTemplate(text: string): Template {
  return compileTemplate(text, { name: 'line', failure: (message) => `invalid line template: ${message}` });
}

export function createDrop(labels: readonly NamedMatcher[]): StageFunction {
  return (state) => {
    for (const label of labels) {
      const name = typeof label === 'string' ? label : label.name;
      const matches = (value: string) => typeof label === 'string' || label.matches(value);
      if (name === '__error__') {
        if (matches(state.error)) state.error = '';
      } else if (name === '__error_details__') {
        if (matches(state.errorDetails)) state.errorDetails = '';
      } else if (matches(state.get(name) ?? '')) state.delete(name);
    }
    return true;
  };
}

const SPECIAL = new Set(['__error__', '__error_details__', '__preserve_error__']);

export function createKeep(labels: readonly NamedMatcher[]): StageFunction {
  return (state) => {
    for (const [name, value] of state.all()) {
      if (SPECIAL.has(name)) continue;
      const isKept = labels.some((label) =>
        typeof label === 'string' ? label === name : label.name === name && label.matches(value),
      );
      if (!isKept) state.delete(name);
    }
    return true;
  };
}
