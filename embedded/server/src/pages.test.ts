import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import type { Api, ApiAnswer } from 'stores';
import { Exercise } from './exercise.js';
import { createPages } from './pages.js';

const WINDOW = { start: '2026-03-02T09:08:00.000Z', end: '2026-03-02T10:00:00.000Z' };

let folder: string;
let pages: Api;
before(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'pages-'));
  for (const name of ['app/src', 'dist/assets']) mkdirSync(path.join(folder, name), { recursive: true });
  writeFileSync(path.join(folder, 'app', 'src', 'main.ts'), 'main();\n');
  writeFileSync(path.join(folder, 'dist', 'index.html'), '<!doctype html>');
  writeFileSync(path.join(folder, 'dist', 'assets', 'main.js'), '1;');
  pages = createPages({
    workbench: path.join(folder, 'dist'),
    window: WINDOW,
    exercise: new Exercise(path.join(folder, 'exercise')),
    app: path.join(folder, 'app'),
  });
});
after(() => rmSync(folder, { recursive: true }));

function ask(address: string, method = 'GET'): Promise<ApiAnswer> {
  const signal = new AbortController().signal;
  return pages({
    method,
    path: address,
    parameters: new URLSearchParams(),
    headers: {},
    body: new Uint8Array(),
    signal,
  });
}

test('every address of a page is the same page, which may load nothing from elsewhere', async () => {
  for (const address of ['/', '/d/service-overview', '/d/service-overview/a.title', '/explore', '/report']) {
    const { status, headers, body } = await ask(address);
    assert.equal(status, 200, address);
    assert.equal(String(body), '<!doctype html>');
    assert.match(headers?.['Content-Security-Policy'] ?? '', /default-src 'self';.*frame-ancestors 'none'/);
  }
});

test('a file that is not there is no page', async () => {
  assert.equal((await ask('/assets/main.js')).status, 200);
  for (const address of ['/assets/other.js', '/plugins/unknown/module.js', '/etc/passwd.txt']) {
    assert.equal((await ask(address)).status, 404, address);
  }
  assert.equal((await ask('/', 'POST')).status, 405);
});

test('dashboards are listed in the order of their links, and open on the window of the run', async () => {
  const list = JSON.parse(String((await ask('/workbench/dashboards')).body)) as { uid: string }[];
  assert.equal(list[0]?.uid, 'incident-report');
  assert.equal(list.length, 9);
  const { body } = await ask('/workbench/dashboards/service-overview');
  assert.deepEqual(JSON.parse(String(body)).time, { from: WINDOW.start, to: WINDOW.end });
  assert.equal((await ask('/workbench/dashboards/unknown')).status, 404);
});

test('the source is served file by file, and nothing else of the machine', async () => {
  assert.deepEqual(JSON.parse(String((await ask('/workbench/source')).body)), {
    files: [{ path: 'src/main.ts', bytes: 8 }],
  });
  assert.equal(String((await ask('/workbench/source/src/main.ts')).body), 'main();\n');
  for (const name of ['../exercise', 'src/../../exercise', '/etc/passwd', 'src']) {
    assert.equal((await ask(`/workbench/source/${name}`)).status, 404, name);
  }
  assert.equal((await ask('/workbench/constructor')).status, 404);
});

test('starting again is a POST, and changes what the exercise is called', async () => {
  const id = async () => JSON.parse(String((await ask('/workbench/incident')).body)).id as string;
  const first = await id();
  assert.equal((await ask('/workbench/reset')).status, 405);
  assert.equal(await id(), first);
  const { status, body } = await ask('/workbench/reset', 'POST');
  assert.equal(status, 200);
  assert.equal(await id(), JSON.parse(String(body)).id);
  assert.notEqual(await id(), first);
});
