import assert from 'node:assert/strict';
import { test } from 'node:test';
import { formatTime, parseTime, printTime } from './time-layout.js';

const moment = { ms: Date.UTC(2026, 2, 2, 9, 8, 7, 60), ns: 500_000 };

test('layouts show what a certain time looks like', () => {
  assert.equal(formatTime('2006-01-02T15:04:05.000Z07:00', moment), '2026-03-02T09:08:07.060Z');
  assert.equal(formatTime('Mon Jan _2 3:04PM 06', moment), 'Mon Mar  2 9:08AM 26');
  assert.equal(
    formatTime('Monday, January 2 002 .999999 MST -0700', moment),
    'Monday, March 2 061 .0605 UTC +0000',
  );
  assert.equal(printTime(moment), '2026-03-02 09:08:07.0605 +0000 UTC');
});

test('times are read by the same layouts', () => {
  assert.deepEqual(parseTime('2006-01-02 15:04:05', '2026-03-02 09:08:07.0605'), moment);
  assert.deepEqual(parseTime('2006-01-02T15:04:05Z07:00', '2026-03-02T10:08:07+01:00'), {
    ms: Date.UTC(2026, 2, 2, 9, 8, 7),
    ns: 0,
  });
  assert.deepEqual(parseTime('Jan 2, 2006 3:04PM', 'Mar 2, 2026 3:08PM'), {
    ms: Date.UTC(2026, 2, 2, 15, 8),
    ns: 0,
  });
  assert.equal(parseTime('2006-01-02', 'yesterday'), undefined);
  assert.equal(parseTime('01 01', '03 03'), undefined, 'a layout that names the month twice');
});
