import assert from 'node:assert/strict';
import { appendFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, test } from 'node:test';
import { writeSyntheticRun } from '../../test/support/synthetic-run.js';
import { openRun } from './run.js';

const END_MS = Date.parse('2026-03-02T10:00:00Z');

let folder = '';
beforeEach(async () => {
  folder = path.join(await mkdtemp(path.join(tmpdir(), 'run-')), 'run');
  await writeSyntheticRun(folder, { end_ms: END_MS, traces: 5 });
});
afterEach(() => rm(path.dirname(folder), { recursive: true }));

test('a whole run opens with its window, and always under the same name', async () => {
  const run = await openRun(folder, END_MS);
  assert.equal(run.end_ms, END_MS);
  assert.equal(run.start_ms, END_MS - 3_120_000);
  assert.match(run.id, /^[0-9a-f]{12}$/);
  assert.equal((await openRun(folder, END_MS)).id, run.id);
});

test('a folder without manifest is no finished run', async () => {
  await rm(path.join(folder, 'manifest.json'));
  await assert.rejects(openRun(folder, END_MS), { name: 'UserError', message: /is not a finished run/ });
});

test('a changed, a missing and an unlisted file are named', async () => {
  await appendFile(path.join(folder, 'logs.jsonl.gz'), 'x');
  await assert.rejects(openRun(folder, END_MS), /logs\.jsonl\.gz is not the file that the manifest lists/);
  await rm(path.join(folder, 'logs.jsonl.gz'));
  await assert.rejects(openRun(folder, END_MS), /logs\.jsonl\.gz can't be read/);
  const file = path.join(folder, 'manifest.json');
  const manifest = JSON.parse(await readFile(file, 'utf8'));
  delete manifest.files['logs.jsonl.gz'];
  await writeFile(file, JSON.stringify(manifest));
  await assert.rejects(openRun(folder, END_MS), /does not list logs\.jsonl\.gz/);
});

test('a file that has the right size and other bytes is not taken', async () => {
  const file = path.join(folder, 'metrics.om.gz');
  const bytes = await readFile(file);
  bytes[bytes.length - 1] = (bytes.at(-1) as number) ^ 1;
  await writeFile(file, bytes);
  await assert.rejects(openRun(folder, END_MS), /metrics\.om\.gz is not the file/);
});

test('another format and broken JSON are refused', async () => {
  const file = path.join(folder, 'manifest.json');
  await writeFile(file, '{"format":2}');
  await assert.rejects(openRun(folder, END_MS), /format 1 is needed/);
  await writeFile(file, '{');
  await assert.rejects(openRun(folder, END_MS), /manifest is not JSON/);
});

test('a run that ends in the future is refused before a store does it', async () => {
  await assert.rejects(openRun(folder, END_MS - 600_000), /ends in the future, at 2026-03-02T10:00:00.000Z/);
});
