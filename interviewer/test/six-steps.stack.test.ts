/** Against stores that hold a run: PROMETHEUS_URL, LOKI_URL, and RUN_DIR, the run's folder. */
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { test } from 'node:test';
import { linesOf } from 'generator/checks/reading/read-logs';
import { readLogBatches } from 'generator/telemetry/run-files';
import { APPLICATION_NAME, CONNECTION_STATE } from 'interview-app/telemetry-names';
import { evaluate, formatOutcomes, type RunWindow } from '../src/evaluate.js';
import { CHECKS, type Check, HOLDING_TRACES, IDLE_SESSIONS, type Step } from '../src/six-steps.js';

const { PROMETHEUS_URL: prometheus = '', LOKI_URL: loki = '', RUN_DIR: run = '' } = process.env;

async function runWindow(): Promise<RunWindow> {
  assert.ok(prometheus && loki && run, 'set PROMETHEUS_URL, LOKI_URL and RUN_DIR');
  const manifest = JSON.parse(await readFile(path.join(run, 'manifest.json'), 'utf8')) as {
    window: RunWindow;
  };
  return manifest.window;
}

for (const step of [1, 2, 3, 4, 5, 6] satisfies Step[]) {
  test(`step ${step} can be answered from the dashboards`, async () => {
    const checks = CHECKS.filter((check) => check.step === step);
    const outcomes = await evaluate(checks, { prometheus, loki }, await runWindow());
    assert.ok(
      outcomes.every(({ met }) => met),
      formatOutcomes(outcomes),
    );
  });
}

interface Snapshot {
  sessions: number;
  readonly traces: Set<string>;
}

/** The API's sessions that are idle in transaction, at each snapshot of the run's file in the part that is asked for. */
async function idleSessions({ start, steady, end }: RunWindow): Promise<readonly Snapshot[]> {
  const start_ms = Date.parse(start);
  const [from_us, to_us] = [Date.parse(steady) + 300_000, Date.parse(end)].map(
    (ms) => (ms - start_ms) * 1000,
  );
  const snapshots = new Map<number, Snapshot>();
  for await (const batch of readLogBatches(path.join(run, 'logs.jsonl.gz'))) {
    for (const line of linesOf(batch, start_ms)) {
      if (line.kind !== 'session' || line.time_us < (from_us ?? 0) || line.time_us > (to_us ?? 0)) continue;
      if (line.application !== APPLICATION_NAME.api) continue;
      if (line.state !== CONNECTION_STATE.idleInTransaction) continue;
      const snapshot = snapshots.get(line.time_us) ?? { sessions: 0, traces: new Set() };
      snapshots.set(line.time_us, snapshot);
      snapshot.sessions++;
      snapshot.traces.add(line.traceId);
    }
  }
  return [...snapshots.values()];
}

test('the queries over sessions give what the run wrote, at every snapshot of the incident', async () => {
  const window = await runWindow();
  const snapshots = await idleSessions(window);
  assert.ok(snapshots.length > 200, `${snapshots.length} snapshots`);
  const [base] = CHECKS.filter(({ store }) => store === 'loki');
  assert.ok(base);
  const asked = { reduce: 'share', min: 1, max: 1 } as const;
  const counts = (query: string, of: (snapshot: Snapshot) => number): Check[] => {
    const values = snapshots.map(of);
    return [...new Set(values)].map((value) => ({
      ...base,
      ...asked,
      quantity: `share of snapshots with ${value}`,
      query,
      within: { min: value, max: value },
      ...shareOf(values, value),
    }));
  };
  const checks = [
    ...counts(IDLE_SESSIONS, ({ sessions }) => sessions),
    ...counts(HOLDING_TRACES, ({ traces }) => traces.size),
  ];
  const outcomes = await evaluate(checks, { prometheus, loki }, window);
  assert.ok(
    outcomes.every(({ met }) => met),
    formatOutcomes(outcomes),
  );
});

function shareOf(values: readonly number[], value: number) {
  const share = values.filter((each) => each === value).length / values.length;
  return { min: share, max: share };
}
