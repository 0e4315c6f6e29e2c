import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { VirtualClock } from '../../simulation/clock.js';
import { createRandom } from '../../simulation/random.js';
import { Costs } from './costs.js';
import { CpuAccount, MILLION } from './cpu-account.js';
import { defaultParameters } from './parameters.js';

const near = (actual: number, expected: number) =>
  assert.ok(Math.abs(actual - expected) < 1e-9 * Math.max(1, expected), `${actual} is not ${expected}`);

test('the CPU time used is the sum of what ran, for as long as it ran', () => {
  const task = fc.record({
    startUs: fc.nat(10_000),
    forUs: fc.nat(5000),
    cpu: fc.nat(MILLION),
    io: fc.nat(MILLION),
  });
  fc.assert(
    fc.property(fc.array(task, { maxLength: 30 }), (tasks) => {
      const clock = new VirtualClock({ epochMs: 0 });
      const account = new CpuAccount(clock, 64);
      for (const { startUs, forUs, ...demand } of tasks) {
        clock.schedule(startUs / 1000, () => {
          account.start(demand);
          clock.schedule(forUs / 1000, () => account.stop(demand));
        });
      }
      while (clock.step());
      const { user, system } = account.use();
      near(
        user + system,
        tasks.reduce((sum, { forUs, cpu }) => sum + (forUs / 1e6) * (cpu / MILLION), 0),
      );
      assert.equal(account.load, 0);
    }),
  );
});

test('cores do no more than they can, and what is charged is added', () => {
  const clock = new VirtualClock({ epochMs: 0 });
  const account = new CpuAccount(clock, 2);
  account.start({ cpu: 5 * MILLION, io: 0 });
  account.charge(250);
  clock.advanceTo(10 * MILLION);
  const { user, system } = account.use();
  near(user + system, 20.25);
});

function costsOf(load: number) {
  const account = new CpuAccount(new VirtualClock({ epochMs: 0 }), 8);
  account.start({ cpu: load * MILLION, io: 0 });
  const costs = new Costs(account, createRandom(1, 'costs'), defaultParameters);
  return { account, draws: Array.from({ length: 500 }, () => costs.draw('read')) };
}

test('a statement takes its CPU share of the time, and longer where cores are short', () => {
  const [low, , high] = defaultParameters.read_ms;
  const idle = costsOf(2).draws;
  assert.ok(idle.every(({ durationUs }) => durationUs >= low * 1000 && durationUs <= high * 1000));
  for (const { demand } of idle) {
    assert.ok(Math.abs(demand.cpu / MILLION - defaultParameters.statementCpuShare) < 0.01);
  }
  const busy = costsOf(16).draws;
  const mean = (draws: typeof idle) =>
    draws.reduce((sum, { durationUs }) => sum + durationUs, 0) / draws.length;
  const cpu = defaultParameters.statementCpuShare;
  const stretched = 1 - cpu + cpu * ((16 + cpu) / 8);
  assert.ok(Math.abs(mean(busy) / mean(idle) - stretched) < 0.01);
  for (const [i, { demand, durationUs }] of busy.entries()) {
    const unloaded = idle[i] as (typeof idle)[number];
    assert.ok(Math.abs(demand.cpu * durationUs - unloaded.demand.cpu * unloaded.durationUs) / MILLION < 5);
  }
});

test('waits lie within the statement', () => {
  for (const { wait, waitFromUs, waitToUs, durationUs } of costsOf(20).draws) {
    if (wait === undefined) continue;
    assert.ok(waitFromUs > 0 && waitFromUs < waitToUs && waitToUs <= durationUs + 1);
  }
});
