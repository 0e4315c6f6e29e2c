import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type DataFrame, FieldType } from '@grafana/data';
import { boundLabels, cellAt, readCells } from './cells';
import { colorIndex, palette } from './palette';

// Units are made for a browser's language.
globalThis.navigator ??= { language: 'en-US', languages: ['en-US'] } as unknown as Navigator;

const frame: DataFrame = {
  fields: [
    { name: 'Time', type: FieldType.time, config: { interval: 15_000 }, values: [15_000, 30_000] },
    { name: 'a', type: FieldType.number, labels: { le: '0.05' }, config: {}, values: [4, 0] },
    { name: 'b', type: FieldType.number, labels: { le: '+Inf' }, config: {}, values: [1, null] },
  ],
  length: 2,
};

test('cells are what is counted, and their bounds stand beside them', () => {
  const cells = readCells(frame, 1e-9);
  assert.ok(cells);
  assert.deepEqual([cells.min, cells.max, cells.stepMs], [1, 4, 15_000]);
  assert.deepEqual(cells.rows[0]?.counts, [4, null]);
  assert.deepEqual(boundLabels(cells, 's'), ['0 s', '50 ms', '+Inf']);
});

test('a pointer finds the cell of the interval that ends after it', () => {
  const cells = readCells(frame, 1e-9);
  assert.ok(cells);
  assert.deepEqual(cellAt(cells, 1000, 0.5), { row: 0, column: 0, count: 4, from: 0, to: 15_000 });
  assert.deepEqual(cellAt(cells, 15_000, 1.9)?.count, 1);
  assert.equal(cellAt(cells, 16_000, 0.5), undefined);
  assert.equal(cellAt(cells, 99_000, 0.5), undefined);
});

test('frames without anything counted have no cells', () => {
  assert.equal(readCells(undefined, 0), undefined);
  assert.equal(readCells(frame, 10), undefined);
});

test('the least is nearest to the background, the most farthest', () => {
  const options = { scheme: 'Blues', steps: 8, reverse: false };
  assert.deepEqual(palette(options, true), palette({ ...options, reverse: true }, false));
  assert.deepEqual(palette(options, true).reverse(), palette(options, false));
  const index = (count: number) => colorIndex(count, { min: 1, max: 9 }, 8);
  assert.deepEqual([1, 2, 5, 8.9, 9].map(index), [0, 1, 4, 7, 7]);
  assert.equal(colorIndex(3, { min: 3, max: 3 }, 8), 7);
});
