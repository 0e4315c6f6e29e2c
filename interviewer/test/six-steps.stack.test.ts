/** Against stores that hold a run: PROMETHEUS_URL, LOKI_URL, and RUN_DIR, the run's folder. */
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { test } from 'node:test';
import { evaluate, formatOutcomes, type RunWindow } from '../src/evaluate.js';
import { CHECKS, type Step } from '../src/six-steps.js';

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
