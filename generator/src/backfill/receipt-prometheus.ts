/** What Prometheus holds of a run: series, samples and exemplars of each metric. */
import type { HttpClient } from '../sinks/http.js';
import type { ExpectedMetrics, MetricCount } from './expectation.js';
import type { ReceiptRow } from './receipt.js';
import type { Run } from './run.js';

interface VectorAnswer {
  readonly data: {
    readonly result: readonly {
      readonly metric: Readonly<Record<string, string>>;
      readonly value: readonly [number, string];
    }[];
  };
}

interface ExemplarAnswer {
  readonly data: readonly {
    readonly seriesLabels: Readonly<Record<string, string>>;
    readonly exemplars: readonly unknown[];
  }[];
}

type Kind = 'series' | 'samples' | 'exemplars';
type Counts = Record<Kind, number>;

/** Asks metric by metric, so that no answer grows with the size of the run. */
export async function askPrometheus(
  client: HttpClient,
  run: Run,
  { counts, oldestExemplar_ms }: ExpectedMetrics,
): Promise<readonly ReceiptRow[]> {
  const found = new Map<string, Counts>();
  for (const name of new Set(counts.map((count) => count.name))) {
    const traced = counts.some((count) => count.name === name && count.exemplars > 0);
    const exemplarsFrom_ms = traced ? Math.min(run.start_ms, oldestExemplar_ms) : undefined;
    await askMetric(client, run, { name, exemplarsFrom_ms }, (of, kind, value) => {
      const entry = found.get(keyOf(of)) ?? { series: 0, samples: 0, exemplars: 0 };
      found.set(keyOf(of), entry);
      entry[kind] += value;
    });
  }
  const foundOf = (count: MetricCount) => found.get(keyOf(count)) ?? { series: 0, samples: 0, exemplars: 0 };
  const kinds: readonly Kind[] = ['series', 'samples', 'exemplars'];
  const totals = kinds.map((kind) => ({
    store: 'Prometheus',
    what: kind,
    expected: run.manifest.counts[kind],
    found: counts.reduce((sum, count) => sum + foundOf(count)[kind], 0),
    detail: false,
  }));
  const details = counts.flatMap((count) =>
    kinds.map((kind) => ({
      store: 'Prometheus',
      what: `${kind} of ${count.name}{job="${count.job}", instance="${count.instance}"}`,
      expected: count[kind],
      found: foundOf(count)[kind],
      detail: true,
    })),
  );
  return [...totals, ...details];
}

type Labelled = Pick<MetricCount, 'name' | 'job' | 'instance'>;

function keyOf({ name, job, instance }: Labelled): string {
  return JSON.stringify([name, job, instance]);
}

async function askMetric(
  client: HttpClient,
  run: Run,
  { name, exemplarsFrom_ms }: { readonly name: string; readonly exemplarsFrom_ms: number | undefined },
  found: (of: Labelled, kind: Kind, value: number) => void,
): Promise<void> {
  // A range that holds both ends of the window, whether or not the store's ranges include their own left end.
  const range_ms = run.end_ms - run.start_ms + 1;
  const samples = `count_over_time({__name__="${name}"}[${range_ms}ms])`;
  for (const [kind, aggregate] of [
    ['series', 'count'],
    ['samples', 'sum'],
  ] as const) {
    const { data } = await client.getJson<VectorAnswer>('/api/v1/query', {
      query: `${aggregate} by (job, instance) (${samples})`,
      time: seconds(run.end_ms),
    });
    for (const { metric, value } of data.result) {
      found({ name, job: metric.job ?? '', instance: metric.instance ?? '' }, kind, Number(value[1]));
    }
  }
  if (exemplarsFrom_ms === undefined) return;
  const { data } = await client.getJson<ExemplarAnswer>('/api/v1/query_exemplars', {
    query: `{__name__="${name}"}`,
    start: seconds(exemplarsFrom_ms),
    end: seconds(run.end_ms),
  });
  for (const { seriesLabels, exemplars } of data) {
    found(
      { name, job: seriesLabels.job ?? '', instance: seriesLabels.instance ?? '' },
      'exemplars',
      exemplars.length,
    );
  }
}

function seconds(time_ms: number): string {
  return (time_ms / 1000).toFixed(3);
}
