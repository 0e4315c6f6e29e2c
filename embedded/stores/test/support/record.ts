/** Records what the real engines answer, so that it can be compared where they are not. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { allQueries } from './all-queries.js';
import { writeAnswers } from './answers.js';
import { startEngines } from './engines.js';
import { freezeRun, unpackRun } from './frozen-run.js';
import { answerOf } from './judge.js';
import { loadExtras, loadRun } from './load.js';
import { momentsOf } from './moments.js';
import type { Answer } from './normalise.js';
import { keyOf } from './query.js';

/**
 * Loads the frozen run into real engines and writes down their answers to the whole corpus.
 * @param anew whether the run is simulated again, too
 * @throws {Error} when the engines accept what the corpus says is wrong, or refuse what it says is right
 */
export async function record({ anew }: { readonly anew: boolean }): Promise<void> {
  const work = await mkdtemp(path.join(tmpdir(), 'record-'));
  try {
    if (anew) await freezeRun(work);
    const run = path.join(work, 'run');
    await unpackRun(run);
    const engines = await startEngines(path.join(work, 'engines'));
    try {
      await loadRun(run, engines);
      await loadExtras(engines);
      const moments = await momentsOf(run);
      const answers = new Map<string, Answer>();
      for (const query of await allQueries({ withExtras: true })) {
        const answer = await answerOf(query, engines, moments);
        if (query.wrong !== answer.status >= 400) {
          throw new Error(`${query.source}: the real engine answers ${answer.status} to ${keyOf(query)}`);
        }
        answers.set(keyOf(query), answer);
      }
      writeAnswers(answers);
    } finally {
      await engines.stop();
    }
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}
