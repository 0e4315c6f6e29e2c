import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { FIXED_END, REPOSITORY, runMain, SHORT } from './support/run-generate.js';

const FILES = ['manifest.json', 'traces.jsonl.gz', 'logs.jsonl.gz', 'metrics.om.gz'];
const GOLDEN = path.join(REPOSITORY, 'generator', 'test', 'data', 'golden.json');

let folder: string;
let parameters: string;

before(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'determinism-'));
  parameters = path.join(folder, 'short.json');
  writeFileSync(parameters, JSON.stringify(SHORT));
});
after(() => rmSync(folder, { recursive: true }));

function hashes(
  name: string,
  { seed, end }: { readonly seed: number; readonly end: string },
): Record<string, string> {
  const out = path.join(folder, name);
  // A run that short misses targets, which is no matter here: it is written all the same.
  const { stderr } = runMain(
    'generate',
    '--seed',
    String(seed),
    '--end',
    end,
    '--out',
    out,
    '--parameters',
    parameters,
  );
  const digest = (file: string) =>
    createHash('sha256')
      .update(readFileSync(path.join(out, file)))
      .digest('hex');
  assert.match(stderr, /check/, stderr);
  return Object.fromEntries(FILES.map((file) => [file, digest(file)]));
}

test('the same seed and options give the same bytes, another seed gives others', () => {
  const first = hashes('first', { seed: 5, end: FIXED_END });
  assert.deepEqual(hashes('second', { seed: 5, end: FIXED_END }), first);
  const other = hashes('other', { seed: 6, end: FIXED_END });
  for (const file of FILES) assert.notEqual(other[file], first[file], file);
});

test('the bytes are those that were committed', () => {
  // After a change that is meant to change the data: GOLDEN=write npm test -- determinism
  const measured = hashes('golden', { seed: 1, end: FIXED_END });
  if (process.env.GOLDEN === 'write') writeFileSync(GOLDEN, `${JSON.stringify(measured, null, 2)}\n`);
  assert.deepEqual(measured, JSON.parse(readFileSync(GOLDEN, 'utf8')));
});
