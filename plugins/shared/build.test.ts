import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { test } from 'node:test';
import { pathToFileURL } from 'node:url';

const GZIP_LIMIT_BYTES = 60 * 1024;
const folder = path.resolve('plugins');
const { buildPlugin, EXTERNALS, pluginNames } = await import(pathToFileURL(`${folder}/build.mjs`).href);

for (const name of await pluginNames()) {
  test(`${name}: built, it stays within 60 KB gzip and asks only for what Grafana 10.4 to 13 provide`, async () => {
    const { gzip } = await buildPlugin(name);
    assert.ok(gzip <= GZIP_LIMIT_BYTES, `module.js is ${gzip} bytes gzip`);

    const source = await readFile(path.join(folder, name, 'dist', 'module.js'), 'utf8');
    let asked: readonly string[] = [];
    const define = (names: readonly string[]) => {
      asked = names;
    };
    new Function('define', source)(define);
    assert.ok(asked.length > 0, 'define() was called');
    assert.deepEqual(
      asked.filter((each) => !EXTERNALS.includes(each)),
      [],
    );
  });

  test(`${name}: the built plugin.json has its version and date filled in`, async () => {
    const built = JSON.parse(await readFile(path.join(folder, name, 'dist', 'plugin.json'), 'utf8'));
    assert.equal(built.type, 'panel');
    assert.match(built.info.version, /^\d+\.\d+\.\d+$/);
    assert.match(built.info.updated, /^\d{4}-\d{2}-\d{2}$/);
    assert.equal(built.dependencies.grafanaDependency, '>=10.4.0');
  });
}
