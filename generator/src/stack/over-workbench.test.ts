import assert from 'node:assert/strict';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { FakeServer, json } from '../../test/support/fake-server.js';
import { isOverWorkbench, startGrafana } from './over-workbench.js';

const WINDOW = { start: '2026-03-02T09:08:00.000Z', end: '2026-03-02T10:00:00.000Z' };

let folder: string;
let url: string;
const workbench = new FakeServer(({ path: asked }) =>
  asked === '/workbench/incident'
    ? json({ id: 'x', window: WINDOW })
    : { status: 503, body: 'The incident is being prepared: come back in a moment.\n' },
);
before(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'over-workbench-'));
  url = await workbench.listen();
  for (const name of ['bin', 'conf', 'public']) mkdirSync(path.join(folder, name));
  writeFileSync(path.join(folder, 'conf', 'defaults.ini'), '');
  // Keeps what it was given in its environment, then answers as a Grafana that is ready.
  const grafana = `#!${process.execPath}
    require('node:fs').writeFileSync(process.env.GF_PATHS_DATA + '/environment.json', JSON.stringify(process.env));
    require('node:http').createServer((request, response) => response.end()).listen(process.env.GF_SERVER_HTTP_PORT, process.env.GF_SERVER_HTTP_ADDR);`;
  writeFileSync(path.join(folder, 'bin', 'grafana'), grafana, { mode: 0o755 });
});
after(async () => {
  await workbench.close();
  rmSync(folder, { recursive: true });
});

function start(dir: string, ...args: readonly string[]) {
  const bin = path.join(folder, 'bin', 'grafana');
  const flags = ['--dir', path.join(folder, dir), '--grafana-port', '0', '--grafana-bin', bin];
  return startGrafana([...flags, ...args], { print: () => {} });
}

test('it is what --workbench asks for', () => {
  assert.equal(isOverWorkbench(['--reset', '--workbench', 'http://localhost:4000']), true);
  assert.equal(isOverWorkbench(['--workbench=http://localhost:4000']), true);
  assert.equal(isOverWorkbench(['--reset', '--dir', 'workbench']), false);
});

test('Grafana gets the stores of the workbench, and dashboards that open on its window', async () => {
  const running = await start('good', '--workbench', `${url}/`);
  try {
    const read = (...names: string[]) =>
      JSON.parse(readFileSync(path.join(folder, 'good', ...names), 'utf8')) as Record<string, unknown>;
    const { PROMETHEUS_URL, LOKI_URL, TEMPO_URL } = read('grafana', 'environment.json');
    assert.deepEqual(
      [PROMETHEUS_URL, LOKI_URL, TEMPO_URL],
      ['prometheus', 'loki', 'tempo'].map((store) => `${url}/stores/${store}`),
    );
    const { time } = read('dashboards', 'service-overview.json');
    assert.deepEqual(time, { from: WINDOW.start, to: WINDOW.end });
    const { grafana, loki } = read('stack.json').urls as Record<string, string>;
    assert.equal(loki, LOKI_URL);
    assert.equal((await fetch(`${grafana}/api/health`)).status, 200);
  } finally {
    await running.stop();
  }
});

test('nothing is written before a workbench is found there', async () => {
  for (const nowhere of [`${url}/elsewhere`, 'http://127.0.0.1:1', 'localhost:4000', '']) {
    await assert.rejects(
      start('bad', '--workbench', nowhere),
      /^UserError: --workbench .*npm start serves none/,
    );
  }
  assert.equal(existsSync(path.join(folder, 'bad')), false);
});

test('options of the stores have no meaning: the workbench has them', async () => {
  for (const option of [
    ['--loki-port', '3100'],
    ['--from', 'out/seed-1'],
    ['--seed', '7'],
  ]) {
    await assert.rejects(start('bad', '--workbench', url, ...option), /Unknown option/);
  }
});

test('no other program than Grafana is needed', async () => {
  await assert.rejects(
    start('bad', '--workbench', url, '--grafana-bin', '/nowhere/grafana'),
    (error: Error) => {
      assert.match(error.message, /^grafana is not at \/nowhere\/grafana/);
      assert.doesNotMatch(error.message, /loki/);
      return true;
    },
  );
});
