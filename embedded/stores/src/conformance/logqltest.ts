/** Runs Loki's `.logqltest` scripts against a store of their own. */

import { nothingScanned } from '../logs/logql/evaluate-logs.js';
import { evaluateMetric } from '../logs/logql/evaluate-metric.js';
import { shift } from '../logs/logql/evaluate-range.js';
import type { Matrix } from '../logs/logql/matrix.js';
import { parse } from '../logs/logql/parse.js';
import { LogsStore } from '../logs/store.js';
import { Budget } from '../query/budget.js';
import { QueryError } from '../query/query-error.js';
import { difference, type Outcome } from './logqltest-expectation.js';
import { type Eval, parseLogqlScript } from './logqltest-script.js';
import type { CaseNote, ConformanceResult } from './result.js';

/** The scripts' beginning of time. */
const EPOCH = { ms: Date.UTC(2026, 0), ns: 0 };

/** @param text of a whole script @throws {Error} on text that is no script */
export async function runLogqlTest(text: string): Promise<ConformanceResult> {
  let store = new LogsStore();
  let passed = 0;
  const failed: CaseNote[] = [];
  const unsupported: CaseNote[] = [];
  for (const block of parseLogqlScript(text)) {
    if (block.kind === 'clear') store = new LogsStore();
    else if (block.kind === 'load') {
      for (const { labels, line, metadata, time_ns } of block.lines) {
        store.append(labels, { time: shift(EPOCH, time_ns), line, metadata });
      }
    } else {
      const { line, text: what, expected } = block.eval;
      const outcome = await run(store, block.eval);
      if (outcome.kind === 'unsupported') unsupported.push({ line, what, why: outcome.message });
      else {
        const why = difference(expected, outcome);
        if (why === undefined) passed++;
        else failed.push({ line, what, why });
      }
    }
  }
  return { passed, failed, unsupported };
}

type Run = Outcome | { readonly kind: 'unsupported'; readonly message: string };

async function run(store: LogsStore, { isInstant, start_ns, end_ns, step_ns, query }: Eval): Promise<Run> {
  try {
    const expression = parse(query);
    if (expression.kind === 'log') return { kind: 'unsupported', message: 'log queries in scripts' };
    const count = isInstant ? 1 : Math.floor((end_ns - start_ns) / step_ns) + 1;
    const steps = { start: shift(EPOCH, start_ns), count, step_ns };
    const evaluation = { store, steps, budget: new Budget(), scanned: nothingScanned() };
    const matrix: Matrix = await evaluateMetric(expression, evaluation);
    if (isInstant && expression.kind === 'literal') return { kind: 'scalar', value: expression.value };
    return { kind: 'matrix', matrix, steps: count };
  } catch (error) {
    if (!(error instanceof QueryError)) throw error;
    return { kind: error.kind === 'unsupported' ? 'unsupported' : 'error', message: error.message };
  }
}
