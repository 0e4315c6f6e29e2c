/**
 * `npm run bench`, of the stores: how long the default run takes to load, what memory it takes, and how fast every
 * provisioned query is answered. With the addresses of a running stack that holds the same run, each query is asked
 * there too, in turn with the embedded stores:
 *
 *     node scripts/run.mjs embedded/stores/test/bench/main.ts --run DIR --prometheus URL --loki URL --tempo URL
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { generate } from 'generator/generate';
import { type ChildStores, startChild } from '../support/child.js';
import { REPOSITORY } from '../support/frozen-run.js';
import { loadRun } from '../support/load.js';
import { momentsOf } from '../support/moments.js';
import { provisionedQueries } from '../support/provisioned.js';
import type { Query, StoreName, StoreUrls } from '../support/query.js';
import { measure, type Timing } from './measure.js';
import { printTimings } from './print.js';

const { values } = parseArgs({
  options: {
    run: { type: 'string' },
    prometheus: { type: 'string' },
    loki: { type: 'string' },
    tempo: { type: 'string' },
  },
});

const folder = await mkdtemp(path.join(tmpdir(), 'bench-'));
const embedded = await startChild('3');
try {
  const run = values.run ?? (await defaultRun(path.join(folder, 'run')));
  await load(run, embedded);
  const timings = await measure(
    (await provisionedQueries()).map(asShown),
    await momentsOf(run),
    embedded,
    stackUrls(),
  );
  printTimings(timings satisfies readonly Timing[]);
  console.log(`memory of the three stores: at most ${(await embedded.peakMiB()).toFixed(0)} MiB`);
} finally {
  await embedded.stop();
  await rm(folder, { recursive: true });
}

async function defaultRun(out: string): Promise<string> {
  console.log('simulating the default run');
  await generate({
    scenario: 'connection-pool',
    seed: 1,
    endMs: Date.parse('2026-03-02T10:00:00Z'),
    out,
    replace: false,
    app: path.join(REPOSITORY, 'interview-app'),
    scale: 1,
    parameters: {},
  });
  return out;
}

async function load(run: string, stores: ChildStores): Promise<void> {
  const start = performance.now();
  await loadRun(run, stores, (note) => console.log(note));
  console.log(`load with checks and receipt: ${((performance.now() - start) / 1000).toFixed(1)} s`);
}

/** As Grafana sends it: a search is over the whole window, and for the newest matches only. */
function asShown(query: Query): Query {
  if (query.store !== 'tempo') return query;
  const shown: Readonly<Record<string, string>> = { start: '$start', limit: '50', spss: '3' };
  return { ...query, parameters: query.parameters.map(([name, value]) => [name, shown[name] ?? value]) };
}

/** All three addresses or none. */
function stackUrls(): StoreUrls | undefined {
  const given = (['prometheus', 'loki', 'tempo'] as const).filter((name: StoreName) => values[name]);
  if (given.length === 0) return undefined;
  const { prometheus, loki, tempo } = values;
  if (!prometheus || !loki || !tempo)
    throw new Error('give all of --prometheus, --loki and --tempo, or none');
  return { prometheus, loki, tempo };
}
