import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { PROMETHEUS_3 } from '../semantics.js';
import type { QueryOptions } from './context.js';
import { parseQuery, queryRange } from './query.js';
import { instant, optionsFor, SECOND_MS, shown, storeOf } from './querying.js';
import type { Grid } from './value.js';

const point = fc.oneof(
  { weight: 6, arbitrary: fc.integer({ min: -5, max: 20 }).map(String) },
  { weight: 1, arbitrary: fc.constantFrom('_', '_x4', 'NaN', 'Inf') },
);
const column = fc.array(point, { minLength: 1, maxLength: 40 }).map((points) => points.join(' '));
const QUERIES = [
  'a',
  'a offset 15s',
  'rate(a[45s])',
  'increase(a[1m] offset -10s)',
  'irate(a[30s])',
  'max_over_time(a[35s])',
  'stddev_over_time(a[1m])',
  'quantile_over_time(0.3, a[1m])',
  'deriv(a[1m])',
  'predict_linear(a[1m], 60)',
  'changes(a[50s])',
  'sum by (job) (a)',
  'avg(a)',
  'stddev(a)',
  'quantile(0.4, a)',
  'topk(1, a)',
  'count_values("v", a)',
  'a > 3',
  'a + on () group_left b',
  'a and on () (b > 2)',
  'a or b',
  'a unless on () (b > 2)',
  'absent(a > 10)',
  'scalar(b) * a',
  'sum_over_time(a[40s:10s])',
  'max_over_time(rate(a[30s])[1m:20s] offset 5s)',
  'clamp(a, 0, scalar(b))',
  'timestamp(a)',
  '-a ^ 2',
];

async function seriesAt(text: string, grid: Grid, step: number, options: QueryOptions): Promise<string> {
  const time_s = (grid.start_ms + step * grid.step_ms) / SECOND_MS;
  return JSON.stringify(
    Object.entries(shown(await instant(text, time_s, options)))
      .map(plain)
      .sort(),
  );
}

function plain([labels, value]: readonly [string, number]): string {
  return `${labels} ${value}`;
}

test('at each step a range query gives what the instant gives', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...QUERIES),
      column,
      column,
      column,
      fc.integer({ min: 1, max: 40 }),
      async (text, x, y, b, step_s) => {
        const options = optionsFor(storeOf({ 'a x': x, 'a y': y, b }));
        const grid = { start_ms: 3 * SECOND_MS, step_ms: step_s * SECOND_MS, count: 12 };
        const { value } = await queryRange(parseQuery(text, PROMETHEUS_3), grid, grid.start_ms, options);
        for (let step = 0; step < grid.count; step++) {
          const found = value.series
            .filter(({ present }) => present[step] === 1)
            .map(({ labels, values }) => plain([`${labels}`, values[step] as number]));
          assert.equal(
            JSON.stringify(found.sort()),
            await seriesAt(text, grid, step, options),
            `step ${step}`,
          );
        }
      },
    ),
    { numRuns: 300 },
  );
});
