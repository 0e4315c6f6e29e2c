import assert from 'node:assert/strict';
import { test } from 'node:test';
import { formatReport } from './format-report.js';
import { judge } from './judge.js';
import { one } from './measures/measure.js';
import type { CheckReport } from './report.js';

const target = { row: 3, quantity: 'share', brief: '75 %', measurement: 'share', unit: '%' };

function metBy(
  low: number,
  high: number,
  range: { min?: number; max?: number },
  scale = 1,
  scales?: true,
): boolean {
  const targets = [{ ...target, ...range, ...(scales && { scales }) }];
  return judge(targets, new Map([['share', { low, high }]]), scale)[0]?.met as boolean;
}

test('a target accepts its limits, and all of a range', () => {
  assert.ok(metBy(73, 73, { min: 73, max: 77 }));
  assert.ok(metBy(73, 77, { min: 73, max: 77 }));
  assert.ok(!metBy(72.9, 75, { min: 73, max: 77 }));
  assert.ok(!metBy(75, 77.1, { min: 73, max: 77 }));
  assert.ok(metBy(1e9, 1e9, { min: 1 }));
  assert.ok(!metBy(Number.NaN, Number.NaN, { min: 1 }));
  assert.ok(!metBy(Number.NaN, Number.NaN, { max: 1 }));
});

test('the scale of a run multiplies the ranges of targets that scale, and no others', () => {
  assert.ok(metBy(850, 850, { min: 78, max: 92 }, 10, true));
  assert.ok(!metBy(850, 850, { min: 78, max: 92 }, 10));
});

test('a target that nothing measures is a mistake', () => {
  assert.throws(() => judge([target], new Map(), 1), /target 3 needs "share"/);
});

const report: CheckReport = {
  run: { scenario: 'connection-pool', seed: 7, scale: 10 },
  targets: judge(
    [
      { ...target, min: 73, max: 77 },
      { ...target, row: 11, quantity: 'time', unit: 'ms', max: 50, measurement: 'time' },
      { ...target, row: 1, quantity: 'traces', unit: '', min: 12_000, measurement: 'traces' },
    ],
    new Map([
      ['share', { low: 74.51234, high: 75, note: 'with a note' }],
      ['time', one(51)],
      ['traces', one(56_789)],
    ]),
    10,
  ),
  laws: [
    { id: 'a', law: 'holds', holds: true, compared: 12, broken: 0, offenders: [], note: 'fine' },
    {
      id: 'b',
      law: 'does not',
      holds: false,
      compared: 5,
      broken: 4,
      offenders: ['one', `${'two '.repeat(40)}`],
    },
  ],
  passed: false,
};

test('the table names what was accepted, measured and thought of it', () => {
  const text = formatReport(report, { colour: false });
  const lines = text.split('\n').map((line) => line.trim().replaceAll(/ {2,}/g, ' | '));
  assert.equal(lines[0], 'connection-pool, seed 7, scale 10');
  assert.ok(lines.includes('3 | share | 73 to 77 % | 74.51 to 75 % | ok'));
  assert.ok(lines.includes('with a note'));
  assert.ok(lines.includes('11 time | <= 50 ms | 51 ms | MISSED'));
  assert.ok(lines.includes('1 | traces | >= 12000 | 56789 | ok'));
  assert.ok(lines.includes('a | holds | 12 | ok'));
  assert.ok(lines.includes('b | does not | 5 | BROKEN 4'));
  assert.ok(lines.includes('- one'));
  assert.equal(lines.at(-2), 'failed: 1 of 3 targets missed, 1 of 2 laws broken');
});

test('no line is wider than 110 columns, and colour adds nothing but colour', () => {
  const plain = formatReport(report, { colour: false });
  for (const line of plain.split('\n')) assert.ok(line.length <= 110, line);
  const coloured = formatReport(report, { colour: true });
  assert.ok(coloured.includes('\x1b[31mMISSED\x1b[0m') && coloured.includes('\x1b[32mok\x1b[0m'));
  // biome-ignore lint/suspicious/noControlCharactersInRegex: colours are control characters
  assert.equal(coloured.replaceAll(/\x1b\[\d+m/g, ''), plain);
});
