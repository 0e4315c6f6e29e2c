import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, test } from 'node:test';
import { Engine } from './engine.js';
import type { ProgramSettings } from './settings.js';

let folder: string;
let engine: Engine | undefined;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'stack-engine-'));
  engine = undefined;
});
afterEach(async () => {
  engine?.kill();
  await engine?.ended;
  rmSync(folder, { recursive: true });
});

/** A program that serves its own pid, and does what the script says besides. */
const SERVER = `
  const server = require('node:http').createServer((request, response) => response.end(String(process.pid)));
  server.listen(0, '127.0.0.1', () => require('node:fs').writeFileSync(process.env.PORT_FILE, String(server.address().port)));`;

function start(script: string, settings: Partial<ProgramSettings> = {}): Engine {
  engine = new Engine({
    name: 'loki',
    title: 'Loki',
    binary: process.execPath,
    args: ['-e', script],
    environment: { PORT_FILE: path.join(folder, 'port') },
    url: 'http://127.0.0.1:9',
    readyUrl: 'http://127.0.0.1:9/ready',
    log: path.join(folder, 'log', 'loki.log'),
    folders: [path.join(folder, 'data')],
    grace_ms: 60_000,
    ...settings,
  });
  return engine;
}

async function port(): Promise<string> {
  for (;;) {
    try {
      const text = readFileSync(path.join(folder, 'port'), 'utf8');
      if (text !== '') return text;
    } catch {}
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

test('a program that ends before it is ready is told, with the end of its log', async () => {
  const lines = ['one', 'two', 'three', 'four', 'five', 'six'];
  const loki = start(`console.error(${JSON.stringify(lines.join('\n'))}); process.exit(3)`);
  await assert.rejects(loki.waitUntilReady(), (error: Error) => {
    assert.match(
      error.message,
      /^Loki ended before it was ready \(exit code 3\)\. The end of .*loki\.log:\n/,
    );
    assert.deepEqual(error.message.split('\n').slice(1), lines.slice(1));
    return true;
  });
});

test('a file that is no program is told', async () => {
  const file = path.join(folder, 'text');
  writeFileSync(file, 'no program', { mode: 0o755 });
  const loki = start('', { binary: path.join(folder, 'nothing') });
  await assert.rejects(
    loki.waitUntilReady(),
    /^UserError: Loki ended before it was ready \(spawn .* ENOENT\)/,
  );
});

test('a program that answers is ready, and ends when it is asked to', async () => {
  const loki = start(SERVER);
  const url = `http://127.0.0.1:${await port()}/`;
  const pid = Number(await (await fetch(url)).text());
  assert.equal(pid, loki.pid);
  await loki.stop();
  assert.equal(await loki.ended, 'SIGTERM');
  assert.throws(() => process.kill(pid, 0));
});

test('a program that does not end is killed when its grace is over', async () => {
  const loki = start(`process.on('SIGTERM', () => console.log('no')); ${SERVER}`, { grace_ms: 50 });
  await port();
  await loki.stop();
  assert.equal(await loki.ended, 'SIGKILL');
});
