import type { FieldNeed } from '../field-columns.js';
import type { Hints } from './hints.js';
import type { LineState } from './line-state.js';

/** Changes a line or its labels. @returns false to drop it */
export type StageFunction = (state: LineState) => boolean;

/** A stage that does the same faster where fields of the lines have been read into columns. */
export interface ColumnStage {
  readonly stage: StageFunction;
  /** Which fields, for a query with such hints. */
  readonly need: (hints: Hints) => FieldNeed | undefined;
}

/** Values of `__error__`. */
export const PIPELINE_ERROR = {
  json: 'JSONParserErr',
  logfmt: 'LogfmtParserErr',
  sample: 'SampleExtractionErr',
  labelFilter: 'LabelFilterErr',
  template: 'TemplateFormatErr',
} as const;
