import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Release, Turns } from './turns.js';

const FOREVER_MS = 2 ** 30;
const there = new AbortController().signal;

async function taken(turn: Promise<Release | undefined>): Promise<Release> {
  const release = await turn;
  assert.ok(release);
  return release;
}

/** Lets everything go on that can. */
function settled(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

test('so many at once have a turn, the others wait in order', async () => {
  const turns = new Turns({ atOnce: 2, patience_ms: FOREVER_MS });
  const first = await taken(turns.take(there));
  const second = await taken(turns.take(there));
  const order: string[] = [];
  const third = taken(turns.take(there)).finally(() => order.push('third'));
  const fourth = taken(turns.take(there)).finally(() => order.push('fourth'));
  await settled();
  assert.deepEqual(order, []);
  first();
  // Twice gives no second turn.
  first();
  await settled();
  assert.deepEqual(order, ['third']);
  second();
  (await third)();
  (await fourth)();
  assert.deepEqual(order, ['third', 'fourth']);
});

test('turns that are given back together can all be taken again, and no more', async () => {
  const turns = new Turns({ atOnce: 2, patience_ms: FOREVER_MS });
  const two = [await taken(turns.take(there)), await taken(turns.take(there))];
  const waiting = turns.take(there);
  for (const release of two) release();
  await taken(waiting);
  await taken(turns.take(there));
  const leaving = new AbortController();
  const more = turns.take(leaving.signal);
  await settled();
  leaving.abort();
  assert.equal(await more, undefined);
});

test('who has gone, or has lost patience, gets none and takes none', async () => {
  const turns = new Turns({ atOnce: 1, patience_ms: FOREVER_MS });
  const release = await taken(turns.take(there));
  const leaving = new AbortController();
  const gone = turns.take(leaving.signal);
  leaving.abort();
  assert.equal(await gone, undefined);
  assert.equal(await turns.take(AbortSignal.abort()), undefined);
  release();
  await taken(turns.take(there));

  const hasty = new Turns({ atOnce: 1, patience_ms: 1 });
  const only = await taken(hasty.take(there));
  assert.equal(await hasty.take(there), undefined);
  only();
  await taken(hasty.take(there));
});
