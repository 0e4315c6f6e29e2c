/** What a template may call, by name. */
import type { TemplateFunction } from './arguments.js';
import { NUMBER_FUNCTIONS } from './number-functions.js';
import { OTHER_FUNCTIONS } from './other-functions.js';
import { TEXT_FUNCTIONS } from './text-functions.js';

export const FUNCTIONS: ReadonlyMap<string, TemplateFunction> = new Map([
  ...TEXT_FUNCTIONS,
  ...NUMBER_FUNCTIONS,
  ...OTHER_FUNCTIONS,
]);
