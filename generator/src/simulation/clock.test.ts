import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { VirtualClock } from './clock.js';

const newClock = () => new VirtualClock({ epochMs: Date.parse('2026-03-02T09:00:00Z') });

test('events run in order of time, and of scheduling at one instant, whatever is cancelled', () => {
  const action = fc.record({ delayUs: fc.nat(50), cancel: fc.boolean() });
  fc.assert(
    fc.property(fc.array(action, { maxLength: 200 }), (actions) => {
      const clock = newClock();
      const ran: { at: number; index: number }[] = [];
      const events = actions.map(({ delayUs }, index) =>
        clock.schedule(delayUs / 1000, () => ran.push({ at: clock.nowUs, index })),
      );
      actions.forEach(({ cancel }, index) => {
        const event = events[index];
        if (cancel && event) clock.cancel(event);
      });
      while (clock.step());
      const expected = actions
        .map(({ delayUs, cancel }, index) => ({ at: delayUs, index, cancel }))
        .filter(({ cancel }) => !cancel)
        .sort((a, b) => a.at - b.at || a.index - b.index)
        .map(({ at, index }) => ({ at, index }));
      assert.deepEqual(ran, expected);
      assert.equal(clock.processed, expected.length);
    }),
  );
});

test('time is in whole microseconds and reading it does not move it', () => {
  const clock = newClock();
  clock.schedule(1.2345678, () => {});
  clock.step();
  assert.equal(clock.nowUs, 1235);
  assert.equal(clock.nowUs, 1235);
  assert.equal(clock.wallMs, clock.epochMs + 1.235);
});

test('most events being cancelled keeps the queue short and in order', () => {
  const clock = newClock();
  const ran: number[] = [];
  for (let i = 0; i < 30_000; i++) {
    const event = clock.schedule(1000 - (i % 1000), () => ran.push(i));
    if (i % 10_000 !== 0) clock.cancel(event);
  }
  assert.equal(clock.nextUs(), 1_000_000);
  while (clock.step());
  assert.deepEqual(ran, [0, 10_000, 20_000]);
});

test('an event that ran can be cancelled without effect', () => {
  const clock = newClock();
  const event = clock.schedule(1, () => {});
  clock.step();
  clock.cancel(event);
  clock.schedule(1, () => {});
  assert.equal(clock.nextUs(), 2000);
});

test('an event that re-arms itself at one instant is stopped, naming the time', () => {
  const clock = newClock();
  const again = () => void clock.schedule(0, again);
  clock.schedule(2500, again);
  assert.throws(() => {
    while (clock.step());
  }, /time stands still: 1000000 events at 2\.5 s/);
});

test('neither a delay into the past nor a step over an event is accepted', () => {
  const clock = newClock();
  assert.throws(() => clock.schedule(-1, () => {}), RangeError);
  assert.throws(() => clock.schedule(Number.NaN, () => {}), RangeError);
  clock.schedule(5, () => {});
  assert.throws(() => clock.advanceTo(5001), RangeError);
  clock.advanceTo(5000);
  assert.equal(clock.nowUs, 5000);
});
