/** What `npm start` says when it cannot start: one clear line, and exit code 1. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

const MAIN = fileURLToPath(new URL('./main.js', import.meta.url));

async function start(...args: readonly string[]) {
  const child = spawn(process.execPath, [MAIN, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  const said = { stdout: '', stderr: '' };
  child.stdout.on('data', (chunk) => (said.stdout += chunk));
  child.stderr.on('data', (chunk) => (said.stderr += chunk));
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, ...said };
}

test('a taken port is told before anything takes time', async () => {
  const taken = createServer().listen(0, '127.0.0.1');
  await once(taken, 'listening');
  const address = taken.address();
  assert.ok(address !== null && typeof address === 'object');
  try {
    const { code, stdout, stderr } = await start('--port', String(address.port));
    assert.equal(stderr, `port ${address.port} is taken: give another one by --port N (0: any free one)\n`);
    assert.equal(stdout, '');
    assert.equal(code, 1);
  } finally {
    taken.close();
  }
});

const BROKEN = [
  { args: ['--port', 'x'], line: /^--port is "x": allowed are ports .*\n$/ },
  { args: ['--seed', 'x'], line: /^--seed is "x": allowed are whole numbers.*\n$/ },
  { args: ['--end', 'yesterday'], line: /^--end is "yesterday".*\n$/ },
  { args: ['--speed', '2'], line: /^Unknown option '--speed'.*\n$/ },
  { args: ['--parameters', '/nowhere.json'], line: /^.*\/nowhere\.json.*\n$/ },
  { args: ['--from', '/nowhere'], line: /^--from \/nowhere is not a finished run: .*\n$/ },
] as const;

for (const { args, line } of BROKEN) {
  test(`${args.join(' ')} is refused in one line`, async () => {
    const { code, stdout, stderr } = await start(...args);
    assert.match(stderr, line);
    assert.equal(stderr.split('\n').length, 2, stderr);
    assert.equal(stdout, '');
    assert.equal(code, 1);
  });
}
