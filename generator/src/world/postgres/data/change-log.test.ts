import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { ChangeLog } from './change-log.js';

test('rows are found by key and by indexed column as in a plain map, whatever changes', () => {
  const change = fc.record({
    key: fc.constantFrom('a', 'b', 'c', 'd'),
    row: fc.option(fc.record({ parent: fc.constantFrom('p', 'q'), n: fc.nat() })),
  });
  fc.assert(
    fc.property(fc.array(change, { maxLength: 30 }), (changes) => {
      const log = new ChangeLog(['parent']);
      const model = new Map<string, { parent: string; n: number } | null>();
      for (const { key, row } of changes) {
        log.set(key, row);
        model.set(key, row);
      }
      for (const [key, row] of model) assert.deepEqual(log.get(key), row);
      for (const parent of ['p', 'q']) {
        const found = log.inserted('parent', parent).filter((key) => log.get(key)?.parent === parent);
        assert.equal(new Set(found).size, found.length, 'a key twice');
        const expected = [...model].filter(([, row]) => row?.parent === parent).map(([key]) => key);
        assert.deepEqual(found.sort(), expected.sort());
      }
    }),
  );
});

test('the newest rows come first, also those of an older generation', () => {
  const log = new ChangeLog(['parent']);
  for (let i = 0; i < 26_000; i++) log.set(`row ${i}`, { parent: i >= 24_990 ? 'p' : 'q' });
  log.set('row 24995', { parent: 'p', changed: true });
  const keys = log.inserted('parent', 'p');
  assert.equal(keys.length, new Set(keys).size);
  assert.equal(keys[0], 'row 24995');
  assert.ok(keys.indexOf('row 24999') > keys.indexOf('row 25000'));
  assert.ok(keys.includes('row 24990'));
  assert.deepEqual(log.newest(3), ['row 24995', 'row 25999', 'row 25998']);
});

test('what is too old is forgotten, and memory with it', () => {
  const log = new ChangeLog(['parent']);
  for (let i = 0; i < 80_000; i++) log.set(`row ${i}`, { parent: `p ${i}` });
  assert.equal(log.get('row 0'), undefined);
  assert.deepEqual(log.inserted('parent', 'p 0'), []);
  assert.deepEqual(log.get('row 70000'), { parent: 'p 70000' });
});

test('rows of the population are told by their number', () => {
  const log = new ChangeLog([]);
  log.set(5, null);
  log.set(5 + 65_536, { id: 'x' });
  assert.equal(log.get(5), null);
  assert.equal(log.get(6), undefined);
  assert.equal(log.get(5 + 2 * 65_536), undefined);
  assert.deepEqual(log.get(5 + 65_536), { id: 'x' });
});
