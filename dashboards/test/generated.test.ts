import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { generatedFiles } from '../src/files.js';

const PROVISIONING = new URL('../../../provisioning/grafana/', import.meta.url);

for (const { path, content } of generatedFiles()) {
  test(`${path} is what dashboards/src/main.ts writes`, async () => {
    assert.equal(await readFile(new URL(path, PROVISIONING), 'utf8'), content);
  });
}

test('there is no dashboard beside the generated ones', async () => {
  const files = (await readdir(new URL('dashboards/', PROVISIONING))).filter((name) =>
    name.endsWith('.json'),
  );
  const generated = generatedFiles().map(({ path }) => path);
  assert.deepEqual(
    files.filter((name) => !generated.includes(`dashboards/${name}`)),
    [],
  );
});
