import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parsePoints, parseSeriesLine } from './notation.js';

function shown(text: string): string {
  return parsePoints(text)
    .map((point) => (point.kind === 'value' ? String(point.value) : point.kind))
    .join(' ');
}

test('series notation', () => {
  assert.equal(shown('1 2.5 -3e2 .5'), '1 2.5 -300 0.5');
  assert.equal(shown('1+2x3 10-5x2 7x2'), '1 3 5 7 10 5 0 7 7 7');
  assert.equal(shown('_ stale _x2 stalex2'), 'none stale none none stale stale');
  assert.equal(shown('Inf -inf NaN'), 'Infinity -Infinity NaN');
  assert.equal(shown('0+0x3'), '0 0 0 0');
  assert.equal(shown('{{schema:0 sum:1}}x4 1'), 'unsupported 1');
  assert.throws(() => parsePoints('1+2'), /not a value: 1\+2/);
});

test('names and labels of a series', () => {
  const { labels, points } = parseSeriesLine('up{text="a } b", other=\'c\'} 1 2');
  assert.deepEqual(labels.toObject(), { __name__: 'up', text: 'a } b', other: 'c' });
  assert.equal(points.length, 2);
  assert.deepEqual(parseSeriesLine('{} 1').labels.toObject(), {});
  assert.deepEqual(parseSeriesLine('{job="api"} 1').labels.toObject(), { job: 'api' });
  assert.equal(parseSeriesLine('up@st 1m').points[0]?.kind, 'unsupported');
  assert.throws(() => parseSeriesLine('= 1'), /not a series/);
});
