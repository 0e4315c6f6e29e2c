import assert from 'node:assert/strict';
import { copyFileSync, cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { type CheckReport, checkRun } from '../src/checks/index.js';
import { FIXED_END, REPOSITORY, runMain } from './support/run-generate.js';

const ROUTE = path.join('src', 'api', 'routes', 'workflows', 'import.ts');

let folder: string;
let report: CheckReport;

before(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'mended-'));
  const app = path.join(folder, 'app');
  const source = path.join(REPOSITORY, 'interview-app');
  cpSync(path.join(source, 'src'), path.join(app, 'src'), { recursive: true });
  copyFileSync(path.join(source, 'package.json'), path.join(app, 'package.json'));
  copyFileSync(path.join(REPOSITORY, 'generator/test/data/import-mended.txt'), path.join(app, ROUTE));
  const out = path.join(folder, 'run');
  // It misses the incident's targets, and exits with 1 for that.
  const { stderr, status, signal } = runMain('generate', '--app', app, '--end', FIXED_END, '--out', out);
  assert.match(stderr, /check/, `${stderr} (status ${status}, signal ${signal})`);
  report = await checkRun(out);
});
after(() => rmSync(folder, { recursive: true, force: true }));

function measured(row: number, quantity: RegExp): number {
  const found = report.targets.find((target) => target.row === row && quantity.test(target.quantity));
  assert.ok(found, `no target ${row} ${quantity}`);
  return found.measured.high;
}

test('with the import mended, the same seed and the same customers bring no incident', () => {
  assert.equal(measured(4, /failed/), 0);
  assert.equal(measured(9, /error rate/), 0);
  assert.ok(measured(12, /utilisation/) < 20, 'pool utilisation in percent');
  assert.ok(measured(13, /active connections/) < 40, 'active connections');
  assert.equal(measured(14, /queue depth/), 0);
});

test('the imports are still there, and as slow as the validation service', () => {
  assert.ok(measured(16, /imports in flight/) > 15);
  assert.ok(measured(15, /latency/) > 21.5);
});

test('the laws between the signals hold for any app', () => {
  // No request failed, so the law on failed ones finds nothing to compare.
  const [failures, ...others] = report.laws.filter(({ holds }) => !holds);
  assert.deepEqual([failures?.id, failures?.compared, others], ['c', 0, []]);
});
