/** From the stages of a query to functions that lines go through. */

import { QueryError } from '../../query/query-error.js';
import type { FieldNeed } from '../field-columns.js';
import { replaceAll } from '../go/expand.js';
import type { LabelFilter, LogExpression, Stage } from '../logql/ast.js';
import { formatStage } from '../logql/format-stages.js';
import { messageOf, stageError } from '../logql/parse-error.js';
import { compileRegex } from '../regex.js';
import { createColumnParser, createPrecheck } from './column-stages.js';
import type { Hints } from './hints.js';
import { parseJson } from './json.js';
import { createJsonPathStage } from './json-path.js';
import { createLabelFilter, namesIn } from './label-filter.js';
import {
  compileLineTemplate,
  createDrop,
  createKeep,
  createLabelFormat,
  createLineFormat,
  namesInFormats,
} from './label-stages.js';
import { createLineTest } from './line-filter.js';
import { createLogfmtExpressionStage, createLogfmtStage } from './logfmt.js';
import { createPatternStage } from './pattern.js';
import { createRegexpStage } from './regexp.js';
import type { ColumnStage, StageFunction } from './stage.js';
import { unpack } from './unpack.js';

type AnyStage = StageFunction | ColumnStage;

export interface Pipeline {
  readonly stages: readonly StageFunction[];
  /** Labels that filters and formats read. */
  readonly names: readonly string[];
  /** Fields that stages would rather have as columns. */
  readonly needs: (hints: Hints) => readonly FieldNeed[];
}

/**
 * @throws {QueryError} naming the stage that is not as it has to be
 */
export function compilePipeline({ stages }: LogExpression): Pipeline {
  const ordered = reorder(stages);
  const compiled = ordered.flatMap((stage, index) => compileStage(stage, ordered.slice(index + 1)));
  return {
    stages: compiled.map((stage) => (typeof stage === 'function' ? stage : stage.stage)),
    names: ordered.flatMap(namesOf),
    needs: (hints) =>
      compiled
        .flatMap((stage) => (typeof stage === 'function' ? [] : [stage.need(hints)]))
        .filter((need) => !!need),
  };
}

/** As in the engine, filters of lines go before whatever leaves the line as it is, except filters of labels. */
function reorder(stages: readonly Stage[]): readonly Stage[] {
  const ordered: Stage[] = [];
  let filters: Extract<Stage, { kind: 'line_filters' }>['filters'] = [];
  let others: Stage[] = [];
  const flush = () => {
    if (filters.length > 0) ordered.push({ kind: 'line_filters', filters });
    ordered.push(...others);
    filters = [];
    others = [];
  };
  for (const stage of stages) {
    if (stage.kind === 'line_filters') filters = [...filters, ...stage.filters];
    else if (stage.kind === 'label_filter') {
      flush();
      ordered.push(stage);
    } else {
      others.push(stage);
      if (stage.kind === 'line_format' || stage.kind === 'unpack') flush();
    }
  }
  flush();
  return ordered;
}

function compileStage(stage: Stage, following: readonly Stage[]): readonly AnyStage[] {
  try {
    return createStage(stage, following);
  } catch (error) {
    throw error instanceof QueryError ? error : stageError(formatStage(stage), messageOf(error));
  }
}

function createStage(stage: Stage, following: readonly Stage[]): readonly AnyStage[] {
  switch (stage.kind) {
    case 'line_filters': {
      const tests = stage.filters.map(createLineTest);
      return tests.map((test) => (state) => test(state.line));
    }
    case 'json':
      if (stage.extractions.length > 0) return [createJsonPathStage(stage.extractions)];
      return withColumns('json', (state) => parseJson(state), following);
    case 'logfmt':
      if (stage.extractions.length > 0) return [createLogfmtExpressionStage(stage.extractions, stage.strict)];
      if (stage.strict || stage.keepEmpty) return [createLogfmtStage(stage)];
      return withColumns('logfmt', createLogfmtStage(stage), following);
    case 'regexp':
      return [createRegexpStage(stage.pattern)];
    case 'pattern':
      return [createPatternStage(stage.pattern)];
    case 'unpack':
      return [unpack];
    case 'decolorize':
      return [createDecolorize()];
    case 'label_filter':
      return [createLabelFilter(stage.filter)];
    case 'line_format':
      return [createLineFormat(stage.template)];
    case 'label_format':
      return [createLabelFormat(stage.formats)];
    case 'drop':
      return [createDrop(stage.labels)];
    case 'keep':
      return [createKeep(stage.labels)];
  }
}

/** A parser that reads columns where it may, after filters that need no more than columns either. */
function withColumns(
  format: 'json' | 'logfmt',
  parse: StageFunction,
  following: readonly Stage[],
): readonly AnyStage[] {
  const filters: LabelFilter[] = [];
  for (const stage of following) {
    if (stage.kind !== 'label_filter') break;
    filters.push(stage.filter);
  }
  const parser = createColumnParser(format, parse);
  const precheck = createPrecheck(format, filters);
  return precheck ? [precheck, parser] : [parser];
}

const ESCAPE = '\u001b';
const CONTROL = '\u009b';
/** Escape sequences of terminals. */
const ANSI =
  '[\\x{1B}\\x{9B}][[\\]()#;?]*(?:(?:(?:[a-zA-Z\\d]*(?:;[a-zA-Z\\d]*)*)?\\x{07})|(?:(?:\\d{1,4}(?:;\\d{0,4})*)?[\\dA-PRZcf-ntqry=><~]))';

function createDecolorize(): StageFunction {
  const regex = compileRegex(ANSI);
  return (state) => {
    // Most lines have none.
    if (!state.line.includes(ESCAPE) && !state.line.includes(CONTROL)) return true;
    state.line = replaceAll(regex, state.line, () => '');
    state.isOriginal = false;
    return true;
  };
}

function namesOf(stage: Stage): readonly string[] {
  if (stage.kind === 'label_filter') return namesIn(stage.filter);
  if (stage.kind === 'line_format') return compileLineTemplate(stage.template).fields;
  return stage.kind === 'label_format' ? namesInFormats(stage.formats) : [];
}
