import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, test } from 'node:test';
import { runMain } from './support/run-generate.js';

let folder: string;
let out: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'command-line-'));
  out = path.join(folder, 'run');
});
afterEach(() => rmSync(folder, { recursive: true }));

function parametersFile(content: string): string {
  const file = path.join(folder, 'parameters.json');
  writeFileSync(file, content);
  return file;
}

const refusals: readonly [string, () => readonly string[], RegExp][] = [
  ['a seed that is no number', () => ['--seed', 'x'], /--seed is "x": allowed are whole numbers from 1/],
  [
    'an end that is no time',
    () => ['--end', 'yesterday'],
    /--end is "yesterday": allowed are "now" and ISO times/,
  ],
  ['an unknown flag', () => ['--sed', '1'], /Unknown option '--sed'/],
  ['an unknown scenario', () => ['--scenario', 'x'], /unknown scenario "x": there is connection-pool/],
  ['an app that is none', () => ['--app', folder], /has no readable package.json/],
  ['a scale out of range', () => ['--scale', '1000'], /scale is 1000: allowed are 0.1 to 100/],
  ['parameters that are not JSON', () => ['--parameters', parametersFile('{')], /parameters.json: .*JSON/],
  [
    'an unknown parameter',
    () => ['--parameters', parametersFile('{"pool_size": 1}')],
    /unknown parameter "pool_size": allowed are/,
  ],
  [
    'a parameter out of range',
    () => ['--parameters', parametersFile('{"pool_wait_s": 999}')],
    /"pool_wait_s" is 999: allowed is a number, 0.1 to 120 s/,
  ],
];
for (const [what, args, message] of refusals) {
  test(`${what} is refused in one line, and nothing is written`, () => {
    const { status, stderr } = runMain('generate', '--out', out, ...args());
    assert.equal(status, 1);
    assert.match(stderr, message);
    assert.doesNotMatch(stderr, /\n\s+at /);
    assert.equal(existsSync(out) || existsSync(`${out}.partial`), false);
  });
}

test('a command that does not exist gets the usage', () => {
  const { status, stderr } = runMain('bake');
  assert.equal(status, 1);
  assert.match(stderr, /usage:\n {2}generate/);
});
