import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { attributeText, type FileDigest, readLines, readLogBatches, splitLines } from './run-files.js';

let folder = '';
before(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'run-files-'));
});
after(() => rm(folder, { recursive: true }));

async function write(name: string, content: Buffer): Promise<string> {
  const file = path.join(folder, name);
  await writeFile(file, content);
  return file;
}

async function collect<T>(source: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const item of source) all.push(item);
  return all;
}

test('lines longer than a chunk, empty lines and a missing last line end', async () => {
  const long = 'x'.repeat(700_000);
  const compressed = gzipSync(`${long}\n\nshort\nlast`);
  let digest: FileDigest | undefined;
  let read = 0;
  const file = await write('lines.gz', compressed);
  const lines = await collect(
    readLines(file, { onDigest: (found) => (digest = found), onBytes: (bytes) => (read += bytes) }),
  );
  assert.deepEqual(lines.map(String), [long, 'short', 'last']);
  const sha256 = createHash('sha256').update(compressed).digest('hex');
  assert.equal(read, compressed.length);
  assert.deepEqual(digest, { bytes: compressed.length, sha256 });
});

test('a line end at the edge of a chunk', async () => {
  async function* chunks() {
    yield Buffer.from('one\n');
    yield Buffer.from('\ntw');
    yield Buffer.from('o');
  }
  assert.deepEqual((await collect(splitLines(chunks()))).map(String), ['one', 'two']);
});

test('gzip members one behind another are one file', async () => {
  const file = await write('members.gz', Buffer.concat([gzipSync('a\n'), gzipSync('b\n')]));
  assert.deepEqual((await collect(readLines(file))).map(String), ['a', 'b']);
});

test('a missing, cut off or broken file is named', async () => {
  await assert.rejects(collect(readLines(path.join(folder, 'none.gz'))), /none\.gz: ENOENT/);
  const cut = await write('cut.gz', gzipSync('x'.repeat(1000)).subarray(0, -9));
  await assert.rejects(collect(readLines(cut)), /cut\.gz: unexpected end of file/);
  const bad = await write('bad.gz', gzipSync('{"resourceLogs":[]}\n{oops\n'));
  await assert.rejects(collect(readLogBatches(bad)), /bad\.gz:2: /);
});

test('leaving early closes the file', async () => {
  const file = await write('early.gz', gzipSync('a\nb\n'));
  for await (const line of readLines(file)) {
    assert.equal(String(line), 'a');
    break;
  }
});

test('attributes of every scalar type read as text', () => {
  const attributes = [
    { key: 's', value: { stringValue: '' } },
    { key: 'i', value: { intValue: '42' } },
    { key: 'd', value: { doubleValue: 0.5 } },
    { key: 'b', value: { boolValue: false } },
    { key: 'a', value: { arrayValue: { values: [] } } },
  ];
  const texts = ['s', 'i', 'd', 'b', 'a', 'none'].map((key) => attributeText(attributes, key));
  assert.deepEqual(texts, ['', '42', '0.5', 'false', undefined, undefined]);
});
