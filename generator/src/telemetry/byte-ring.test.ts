import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Worker } from 'node:worker_threads';
import { ByteRing, type Piece } from './byte-ring.js';

const SIZE = 1000;

test('bytes come out in order, piece by piece, around the end of the ring', () => {
  const memory = ByteRing.memory(SIZE);
  const [sender, receiver] = [new ByteRing(memory), new ByteRing(memory)];
  const received: number[] = [];
  const sent = Array.from({ length: 5 * 300 }, (_, i) => i % 251);
  for (let at = 0; at < sent.length; at += 300) {
    const pieces: Piece[] = [];
    sender.put(Uint8Array.from(sent.slice(at, at + 300)), (piece) => pieces.push(piece));
    for (const piece of pieces) receiver.take(piece, (bytes) => received.push(...bytes));
  }
  assert.deepEqual(received, sent);
});

test('a sender waits for room, and so can send more than the ring holds', async () => {
  const memory = ByteRing.memory(SIZE);
  const code = `
    import(${JSON.stringify(new URL('./byte-ring.js', import.meta.url).href)}).then(({ ByteRing }) => {
      const { parentPort, workerData } = require('node:worker_threads');
      const bytes = new Uint8Array(10 * ${SIZE} + 7).map((_, i) => i % 251);
      new ByteRing(workerData).put(bytes, (piece) => parentPort.postMessage(piece));
    });`;
  const receiver = new ByteRing(memory);
  const received: number[] = [];
  const thread = new Worker(code, { eval: true, workerData: memory });
  thread.on('message', (piece: Piece) => receiver.take(piece, (bytes) => received.push(...bytes)));
  await new Promise((resolve) => thread.on('exit', resolve));
  assert.equal(received.length, 10 * SIZE + 7);
  assert.ok(received.every((byte, i) => byte === i % 251));
});
