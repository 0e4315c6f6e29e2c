import assert from 'node:assert/strict';
import { test } from 'node:test';
import { VirtualClock } from '../../../simulation/clock.js';
import { createRandom } from '../../../simulation/random.js';
import { PostgresServer } from '../server.js';

const MINUTES = 60;

/** Means of CPU in use in percent, minute by minute, from what node_exporter says. */
function minutes(seed: number, scale: number): number[] {
  const clock = new VirtualClock({ epochMs: Date.parse('2026-03-02T09:00:00Z') });
  const server = new PostgresServer({ clock, random: createRandom(seed, 'postgres'), parameters: { scale } });
  const means: number[] = [];
  let last = cpuOf(server);
  for (let minute = 1; minute <= MINUTES; minute++) {
    while ((clock.nextUs() ?? 0) <= minute * 60e6) clock.step();
    clock.advanceTo(minute * 60e6);
    const now = cpuOf(server);
    means.push(100 * (1 - (now.idle - last.idle) / (now.all - last.all)));
    last = now;
  }
  return means;
}

function cpuOf(server: PostgresServer): { idle: number; all: number } {
  const cpu = { idle: 0, all: 0 };
  for (const [, mode, value] of server
    .nodeExporter()
    .matchAll(/^node_cpu_seconds_total\{.*mode="(\w+)"\} (.*)$/gm)) {
    cpu.all += Number(value);
    if (mode === 'idle') cpu.idle += Number(value);
  }
  return cpu;
}

for (const scale of [1, 10]) {
  test(`without the application the host is evenly busy, by about thirty percent (scale ${scale})`, () => {
    for (const seed of [1, 2, 3]) {
      const means = minutes(seed, scale);
      assert.ok(Math.min(...means) > 29, `least ${Math.min(...means)}`);
      assert.ok(Math.max(...means) < 33, `most ${Math.max(...means)}`);
    }
  });
}

test('a host with one core gets by', () => {
  const means = minutes(1, 0.1);
  assert.ok(Math.min(...means) > 25 && Math.max(...means) < 37);
});

test('people and vacuum come and go', () => {
  const clock = new VirtualClock({ epochMs: 0 });
  const server = new PostgresServer({ clock, random: createRandom(1, 'postgres') });
  const seen = new Map<string, Set<number>>();
  while (clock.nowUs < 3600e6 && clock.step()) {
    for (const { backendType, applicationName, pid } of server.sessions()) {
      const key = `${backendType} ${applicationName}`;
      seen.set(key, (seen.get(key) ?? new Set()).add(pid));
    }
  }
  assert.ok((seen.get('client backend psql')?.size ?? 0) > 3);
  assert.ok((seen.get('autovacuum worker ')?.size ?? 0) > 20);
  assert.equal(seen.get('checkpointer ')?.size, 1);
  assert.equal(seen.get('client backend reporting')?.size, 2);
});
