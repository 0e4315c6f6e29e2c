import assert from 'node:assert/strict';
import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { MODEL_MEASURING, writeModelRun } from '../../test/checks/model-run.js';
import { UserError } from '../user-error.js';
import { checkRun } from './check-run.js';

let folder = '';
before(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'check-run-'));
  await writeModelRun(path.join(folder, 'run'));
});
after(() => rm(folder, { recursive: true }));

const scenario = { targets: [], measuring: MODEL_MEASURING };

async function copy(name: string): Promise<string> {
  const to = path.join(folder, name);
  await cp(path.join(folder, 'run'), to, { recursive: true });
  return to;
}

test('progress adds up to 1', async () => {
  let done = 0;
  await checkRun(path.join(folder, 'run'), { scenario, onProgress: (step) => (done += step) });
  assert.ok(Math.abs(done - 1) < 1e-9, String(done));
});

test('a folder that holds no run is refused by name', async () => {
  await assert.rejects(
    checkRun(folder),
    (error) => error instanceof UserError && /holds no run/.test(error.message),
  );
});

test('a run of an unknown scenario or format is refused', async () => {
  await assert.rejects(checkRun(path.join(folder, 'run')), /scenario "model" is not known/);
  const other = await copy('format');
  await writeFile(path.join(other, 'manifest.json'), '{"format":2}');
  await assert.rejects(checkRun(other), /format 2 is not known/);
  await writeFile(path.join(other, 'manifest.json'), '{');
  await assert.rejects(
    checkRun(other),
    (error) => error instanceof UserError && /manifest\.json: /.test(error.message),
  );
});

test('a missing or broken file is named', async () => {
  const broken = await copy('broken');
  await writeFile(path.join(broken, 'metrics.om.gz'), 'no gzip');
  await assert.rejects(checkRun(broken, { scenario }), /metrics\.om\.gz: incorrect header check/);
  await writeFile(
    path.join(broken, 'traces.jsonl.gz'),
    gzipSync('{"resourceSpans":[]}\n{"resourceSpans":oops\n'),
  );
  await assert.rejects(checkRun(broken, { scenario }), /traces\.jsonl\.gz:2: .* is expected at byte 17/);
  await rm(path.join(broken, 'traces.jsonl.gz'));
  await assert.rejects(checkRun(broken, { scenario }), /traces\.jsonl\.gz: ENOENT/);
});
