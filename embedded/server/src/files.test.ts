import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { gunzipSync } from 'node:zlib';
import { Exercise } from './exercise.js';
import { SourceFiles } from './source-files.js';
import { StaticFiles } from './static-files.js';

let folder: string;
before(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'server-'));
  mkdirSync(path.join(folder, 'src', 'api'), { recursive: true });
  writeFileSync(path.join(folder, 'src', 'api', 'server.ts'), 'export {};\n');
  writeFileSync(path.join(folder, 'src', 'main.ts'), '// größer\n');
  writeFileSync(path.join(folder, 'secret.txt'), 'secret');
  writeFileSync(path.join(folder, 'main-ABCD1234.js'), 'let a = 1;');
  writeFileSync(path.join(folder, 'logo.png'), Buffer.from([1, 2, 3]));
  symlinkSync(path.join(folder, 'secret.txt'), path.join(folder, 'src', 'link.ts'));
});
after(() => rmSync(folder, { recursive: true }));

test('the source is what lies under src: nothing beside it, nothing behind a link', () => {
  const source = new SourceFiles(folder);
  assert.deepEqual(source.list, [
    { path: 'src/api/server.ts', bytes: 11 },
    { path: 'src/main.ts', bytes: 12 },
  ]);
  assert.equal(source.text('src/main.ts'), '// größer\n');
  for (const name of ['secret.txt', 'src/../secret.txt', 'src/link.ts', '/etc/passwd', '__proto__', '']) {
    assert.equal(source.text(name), undefined, name);
  }
});

test('files are compressed for who takes that, and kept by the browser when their name says what they hold', () => {
  const files = new StaticFiles(folder);
  const packed = files.answer('main-ABCD1234.js', 'br, gzip');
  assert.equal(packed?.headers?.['Content-Encoding'], 'gzip');
  assert.equal(packed?.headers?.['Content-Type'], 'text/javascript; charset=utf-8');
  assert.match(packed?.headers?.['Cache-Control'] ?? '', /immutable/);
  assert.equal(gunzipSync(packed?.body ?? '').toString(), 'let a = 1;');
  const plain = files.answer('logo.png', 'gzip');
  assert.deepEqual(plain?.body, Buffer.from([1, 2, 3]));
  assert.equal(plain?.headers?.['Content-Encoding'], undefined);
  assert.equal(plain?.headers?.['Cache-Control'], 'no-cache');
});

test('a file is a name that is there: neither paths nor a folder that is missing lead anywhere', () => {
  const files = new StaticFiles(path.join(folder, 'src'));
  for (const name of ['../secret.txt', '/etc/passwd', 'api', 'link.ts', '']) {
    assert.equal(files.answer(name, undefined), undefined, name);
  }
  assert.equal(new StaticFiles(path.join(folder, 'missing')).answer('x', undefined), undefined);
});

test('an exercise outlives the server, until it is started again', () => {
  const file = path.join(folder, 'out', 'exercise');
  const first = new Exercise(file).id;
  const again = new Exercise(file);
  assert.equal(again.id, first);
  assert.notEqual(again.reset(), first);
  assert.equal(new Exercise(file).id, again.id);
  writeFileSync(file, 'broken');
  assert.match(new Exercise(file).id, /^[0-9a-f-]{36}$/);
});
