import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { readOptions } from './options.js';

test('without options, seed 1 is simulated into a folder that may be filled again, or taken from there', () => {
  const { port, writable, reset, source } = readOptions([]);
  assert.deepEqual({ port, writable, reset }, { port: 4000, writable: false, reset: false });
  assert.equal(source.kind, 'simulated');
  if (source.kind !== 'simulated') return;
  assert.equal(source.again, false);
  assert.equal(source.options.out, path.join('out', 'seed-1'));
  assert.equal(source.options.replace, true);
});

test('an end or --replace simulates anew; a folder of the user is not filled again unless it is said', () => {
  for (const args of [['--replace'], ['--end', '2026-03-02T10:00:00Z'], ['--end=2026-03-02T10:00:00Z']]) {
    const { source } = readOptions(args);
    assert.equal(source.kind === 'simulated' && source.again, true, args.join(' '));
  }
  const { source } = readOptions(['--out', 'mine']);
  assert.equal(source.kind === 'simulated' && source.options.replace, false);
});

test('what is wrong is named, with what is allowed', () => {
  assert.throws(() => readOptions(['--port', '70000']), /--port is "70000": allowed are ports/);
  assert.throws(() => readOptions(['--port', '']), /--port is ""/);
  assert.throws(() => readOptions(['--seed', 'x']), /--seed is "x": allowed are whole numbers/);
  assert.throws(() => readOptions(['--from', '/nowhere']), /--from \/nowhere is not a finished run/);
  assert.throws(() => readOptions(['--speed', '2']), /Unknown option '--speed'/);
  assert.throws(() => readOptions(['--help']), /usage: npm start/);
});

test('a given run excludes what would make another one', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'run-'));
  try {
    writeFileSync(path.join(folder, 'manifest.json'), '{}');
    assert.deepEqual(readOptions(['--from', folder, '--port', '0']).source, { kind: 'given', run: folder });
    assert.throws(
      () => readOptions(['--from', folder, '--seed', '2']),
      /--seed has no meaning beside --from/,
    );
  } finally {
    rmSync(folder, { recursive: true });
  }
});
