import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { gunzipSync } from 'node:zlib';
import { FIXED_END, runMain, SHORT } from './support/run-generate.js';

let folder: string;
before(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'openmetrics-'));
});
after(() => rmSync(folder, { recursive: true }));

test('promtool makes blocks of the metrics, with every sample in them', () => {
  const parameters = path.join(folder, 'short.json');
  writeFileSync(parameters, JSON.stringify(SHORT));
  const out = path.join(folder, 'run');
  runMain('generate', '--end', FIXED_END, '--out', out, '--parameters', parameters);
  const { samples } = JSON.parse(readFileSync(path.join(out, 'manifest.json'), 'utf8')).counts;
  const text = path.join(folder, 'metrics.om');
  writeFileSync(text, gunzipSync(readFileSync(path.join(out, 'metrics.om.gz'))));

  const blocks = path.join(folder, 'blocks');
  const { status, stderr } = spawnSync(
    'promtool',
    ['tsdb', 'create-blocks-from', 'openmetrics', text, blocks],
    {
      encoding: 'utf8',
    },
  );
  assert.equal(status, 0, stderr);
  const list = spawnSync('promtool', ['tsdb', 'list', blocks], { encoding: 'utf8' }).stdout;
  const counts = list
    .trim()
    .split('\n')
    .slice(1)
    .map((line) => Number(line.trim().split(/\s+/)[4]));
  assert.equal(
    counts.reduce((sum, count) => sum + count, 0),
    samples,
    list,
  );
});
