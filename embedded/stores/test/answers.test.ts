/**
 * The frozen run, loaded by the loader's own code, gives the answers that the real engines gave.
 *
 * `RECORD=answers npm test -- answers` asks the real engines again (their programs are taken from the PATH);
 * `RECORD=run npm test -- answers` simulates the run anew before.
 */
import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { allQueries, GROUPS, groupOf } from './support/all-queries.js';
import { readAnswers } from './support/answers.js';
import { startEmbedded } from './support/embedded.js';
import { unpackRun } from './support/frozen-run.js';
import { compareAnswers } from './support/judge.js';
import { loadExtras, loadRun, type WritableStores } from './support/load.js';
import { type Moments, momentsOf } from './support/moments.js';
import { keyOf, type Query } from './support/query.js';
import { record } from './support/record.js';

const { RECORD } = process.env;

let folder = '';
let stores: WritableStores & { readonly close: () => Promise<void> };
let moments: Moments;
let queries: readonly Query[];

before(async () => {
  if (RECORD) await record({ anew: RECORD === 'run' });
  folder = await mkdtemp(path.join(tmpdir(), 'answers-'));
  await unpackRun(folder);
  stores = await startEmbedded('2');
  await loadRun(folder, stores);
  await loadExtras(stores);
  moments = await momentsOf(folder);
  queries = await allQueries({ withExtras: true });
});
after(async () => {
  await stores?.close();
  await rm(folder, { recursive: true, force: true });
});

test('the corpus is large enough, and an answer is recorded for each of its queries', () => {
  const answers = readAnswers();
  const written = queries.filter((query) => groupOf(query) !== 'provisioned' && !query.wrong);
  assert.ok(written.length >= 150, `${written.length} queries were written for it`);
  assert.ok(queries.filter(({ wrong }) => wrong).length >= 40);
  const missing = queries.filter((query) => !answers.has(keyOf(query)));
  assert.deepEqual(missing.map(keyOf), [], 'RECORD=answers npm test -- answers');
  assert.equal(answers.size, queries.length);
});

for (const group of GROUPS) {
  test(`as the real engines answer: ${group}`, async () => {
    const answers = readAnswers();
    await compareAnswers(
      queries.filter((query) => groupOf(query) === group),
      stores,
      moments,
      (query) => {
        const answer = answers.get(keyOf(query));
        assert.ok(answer, `no answer is recorded to ${keyOf(query)}`);
        return answer;
      },
    );
  });
}
