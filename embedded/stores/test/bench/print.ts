/** Timings as a table: each store, all of them, and the slowest queries. */
import { keyOf } from '../support/query.js';
import { percentile, type Timing } from './measure.js';

const AIM_P95_MS = 100;
const SLOWEST = 8;

export function printTimings(timings: readonly Timing[]): void {
  for (const store of ['prometheus', 'loki', 'tempo'] as const) {
    printLine(
      store,
      timings.filter(({ query }) => query.store === store),
    );
  }
  printLine('all', timings);
  const p95 = percentile(
    timings.flatMap(({ embedded }) => embedded),
    0.95,
  );
  console.log(
    `P95 of all provisioned queries: ${ms(p95)}, ${p95 <= AIM_P95_MS ? 'within' : 'ABOVE'} ${AIM_P95_MS} ms`,
  );
  printQueries(
    'slowest',
    [...timings].sort((a, b) => median(b.embedded) - median(a.embedded)),
  );
  const compared = timings.filter(({ real }) => real.length > 0);
  if (compared.length === 0) return;
  const slower = compared.filter(({ embedded, real }) => median(embedded) > median(real));
  console.log(`slower than the real engine, by the median: ${slower.length} of ${compared.length} queries`);
  printQueries(
    'furthest behind',
    slower.sort((a, b) => median(b.embedded) / median(b.real) - median(a.embedded) / median(a.real)),
  );
}

function printLine(name: string, timings: readonly Timing[]): void {
  const own = timings.flatMap(({ embedded }) => embedded);
  const real = timings.flatMap((timing) => timing.real);
  const figures = [0.5, 0.95, 1].map((share) => {
    const beside = real.length > 0 ? ` (real ${ms(percentile(real, share))})` : '';
    return `${share === 1 ? 'max' : `P${share * 100}`} ${ms(percentile(own, share))}${beside}`;
  });
  const ratio =
    real.length > 0
      ? `; real/embedded P50 ${(percentile(real, 0.5) / percentile(own, 0.5)).toFixed(1)}, P95 ${(percentile(real, 0.95) / percentile(own, 0.95)).toFixed(1)}`
      : '';
  console.log(`${name}: ${timings.length} queries, ${figures.join(', ')}${ratio}`);
}

function printQueries(title: string, timings: readonly Timing[]): void {
  for (const { query, embedded, real } of timings.slice(0, SLOWEST)) {
    const beside = real.length > 0 ? ` (real ${ms(median(real))})` : '';
    console.log(
      `  ${title}: ${ms(median(embedded))}${beside}  ${query.source}  ${keyOf(query).slice(0, 160)}`,
    );
  }
}

function median(values: readonly number[]): number {
  return percentile(values, 0.5);
}

function ms(value: number): string {
  return `${value.toFixed(1)} ms`;
}
