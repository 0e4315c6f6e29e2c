import assert from 'node:assert/strict';
import { test } from 'node:test';
import { firstDifference } from './compare.js';
import type { Json } from './normalise.js';

function place(expected: Json, found: Json): string | undefined {
  return firstDifference({ status: 200, content: expected }, { status: 200, content: found })?.place;
}

test('what is the same has no difference', () => {
  const answer = { data: [{ metric: { a: 'b' }, values: [[1, '0.1']] }, null, true] };
  assert.equal(place(answer, structuredClone(answer)), undefined);
});

test('the first difference is named by its place', () => {
  assert.equal(place({ data: [{ a: 1 }, { a: 2 }] }, { data: [{ a: 1 }, { a: 3 }] }), '$.data[1].a');
  assert.equal(place({ data: [1] }, { data: [1, 2] }), '$.data[1]');
  assert.equal(place({ data: [1, 2] }, { data: [1] }), '$.data[1]');
  assert.equal(place({ a: 1 }, { a: 1, b: null }), '$.b');
  assert.equal(place([], {}), '$');
  assert.equal(
    firstDifference({ status: 400, content: null }, { status: 422, content: null })?.place,
    'status',
  );
});

test('fractions may differ by how they were added up, and no further', () => {
  assert.equal(place('0.30000000000000004', '0.3'), undefined);
  assert.equal(place('3', '2.9999999999999996'), undefined);
  assert.equal(place(0.1, 0.1 + 1e-12), undefined);
  assert.equal(place('0.3', '0.300000001'), '$');
  assert.equal(place(0.1, 0.1001), '$');
});

test('ids, times and the way that a number is written count digit by digit', () => {
  assert.equal(place('1772445300000000000', '1772445300000000001'), '$');
  assert.equal(place('0.5', '0.50'), '$');
  assert.equal(place('0.0000001', '1e-7'), '$');
  assert.equal(place('NaN', '0'), '$');
  assert.equal(place('1', 1), '$');
});
