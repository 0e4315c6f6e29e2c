import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { type BackfillFlags, readEndpoints } from './options.js';

const STORES: BackfillFlags = {
  prometheus: 'http://localhost:9090/',
  loki: 'http://localhost:3100',
  tempo: 'https://tempo.example:3200/base/',
};

let folder = '';
before(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'options-'));
});
after(() => rm(folder, { recursive: true }));

async function authFile(content: string): Promise<string> {
  const file = path.join(folder, 'auth');
  await writeFile(file, content);
  return file;
}

function basic(secret: string): string {
  return `Basic ${Buffer.from(secret).toString('base64')}`;
}

test('what is not given follows from what is: remote write, and OTLP beside Tempo', async () => {
  const { prometheus, remoteWrite, loki, tempo, otlp } = await readEndpoints(STORES);
  assert.deepEqual(
    [prometheus, remoteWrite, loki, tempo, otlp].map(({ url }) => url),
    [
      'http://localhost:9090',
      'http://localhost:9090/api/v1/write',
      'http://localhost:3100',
      'https://tempo.example:3200/base',
      'https://tempo.example:4318',
    ],
  );
  assert.deepEqual(prometheus.headers, {});
});

test('addresses of a cluster are taken as they are', async () => {
  const { remoteWrite, otlp } = await readEndpoints({
    ...STORES,
    'remote-write': 'http://mimir/api/v1/push',
    otlp: 'http://gateway/otlp/',
  });
  assert.equal(remoteWrite.url, 'http://mimir/api/v1/push');
  assert.equal(otlp.url, 'http://gateway/otlp');
});

const WRONG: readonly (readonly [string, BackfillFlags, RegExp])[] = [
  ['a missing store', { ...STORES, loki: undefined }, /^--loki is missing/],
  ['an empty address', { ...STORES, tempo: '' }, /^--tempo is missing/],
  [
    'a host without scheme',
    { ...STORES, prometheus: 'localhost:9090' },
    /^--prometheus localhost:9090: not an add/,
  ],
  [
    'another scheme',
    { ...STORES, loki: 'ftp://x' },
    /^--loki ftp:\/\/x: not an address; allowed is http:\/\//,
  ],
  ['a query', { ...STORES, loki: 'http://x?y=1' }, /^--loki .* without \? and #/],
  ['a password in an address', { ...STORES, loki: 'http://u:secret@x' }, /^--loki: no user or password/],
  [
    'the full path of OTLP',
    { ...STORES, otlp: 'http://x:4318/v1/traces' },
    /^--otlp .* leave \/v1\/traces out/,
  ],
  ['a tenant with a space', { ...STORES, tenant: 'a b' }, /^--tenant a b: allowed are 1 to 150/],
  ['a tenant that is a folder', { ...STORES, tenant: '..' }, /^--tenant \.\.: allowed/],
  [
    'a file that is not there',
    { ...STORES, 'basic-auth-file': '/nowhere' },
    /^--basic-auth-file \/nowhere can't be/,
  ],
];

for (const [name, flags, message] of WRONG) {
  test(`refused by name: ${name}`, async () => {
    await assert.rejects(readEndpoints(flags), { name: 'UserError', message });
  });
}

test('a password never shows in a message', async () => {
  await assert.rejects(readEndpoints({ ...STORES, loki: 'http://u:secret@x' }), (error: Error) => {
    assert.doesNotMatch(error.message, /secret/);
    return true;
  });
  const file = await authFile('mimir user:secret');
  await assert.rejects(readEndpoints({ ...STORES, 'basic-auth-file': file }), (error: Error) => {
    assert.doesNotMatch(error.message, /secret/);
    assert.match(error.message, /STORE one of prometheus, loki, tempo, otlp/);
    return true;
  });
});

test('one user for all stores, or one for each', async () => {
  const one = await readEndpoints({
    ...STORES,
    tenant: 'anna',
    'basic-auth-file': await authFile('u:p:q\n'),
  });
  for (const { headers } of Object.values(one)) {
    assert.deepEqual(headers, { 'X-Scope-OrgID': 'anna', Authorization: basic('u:p:q') });
  }
  const file = await authFile('prometheus 1:a\r\nloki 2:b\n\ntempo 3:c\notlp 4:d\n');
  const each = await readEndpoints({ ...STORES, 'basic-auth-file': file });
  assert.deepEqual(
    [each.prometheus, each.remoteWrite, each.loki, each.tempo, each.otlp].map(
      ({ headers }) => headers.Authorization,
    ),
    ['1:a', '1:a', '2:b', '3:c', '4:d'].map(basic),
  );
});

test('an empty file of credentials is no file of credentials', async () => {
  await assert.rejects(
    readEndpoints({ ...STORES, 'basic-auth-file': await authFile('\n') }),
    /is empty: give a line USER:PASSWORD/,
  );
});
