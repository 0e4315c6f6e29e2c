import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sparkOf } from './spark';

const box = { range: { from: 0, to: 100 }, width: 100, height: 30 };

test('gaps stay gaps, and a point alone is a dot', () => {
  const { path } = sparkOf({ ...box, times: [0, 25, 50, 75, 100], values: [1, null, 1, null, 1] });
  assert.equal(path.match(/M/g)?.length, 3);
  assert.equal(path.includes('L'), false);
});

test('what must be in sight is', () => {
  const { y } = sparkOf({ ...box, times: [0, 100], values: [1, 2], atLeast: 200 });
  assert.ok(y(200) >= 0 && y(200) < 10);
  assert.ok(y(2) > 25);
});

test('points outside of the range are not drawn', () => {
  const { path } = sparkOf({ ...box, times: [-50, 50, 150], values: [1, 1, 1] });
  assert.match(path, /^M50\.0 [\d.]+h0$/);
});
