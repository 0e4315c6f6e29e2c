import assert from 'node:assert/strict';
import { test } from 'node:test';
import { layoutFor } from './layout';

test('columns go as the panel gets narrower', () => {
  assert.deepEqual(
    [layoutFor(1420, 700)].map(({ narrow, medium }) => [narrow, medium]),
    [[false, false]],
  );
  assert.deepEqual(
    [layoutFor(1260, 700)].map(({ narrow, medium }) => [narrow, medium]),
    [[false, true]],
  );
  assert.equal(layoutFor(1090, 700).showWait, false);
  assert.deepEqual(
    [layoutFor(700, 700)].map(({ narrow, medium }) => [narrow, medium]),
    [[true, true]],
  );
  assert.equal(layoutFor(700, 700).tiny, false);
  assert.equal(layoutFor(560, 700).tiny, true);
});

test('everything fits into the height, as long as the panes have a use', () => {
  for (const height of [620, 700, 900]) {
    const { mainHeight, tableHeight, stripHeight, gap } = layoutFor(1420, height);
    assert.ok(42 + 24 + stripHeight + 66 + 3 * gap + mainHeight <= height);
    assert.ok(tableHeight < mainHeight);
  }
  assert.equal(layoutFor(1420, 300).mainHeight, 260);
});
