import assert from 'node:assert/strict';
import { test } from 'node:test';
import { backfillCommand } from './command.js';

const STORES = [
  '--prometheus',
  'http://127.0.0.1:9',
  '--loki=http://127.0.0.1:9',
  '--tempo',
  'http://127.0.0.1:9',
];

async function failure(
  args: readonly string[],
): Promise<{ message: string; generated: readonly (readonly string[])[] }> {
  const generated: (readonly string[])[] = [];
  const generate = async (others: readonly string[]) => {
    generated.push(others);
    throw new Error('generated');
  };
  const error = await backfillCommand(args, generate).then(
    () => assert.fail('it loaded something'),
    (thrown: Error) => thrown,
  );
  return { message: error.message, generated };
}

test('the flags of generate are passed on as they are, the own ones are not', async () => {
  const { message, generated } = await failure(['--seed', '7', ...STORES, '--end=now', '--tenant', 'anna']);
  assert.equal(message, 'generated');
  assert.deepEqual(generated, [['--seed', '7', '--end=now']]);
});

test('nothing is generated for addresses that are wrong', async () => {
  const { message, generated } = await failure(['--seed', '7', ...STORES, '--otlp', 'nowhere']);
  assert.match(message, /^--otlp nowhere: not an address/);
  assert.deepEqual(generated, []);
});

test('a flag without its value is refused', async () => {
  const { message } = await failure([...STORES, '--tenant']);
  assert.match(message, /--tenant/);
});

test('a run that is there is not generated anew', async () => {
  const { message, generated } = await failure([...STORES, '--from', '/nowhere', '--seed', '7']);
  assert.match(message, /^--seed has no meaning beside --from/);
  assert.deepEqual(generated, []);
  assert.match(
    (await failure([...STORES, '--from', '/nowhere'])).message,
    /^\/nowhere is not a finished run/,
  );
});

test('files that would be removed at the end are not asked for', async () => {
  assert.match((await failure([...STORES, '--out', 'x'])).message, /^backfill keeps no files/);
});
