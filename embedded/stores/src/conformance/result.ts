/** What running one script of upstream test cases came to. */

export interface CaseNote {
  /** Of the script, from 1. */
  readonly line: number;
  /** The case's own first line: `eval instant at 5m rate(x[1m])`. */
  readonly what: string;
  /** What was expected and what came, or the construct that is not supported. */
  readonly why: string;
}

export interface ConformanceResult {
  readonly passed: number;
  readonly failed: readonly CaseNote[];
  /** Cases on what these stores say that they do not evaluate: neither passed nor failed. */
  readonly unsupported: readonly CaseNote[];
}

/** @param text of a whole script */
export type ConformanceRunner = (text: string) => Promise<ConformanceResult>;
