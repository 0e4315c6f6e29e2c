import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { entityId, entityNumber, isUuid } from './entity-id.js';

const uint32 = fc.integer({ min: 0, max: 2 ** 32 - 1 });

test('the number of a row can be read back from its id, a version 4 UUID', () => {
  fc.assert(
    fc.property(fc.constantFrom('workflows', 'users', 'x'), uint32, (table, n) => {
      const id = entityId(table, n);
      assert.match(id, /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
      assert.ok(isUuid(id));
      assert.equal(entityNumber(table, id), n);
    }),
  );
});

test('an id of another table, or of another origin, has no number', () => {
  fc.assert(
    fc.property(uint32, fc.uuid({ version: 4 }), (n, uuid) => {
      assert.equal(entityNumber('workflows', entityId('users', n)), undefined);
      assert.equal(entityNumber('workflows', uuid), undefined);
      assert.equal(entityNumber('workflows', `${entityId('workflows', n).slice(0, -1)}x`), undefined);
    }),
  );
});

test('ids are the same on every machine and do not collide', () => {
  assert.equal(entityId('workflows', 0), 'e4673033-4ca4-449b-976c-e9548eab10be');
  const ids = new Set(Array.from({ length: 50_000 }, (_, n) => entityId('workflows', n)));
  assert.equal(ids.size, 50_000);
});
