/**
 * The whole run, in the embedded stores and in the running stack: both give the same answers. PROMETHEUS_URL, LOKI_URL
 * and TEMPO_URL are the stack's, RUN_DIR is the run that it holds.
 */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { allQueries, GROUPS, groupOf } from './support/all-queries.js';
import { type ChildStores, startChild } from './support/child.js';
import { readCorpus } from './support/corpus.js';
import type { PrometheusVersion } from './support/embedded.js';
import { answerOf, compareAnswers } from './support/judge.js';
import { loadRun } from './support/load.js';
import { fillIn, type Moments, momentsOf } from './support/moments.js';
import { ask, type Query, type StoreUrls } from './support/query.js';

const { PROMETHEUS_URL: prometheus = '', LOKI_URL: loki = '', TEMPO_URL: tempo = '' } = process.env;
const run = process.env.RUN_DIR ?? '';
const stack: StoreUrls = { prometheus, loki, tempo };
const MEMORY_MIB = 1024;

let embedded: ChildStores;
let moments: Moments;
let queries: readonly Query[];

before(async () => {
  assert.ok(prometheus && loki && tempo && run, 'set PROMETHEUS_URL, LOKI_URL, TEMPO_URL and RUN_DIR');
  embedded = await startChild(await versionOf(prometheus));
  await loadRun(run, embedded);
  moments = await momentsOf(run);
  queries = await allQueries({ withExtras: false });
});
/** The major version of the stack's Prometheus. */
async function versionOf(url: string): Promise<PrometheusVersion> {
  const response = await fetch(`${url}/api/v1/status/buildinfo`);
  const { data } = (await response.json()) as { data: { version: string } };
  return data.version.startsWith('2.') ? '2' : '3';
}
after(() => embedded?.stop());

for (const group of GROUPS.filter((name) => !name.includes('-extra'))) {
  test(`as the running stack answers: ${group}`, async () => {
    await compareAnswers(
      queries.filter((query) => groupOf(query) === group),
      embedded,
      moments,
      (query) => answerOf(query, stack, moments),
    );
  });
}

/** Of one that asks for next to nothing, while another asks for too much. */
const TURN_MS = 1000;

test('what asks for too much is answered or refused, and others have their turn meanwhile', async () => {
  for (const query of readCorpus('heavy.txt')) {
    const heavy = { ended: false };
    const answer = ask(fillIn(query, moments), embedded).finally(() => {
      heavy.ended = true;
    });
    let longest_ms = 0;
    while (!heavy.ended) {
      const start = performance.now();
      await fetch(`${embedded.prometheus}/-/ready`);
      longest_ms = Math.max(longest_ms, performance.now() - start);
      await sleep(20);
    }
    const { status, body } = await answer;
    const said = status === 200 ? `${body.length} characters` : body;
    assert.ok([200, 400, 422].includes(status), `${query.source}: ${status} ${said}`);
    assert.ok(longest_ms < TURN_MS, `${query.source}: others waited ${longest_ms.toFixed(0)} ms, ${said}`);
  }
});

test('and they stay below their memory', async () => {
  const peak = await embedded.peakMiB();
  assert.ok(peak < MEMORY_MIB, `${peak.toFixed(0)} MiB`);
});
