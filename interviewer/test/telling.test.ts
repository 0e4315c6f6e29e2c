/** Nothing that a candidate can see gives the answer away: files, their names, and the telemetry of a run. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { TELLING, tellingPlaces } from '../src/telling.js';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
const SEEN = ['interview-app', 'provisioning', 'plugins', 'embedded/workbench'];
const UNSEEN = /(^|\/)(dist|node_modules|test|testdata|shared)(\/|$)|\.test\.tsx?$|\.(png|svg)$/;

function seenFiles(): readonly string[] {
  return SEEN.flatMap((folder) =>
    readdirSync(path.join(ROOT, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => path.relative(ROOT, path.join(entry.parentPath, entry.name))),
  ).filter((file) => !UNSEEN.test(file));
}

for (const { pattern, example } of TELLING) {
  test(`the scan finds "${example}"`, () => {
    assert.match(example, pattern);
    assert.ok(tellingPlaces(`a line\n  // ${example}`).length > 0);
  });
}

test('no file that a candidate sees tells', () => {
  const files = seenFiles();
  assert.ok(files.length > 100);
  const telling = files.flatMap((file) => {
    const text = readFileSync(path.join(ROOT, file), 'utf8');
    return tellingPlaces(`${file}\n${text}`).map((place) => `${file}: ${place}`);
  });
  assert.deepEqual(telling, []);
});

const folder = mkdtempSync(path.join(tmpdir(), 'telling-'));
after(() => rmSync(folder, { recursive: true }));

/** A few minutes are enough: every kind of line, span and series is in them. */
function shortRun(): string {
  const parameters = path.join(folder, 'parameters.json');
  writeFileSync(
    parameters,
    JSON.stringify({ warmup_s: 60, baseline_s: 120, incident_s: 180, settling_s: 60 }),
  );
  const main = path.join(ROOT, 'generator/dist/src/main.js');
  const out = path.join(folder, 'run');
  const args = [
    'generate',
    '--seed',
    '3',
    '--end',
    '2026-03-02T10:00:00Z',
    '--out',
    out,
    '--parameters',
    parameters,
  ];
  spawnSync(process.execPath, [main, ...args], { cwd: ROOT });
  return out;
}

test('no telemetry of a run tells', () => {
  const run = shortRun();
  const read = (file: string) => gunzipSync(readFileSync(path.join(run, file))).toString();
  const found = (file: string, pattern: RegExp) =>
    Array.from(read(file).matchAll(pattern), ([, text = '']) => text);
  const texts = new Set([
    ...found('logs.jsonl.gz', /\\"(?:message|event)\\":\\"([^"\\]*)/g),
    ...found('traces.jsonl.gz', /"(?:name|stringValue|message)":"([^"]*)"/g),
    ...found('metrics.om.gz', /^# HELP (.*)$/gm),
  ]);
  assert.ok(texts.has('Validating with external service'));
  assert.ok(texts.has('transaction'));
  assert.deepEqual(
    [...texts].flatMap((text) => tellingPlaces(text).map((place) => `${text}: ${place}`)),
    [],
  );
});
