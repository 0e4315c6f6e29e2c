/**
 * Which labels a metric query needs of a line. Parsers read no more than that, as in the engine, where one sees it: a
 * line that is malformed behind the last label that is needed is no error.
 */
import { EXTRACTED_SUFFIX } from './line-state.js';

export interface Hints {
  /** Nothing at all is needed: parsers do nothing. */
  readonly noLabels: boolean;
  /** Undefined: all. */
  readonly required: ReadonlySet<string> | undefined;
  /** The query asks for errors: they fail nothing. */
  readonly preserveErrors: boolean;
}

export const ALL_LABELS: Hints = { noLabels: false, required: undefined, preserveErrors: false };

export interface Needs {
  /** Of filters and formats in the pipeline. */
  readonly byStages: readonly string[];
  readonly groups: readonly string[];
  readonly without: boolean;
  /** The answer has no labels. */
  readonly noLabels: boolean;
}

export function createHints({ byStages, groups, without, noLabels }: Needs): Hints {
  const required = new Set<string>();
  for (const name of [...byStages, ...groups]) {
    required.add(name);
    // Which of them collide is only known when lines are read.
    if (name.endsWith(EXTRACTED_SUFFIX)) required.add(name.slice(0, -EXTRACTED_SUFFIX.length));
  }
  required.delete('');
  if (noLabels && required.size === 0) return { noLabels: true, required: undefined, preserveErrors: false };
  if (!noLabels && (without || groups.length === 0)) return ALL_LABELS;
  return { noLabels: false, required, preserveErrors: required.has('__error__') };
}
