import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inWorker } from './in-worker.js';

interface Report {
  readonly findings: readonly (readonly unknown[])[];
  readonly error: string | undefined;
  readonly endUs: number;
}

const run = (part: string, drain?: 'tick' | 'turn') => inWorker<Report>({ part, ...(drain && { drain }) });

test('code that leans on its libraries sees nothing but virtual time, in its own async context', async () => {
  const { findings, error, endUs } = await run('libraries');
  assert.equal(error, undefined);
  assert.equal(endUs, 60_000_000);
  const brief = findings.map(([what, us, context]) => [what, us, context]);
  assert.deepEqual(brief, [
    ['fetch', 0, 'request 2'],
    ['setImmediate', 150, 'request 1'],
    ['setTimeout', 5000, 'request 1'],
    ['aborted', 7000, 'request 2'],
    ['timers/promises', 10_000, 'request 1'],
    ['setInterval', 11_000, 'request 2'],
    ['events.once', 12_000, 'request 1'],
    ['crypto.randomUUID', 12_000, 'request 1'],
    ['setInterval', 15_000, 'request 2'],
    ['setInterval', 19_000, 'request 2'],
    ['stream', 19_000, 'request 2'],
    ['scheduler.wait', 21_000, 'request 2'],
    ['AbortSignal.timeout', 30_000, 'request 1'],
  ]);
  const slept = findings.find(([what]) => what === 'timers/promises');
  assert.deepEqual(slept?.slice(3), [Date.parse('2026-03-02T09:00:00.010Z'), 10, '10000000']);
  const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
  const random = findings.find(([what]) => what === 'crypto.randomUUID')?.slice(3);
  assert.match(String(random?.[0]), uuid);
  assert.match(String(random?.[1]), uuid);
});

test('both ways to drain give the same, again and again', async () => {
  const reports = await Promise.all([
    run('libraries', 'tick'),
    run('libraries', 'turn'),
    run('libraries', 'tick'),
  ]);
  const [first, ...others] = reports.map((report) => JSON.stringify(report));
  for (const other of others) assert.equal(other, first);
});

for (const part of ['clocks', 'timerObjects']) {
  test(`${part} behave as Node's own, in virtual time`, async () => {
    const { findings, error } = await run(part);
    assert.equal(error, undefined);
    assert.ok(findings.length >= 9);
    for (const [name, holds] of findings) assert.equal(holds, true, String(name));
  });
}

test('reaching for the real world is refused by name; synchronous reading is not', async () => {
  const { findings, error } = await run('realWorld');
  assert.equal(error, undefined);
  assert.ok(findings.length > 20);
  for (const [name, message] of findings) {
    if (name === 'fs.readFileSync') assert.equal(message, 'allowed');
    else assert.ok(String(message).startsWith(`${name}`), `${name}: ${message}`);
  }
});

const endings = {
  'error in an event': /from an event/,
  'error in a timer': /from a timer/,
  'error in a tick': /from a tick/,
  'error in a microtask': /from a microtask/,
  'unhandled rejection': /from a promise/,
  'real work by a kept function': /FSReq/,
};
for (const [part, cause] of Object.entries(endings)) {
  for (const drain of ['tick', 'turn'] as const) {
    test(`${part} ends the simulation and names the virtual time (${drain})`, async () => {
      const { error, endUs } = await run(part, drain);
      assert.match(error ?? '', /^at 2026-03-02T09:00:02\.500Z \(2\.5 s into the simulation\)/);
      assert.match(error ?? '', cause);
      assert.equal(endUs, 2_500_000);
    });
  }
}

test('endless immediates let time pass and so come to the end', async () => {
  const { error, endUs } = await run('endless immediates');
  assert.equal(error, undefined);
  assert.equal(endUs, 60_000_000);
});
