import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { nextRun, parseCron } from '../src/services/job-scheduler/cron.js';

const next = (expression: string, after: string) =>
  nextRun(parseCron(expression), new Date(after)).toISOString();

test('the next run is the first minute that fits, never the present one', () => {
  assert.equal(next('* * * * *', '2026-03-02T09:08:30.000Z'), '2026-03-02T09:09:00.000Z');
  assert.equal(next('*/15 * * * *', '2026-03-02T09:15:00.000Z'), '2026-03-02T09:30:00.000Z');
  assert.equal(next('0 8 * * 1-5', '2026-03-06T08:00:00.000Z'), '2026-03-09T08:00:00.000Z');
  assert.equal(next('30 23 31 12 *', '2026-12-31T23:30:00.000Z'), '2027-12-31T23:30:00.000Z');
  assert.equal(next('0 0 29 2 *', '2026-01-01T00:00:00.000Z'), '2028-02-29T00:00:00.000Z');
});

test('what is not understood is refused by the name of its field', () => {
  assert.throws(() => parseCron('0 8 * *'), /five fields/);
  assert.throws(() => parseCron('60 * * * *'), /minute "60"/);
  assert.throws(() => parseCron('0 8 * * mon'), /day of week "mon"/);
  assert.throws(() => parseCron('0 */0 * * *'), /hour/);
  assert.throws(() => next('0 0 31 2 *', '2026-01-01T00:00:00.000Z'), /never/);
});

test('every run fits the expression, and no minute before it does', () => {
  const minute = fc.integer({ min: 0, max: 59 });
  const hour = fc.integer({ min: 0, max: 23 });
  const weekday = fc.integer({ min: 0, max: 6 });
  const start = fc.date({ min: new Date('2026-01-01'), max: new Date('2029-01-01'), noInvalidDate: true });
  fc.assert(
    fc.property(minute, hour, weekday, start, (m, h, d, after) => {
      const found = nextRun(parseCron(`${m} ${h} * * ${d}`), after);
      assert.deepEqual([found.getUTCMinutes(), found.getUTCHours(), found.getUTCDay()], [m, h, d]);
      const wait = found.getTime() - after.getTime();
      assert.ok(wait > 0 && wait <= 7 * 24 * 3_600_000);
    }),
  );
});
