import assert from 'node:assert/strict';
import { test } from 'node:test';
import { WorkQueue } from '../src/worker/work-queue.js';

/** A queue whose items end when the test says so. */
function controlled(limits: { capacity: number; concurrency: number }) {
  const begun: string[] = [];
  const end = new Map<string, () => void>();
  const queue = new WorkQueue<string>({
    ...limits,
    run: (item) => {
      begun.push(item);
      return new Promise((resolve) => end.set(item, resolve));
    },
  });
  const finish = async (item: string) => {
    end.get(item)?.();
    await new Promise(setImmediate);
  };
  return { queue, begun, finish };
}

test('items run in order, never more at once than there are hands', async () => {
  const { queue, begun, finish } = controlled({ capacity: 10, concurrency: 2 });
  for (const item of ['a', 'b', 'c', 'd']) assert.ok(queue.offer(item));
  assert.deepEqual(begun, ['a', 'b']);
  assert.equal(queue.waiting, 2);
  await finish('b');
  assert.deepEqual(begun, ['a', 'b', 'c']);
  assert.equal(queue.running, 2);
});

test('a full queue refuses, and takes again when there is room', async () => {
  const { queue, finish } = controlled({ capacity: 1, concurrency: 1 });
  assert.deepEqual([queue.offer('a'), queue.offer('b'), queue.offer('c')], [true, true, false]);
  await finish('a');
  assert.equal(queue.offer('c'), true);
});

test('stop waits for what runs and begins nothing more', async () => {
  const { queue, begun, finish } = controlled({ capacity: 10, concurrency: 1 });
  queue.offer('a');
  queue.offer('b');
  let stopped = false;
  const stopping = queue.stop().then(() => {
    stopped = true;
  });
  await new Promise(setImmediate);
  assert.equal(stopped, false);
  await finish('a');
  await stopping;
  assert.deepEqual(begun, ['a']);
  assert.equal(queue.offer('c'), false);
});
