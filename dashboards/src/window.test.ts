import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { dashboardsForWindow } from './window.js';

const DASHBOARD = { uid: 'a', time: { from: 'now-52m', to: 'now' }, refresh: '15s', panels: [{ id: 1 }] };

test('only time and refresh differ', () => {
  const { time, refresh, ...rest } = dashboardsForWindow(DASHBOARD, {
    from: '2026-03-02T09:08:00Z',
    to: '2026-03-02T10:00:00Z',
  });
  assert.deepEqual(time, { from: '2026-03-02T09:08:00.000Z', to: '2026-03-02T10:00:00.000Z' });
  assert.equal(refresh, '');
  const { time: _time, refresh: _refresh, ...unchanged } = DASHBOARD;
  assert.deepEqual(rest, unchanged);
});

test('a dashboard with a window takes another one', () => {
  const time = fc.integer({ min: 0, max: 4e12 });
  fc.assert(
    fc.property(time, time, fc.integer({ min: 1, max: 1e9 }), (first, second, length) => {
      const window = { from: second, to: second + length };
      const once = dashboardsForWindow(DASHBOARD, window);
      const twice = dashboardsForWindow(
        dashboardsForWindow(DASHBOARD, { from: first, to: first + 1 }),
        window,
      );
      assert.deepEqual(twice, once);
    }),
  );
});

test('milliseconds may come as text', () => {
  const { time } = dashboardsForWindow(DASHBOARD, { from: '0', to: '1000' });
  assert.deepEqual(time, { from: '1970-01-01T00:00:00.000Z', to: '1970-01-01T00:00:01.000Z' });
});

test('a window that is none is refused', () => {
  assert.throws(() => dashboardsForWindow(DASHBOARD, { from: 'yesterday', to: 0 }), RangeError);
  assert.throws(() => dashboardsForWindow(DASHBOARD, { from: 1000, to: 1000 }), RangeError);
});
