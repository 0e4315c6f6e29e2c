import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { Labels } from './labels.js';
import { firstAfter, Series } from './series.js';

test('samples are kept in the order of time, whatever the order they come in, each time once', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(200), { maxLength: 300 }), (times) => {
      const series = new Series(Labels.EMPTY);
      for (const time of times) series.append(time, time * 2);
      const { times: kept, values } = series.samples;
      assert.deepEqual(
        [...kept],
        [...new Set(times)].sort((a, b) => a - b),
      );
      assert.deepEqual(
        [...values],
        [...kept].map((time) => time * 2),
      );
    }),
  );
});

test('the newest sample again is known, with another value in conflict', () => {
  const series = new Series(Labels.EMPTY);
  assert.equal(series.append(1, 5), 'ok');
  assert.equal(series.append(1, 5), 'known');
  assert.equal(series.append(1, 6), 'conflict');
  assert.deepEqual([...series.samples.values], [5]);
});

test('samples can be read and more of them added', () => {
  const series = new Series(Labels.EMPTY);
  for (let time = 0; time < 100; time++) {
    series.append(time, time);
    assert.equal(series.samples.times.length, time + 1);
  }
});

test('overlap with a time range counts both ends', () => {
  const series = new Series(Labels.EMPTY);
  assert.equal(series.overlaps(0, 100), false);
  series.append(10, 1);
  series.append(20, 1);
  const ranges = [
    [0, 9],
    [0, 10],
    [20, 30],
    [21, 30],
    [12, 14],
    [15, 5],
  ] as const;
  assert.deepEqual(
    ranges.map(([from, to]) => series.overlaps(from, to)),
    [false, true, true, false, true, false],
  );
});

test('the first time after another one', () => {
  const times = [10, 20, 20, 30];
  assert.deepEqual(
    [5, 10, 19, 20, 30].map((time) => firstAfter(times, time)),
    [0, 1, 1, 3, 4],
  );
});
