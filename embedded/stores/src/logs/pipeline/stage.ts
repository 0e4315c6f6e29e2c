import type { LineState } from './line-state.js';

/** Changes a line or its labels. @returns false to drop it */
export type StageFunction = (state: LineState) => boolean;

/** Values of `__error__`. */
export const PIPELINE_ERROR = {
  json: 'JSONParserErr',
  logfmt: 'LogfmtParserErr',
  sample: 'SampleExtractionErr',
  labelFilter: 'LabelFilterErr',
  template: 'TemplateFormatErr',
} as const;
