/** For tests: small stores, and what queries over them give. */
import { parsePoints } from '../../conformance/notation.js';
import { Budget } from '../../query/budget.js';
import { Labels } from '../labels.js';
import { PROMETHEUS_3, type Semantics } from '../semantics.js';
import { MetricsStore } from '../store.js';
import { LOOKBACK_MS, type QueryOptions } from './context.js';
import { parseQuery, queryInstant } from './query.js';
import type { Value } from './value.js';

export const SECOND_MS = 1000;

/** @param series by name or `name job`, with samples every ten seconds */
export function storeOf(series: Readonly<Record<string, string>>): MetricsStore {
  const store = new MetricsStore();
  for (const [key, text] of Object.entries(series)) {
    const [name = '', job = ''] = key.split(' ');
    const samples = parsePoints(text).flatMap((point, index) =>
      point.kind === 'value' ? [{ time: index * 10 * SECOND_MS, value: point.value }] : [],
    );
    store.append([
      {
        labels: Labels.of([
          ['__name__', name],
          ['job', job],
        ]),
        times: Float64Array.from(samples, ({ time }) => time),
        values: Float64Array.from(samples, ({ value }) => value),
        staleTimes: [],
        exemplars: [],
      },
    ]);
  }
  return store;
}

export function optionsFor(source: MetricsStore, semantics: Semantics = PROMETHEUS_3): QueryOptions {
  return { source, semantics, budget: new Budget(), lookback_ms: LOOKBACK_MS };
}

export async function instant(text: string, time_s: number, options: QueryOptions): Promise<Value> {
  const { value } = await queryInstant(parseQuery(text, options.semantics), time_s * SECOND_MS, options);
  return value;
}

/** Values at an instant by labels. */
export function shown(value: Value): Readonly<Record<string, number>> {
  if (value.kind !== 'vector') throw new Error(`not a vector: ${value.kind}`);
  const present = value.series.filter((series) => series.present[0] === 1);
  return Object.fromEntries(present.map(({ labels, values }) => [`${labels}`, values[0] as number]));
}
