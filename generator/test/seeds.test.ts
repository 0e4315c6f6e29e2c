import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { FIXED_END, runMain } from './support/run-generate.js';

/** All of them: `SEEDS=1-20 npm test -- seeds`. */
const [first = 1, last = 2] = (process.env.SEEDS ?? '').split('-').filter(Boolean).map(Number);

let folder: string;
before(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'seeds-'));
});
after(() => rmSync(folder, { recursive: true }));

for (let seed = first; seed <= last; seed++) {
  test(`the incident of seed ${seed} meets every target and every law`, () => {
    const out = path.join(folder, 'run');
    const { status, stdout, stderr } = runMain(
      'generate',
      '--seed',
      String(seed),
      '--end',
      FIXED_END,
      '--out',
      out,
      '--replace',
    );
    assert.equal(status, 0, `${stdout}${stderr}`);
    assert.match(stdout, /^passed: \d+ targets met, \d+ laws hold$/m);
  });
}
