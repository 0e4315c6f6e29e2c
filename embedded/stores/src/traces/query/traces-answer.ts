/** The answer to a search, written trace by trace: it is bounded, and others have their turn meanwhile. */
import type { ApiAnswer } from '../../http/api.js';
import type { Budget } from '../../query/budget.js';
import { goJson } from './go-json.js';

/** Text is held too: so many characters take the place of one value. */
const CHARACTERS_OF_A_VALUE = 16;

/**
 * @param traces made one after the other, as each is written
 * @throws {QueryError} `too_large` when they are too much
 */
export async function tracesAnswer(
  traces: Iterable<object>,
  inspectedTraces: number,
  budget: Budget,
): Promise<ApiAnswer> {
  const texts: string[] = [];
  for (const trace of traces) {
    const text = goJson(trace);
    budget.hold(Math.ceil(text.length / CHARACTERS_OF_A_VALUE));
    texts.push(text);
    await budget.breathe();
  }
  const metrics = { ...(inspectedTraces > 0 ? { inspectedTraces } : {}), completedJobs: 1, totalJobs: 1 };
  return { status: 200, body: `{"traces":[${texts.join()}],"metrics":${goJson(metrics)}}` };
}
