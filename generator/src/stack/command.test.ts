import assert from 'node:assert/strict';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, test } from 'node:test';
import { startStack } from './command.js';
import { StackFolder } from './folder.js';
import { PROGRAM_NAMES } from './programs.js';

let folder: string;
let dir: string;
let prepared: (readonly string[])[];
const searchPath = process.env.PATH;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'stack-command-'));
  dir = path.join(folder, 'stack');
  prepared = [];
  process.env.PATH = path.join(folder, 'bin');
  mkdirSync(process.env.PATH);
});
afterEach(() => {
  process.env.PATH = searchPath;
  rmSync(folder, { recursive: true });
});

/** Programs that do nothing, with Grafana's folders beside its own. */
function install(names: readonly string[]): void {
  for (const name of names) {
    writeFileSync(path.join(folder, 'bin', name), '#!/bin/sh\necho "$0 gives up"\nexit 3\n', { mode: 0o755 });
  }
  mkdirSync(path.join(folder, 'public'), { recursive: true });
  mkdirSync(path.join(folder, 'conf'), { recursive: true });
  writeFileSync(path.join(folder, 'conf', 'defaults.ini'), '');
}

async function failure(...args: readonly string[]): Promise<string> {
  const prepare = (others: readonly string[]) => {
    prepared.push(others);
    if (others.includes('--seed=x')) throw new Error('no seed');
    return async () => assert.fail('nothing was to be simulated');
  };
  const options = { prepare, print: () => {} };
  return startStack(['--dir', dir, '--grafana-port', '0', ...args], options).then(
    () => assert.fail('it started'),
    (error: Error) => error.message,
  );
}

test('every missing program is named, with where to get it', async () => {
  install(['prometheus', 'tempo']);
  const message = await failure('--tempo-bin', '/nowhere/tempo');
  assert.deepEqual(message.split('\n'), [
    'loki is not on the PATH: give it by --loki-bin FILE, or get it from https://github.com/grafana/loki/releases, or: brew install loki',
    'tempo is not at /nowhere/tempo: give it by --tempo-bin FILE, or get it from https://github.com/grafana/tempo/releases, or: brew install tempo',
    'grafana is not on the PATH: give it by --grafana-bin FILE, or get it from https://grafana.com/grafana/download, or: brew install grafana',
    'With Docker none of them is needed: docker compose up --detach',
  ]);
  assert.equal(existsSync(dir), false);
});

test('a folder that is not Grafana’s home is refused', async () => {
  install(PROGRAM_NAMES);
  assert.match(
    await failure('--grafana-home', `${folder}/bin`),
    /^--grafana-home .*: a folder with Grafana's conf/,
  );
  rmSync(path.join(folder, 'public'), { recursive: true });
  if (!existsSync('/usr/share/grafana/public')) {
    assert.match(
      await failure(),
      /^Grafana's conf and public folders are not beside .*: give .* by --grafana-home DIR$/,
    );
  }
});

test('a port that is taken is told in one line, with the flag to give another one', async () => {
  install(PROGRAM_NAMES);
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as { port: number };
  try {
    assert.equal(
      await failure('--loki-port', String(port)),
      `port ${port} is taken: give another one by --loki-port N (0: any free one)`,
    );
  } finally {
    server.close();
  }
  assert.equal(existsSync(dir), false);
});

test('options are checked before anything is removed', async () => {
  install(PROGRAM_NAMES);
  new StackFolder(dir).mark('loaded');
  new StackFolder(dir).release();
  const before = readFileSync(path.join(dir, 'stack.json'), 'utf8');
  assert.match(await failure('--reset', '--loki-port', 'x'), /^--loki-port is "x": allowed are ports/);
  assert.equal(await failure('--reset', '--seed=x'), 'no seed');
  assert.match(await failure('--reset', '--from', '/nowhere'), /^\/nowhere is not a finished run/);
  assert.match(
    await failure('--reset', '--from', '/nowhere', '--seed', '7'),
    /^--seed has no meaning beside --from/,
  );
  assert.match(await failure('--reset', '--from', path.join(dir, 'run')), /lies in the stack's own folder/);
  assert.match(
    await failure('--reset', '--out', 'x'),
    /^--out has no meaning here: the stack keeps its run in/,
  );
  assert.equal(readFileSync(path.join(dir, 'stack.json'), 'utf8'), before);
});

test('the flags of generate are passed on as they are', async () => {
  install(PROGRAM_NAMES);
  await failure('--seed=x', '--reset', '--end', 'now');
  assert.deepEqual(prepared, [['--seed=x', '--end', 'now']]);
});

test('what is loaded stays as it is, unless a reset is asked for', async () => {
  install(PROGRAM_NAMES);
  new StackFolder(dir).mark('loaded');
  new StackFolder(dir).release();
  assert.match(await failure('--seed', '7'), /is loaded: --seed needs --reset, which empties it$/);
  new StackFolder(dir).mark('loading');
  new StackFolder(dir).release();
  assert.match(await failure(), /was broken off: start it again with --reset$/);
});

test('a folder with other things in it is never emptied', async () => {
  install(PROGRAM_NAMES);
  mkdirSync(dir);
  writeFileSync(path.join(dir, 'letter.txt'), 'dear');
  assert.match(await failure('--reset'), /there is something in this folder that is not a stack's/);
  assert.equal(readFileSync(path.join(dir, 'letter.txt'), 'utf8'), 'dear');
});

test('a stack that is running is left alone', async () => {
  install(PROGRAM_NAMES);
  mkdirSync(dir);
  writeFileSync(
    path.join(dir, 'stack.json'),
    JSON.stringify({ format: 1, pid: process.ppid, state: 'loaded' }),
  );
  assert.match(
    await failure('--reset'),
    new RegExp(`is running already, as process ${process.ppid}: end it first`),
  );
});
