import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, test } from 'node:test';
import { gunzipSync } from 'node:zlib';
import type { Manifest } from '../telemetry/run-files.js';
import { RunFolder } from './run-folder.js';

const MANIFEST = { format: 1, scenario: 'test', seed: 1 } as unknown as Omit<Manifest, 'files'>;
let base: string;
let folder: string;

beforeEach(() => {
  base = mkdtempSync(path.join(tmpdir(), 'run-folder-'));
  folder = path.join(base, 'run');
});
afterEach(() => rmSync(base, { recursive: true }));

function writeRun(replace = false): Manifest {
  const run = new RunFolder(folder, { replace });
  run.write('logs', new TextEncoder().encode('one\n'));
  run.write('logs', new TextEncoder().encode('two\n'));
  return run.finish(MANIFEST);
}

test('content arrives whole, and the manifest tells size and hash of each file', () => {
  const manifest = writeRun();
  const bytes = readFileSync(path.join(folder, 'logs.jsonl.gz'));
  assert.equal(gunzipSync(bytes).toString(), 'one\ntwo\n');
  assert.deepEqual(manifest.files['logs.jsonl.gz'], {
    bytes: bytes.length,
    sha256: createHash('sha256').update(bytes).digest('hex'),
  });
  assert.deepEqual(JSON.parse(readFileSync(path.join(folder, 'manifest.json'), 'utf8')), manifest);
});

test('the bytes do not depend on the pieces in which the content came', () => {
  const content = new TextEncoder().encode(Array.from({ length: 60_000 }, (_, i) => `line ${i}\n`).join(''));
  const hash = (piece: number) => {
    const run = new RunFolder(folder, { replace: true });
    for (let from = 0; from < content.length; from += piece)
      run.write('logs', content.subarray(from, from + piece));
    return run.finish(MANIFEST).files['logs.jsonl.gz']?.sha256;
  };
  assert.equal(hash(1000), hash(content.length));
  assert.equal(gunzipSync(readFileSync(path.join(folder, 'logs.jsonl.gz'))).length, content.length);
});

test('the folder has its name only when it is complete', () => {
  const run = new RunFolder(folder, { replace: false });
  run.write('logs', new TextEncoder().encode('one\n'));
  assert.equal(existsSync(folder), false);
  run.discard();
  assert.equal(existsSync(`${folder}.partial`), false);
});

test('a finished run is replaced only on request', () => {
  writeRun();
  assert.throws(() => writeRun(), /holds a run already: give another --out, or --replace/);
  writeRun(true);
});

test('something else is never replaced', () => {
  mkdirSync(folder);
  writeFileSync(path.join(folder, 'notes.txt'), 'mine');
  assert.throws(() => writeRun(true), /exists and is not a run/);
  assert.equal(readFileSync(path.join(folder, 'notes.txt'), 'utf8'), 'mine');
});
