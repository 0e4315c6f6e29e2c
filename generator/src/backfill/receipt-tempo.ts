/** What Tempo holds of a run: spans of each service, whole traces by id, the oldest and newest by search. */
import type { HttpClient } from '../sinks/http.js';
import type { TraceBatch } from '../telemetry/run-files.js';
import type { ExpectedTraces, SampledTrace } from './expected-traces.js';
import { isExact, type ReceiptRow } from './receipt.js';
import type { Run } from './run.js';

interface MetricsAnswer {
  readonly series?: readonly {
    readonly labels?: readonly { readonly value: { readonly stringValue?: string } }[];
    /** Absent when it is zero. */
    readonly value?: number;
  }[];
}

interface TraceAnswer {
  readonly trace?: TraceBatch;
}

interface SearchAnswer {
  readonly traces?: readonly { readonly traceID: string }[];
}

const CONCURRENT_LOOKUPS = 4;

/** The tenant's name in Tempo's own metrics when tenants are switched off. */
const SINGLE_TENANT = 'single-tenant';

/**
 * Spans of the tenant that Tempo has discarded since it started; undefined where it does not tell. Those that it
 * refused for their rate are left out: it said so in its answer, and they were sent again.
 */
export async function discardedSpans(client: HttpClient): Promise<number | undefined> {
  const reply = await client.get('/metrics');
  if (reply.status !== 200) return undefined;
  const tenant = client.endpoint.headers['X-Scope-OrgID'] ?? SINGLE_TENANT;
  return [...reply.text.matchAll(/^tempo_discarded_spans_total\{(.*)\} (\S+)$/gm)]
    .filter(
      ([, labels = '']) => labels.includes(`tenant="${tenant}"`) && !labels.includes('reason="rate_limited"'),
    )
    .reduce((sum, [, , value]) => sum + Number(value), 0);
}

/**
 * The counts: one query, and cheap enough to be repeated until all spans show.
 * @param discardedBefore what `discardedSpans` gave before the load
 */
export async function askTempoCounts(
  client: HttpClient,
  run: Run,
  expected: ExpectedTraces,
  discardedBefore: number | undefined,
): Promise<readonly ReceiptRow[]> {
  const [services, discarded] = await Promise.all([
    spansByService(client, run, expected),
    discardedSpans(client),
  ]);
  return [
    row('spans', run.manifest.counts.spans, sum(services)),
    ...(discarded === undefined || discardedBefore === undefined
      ? []
      : [row('spans discarded', 0, discarded - discardedBefore)]),
    ...services,
  ];
}

/** Single traces, which take a query each. */
export async function askTempoTraces(
  client: HttpClient,
  expected: ExpectedTraces,
): Promise<readonly ReceiptRow[]> {
  const traces = await spansByTrace(client, expected.sampled);
  const ends = await searches(client, expected.ends);
  return [
    row('sampled traces, whole', traces.length, traces.filter(isExact).length),
    row('oldest and newest trace, by search', ends.length, sum(ends)),
    ...traces,
    ...ends,
  ];
}

function row(what: string, expected: number, found: number): ReceiptRow {
  return { store: 'Tempo', what, expected, found, detail: false };
}

function sum(rows: readonly ReceiptRow[]): number {
  return rows.reduce((total, { found }) => total + Number(found), 0);
}

async function spansByService(
  client: HttpClient,
  run: Run,
  expected: ExpectedTraces,
): Promise<readonly ReceiptRow[]> {
  // Spans of traces that ended within the window may have begun before it; whole seconds keep both ends in.
  const { series = [] } = await client.getJson<MetricsAnswer>('/api/metrics/query', {
    q: '{} | count_over_time() by (resource.service.name)',
    start: String(Math.floor(oldestStart_ms(run, expected) / 1000) - 1),
    end: String(Math.ceil(run.end_ms / 1000) + 1),
  });
  const found = new Map(
    series.map(({ labels, value }) => [labels?.[0]?.value.stringValue ?? '', value ?? 0]),
  );
  return [...expected.spansOfService].map(([service, spans]) => ({
    store: 'Tempo',
    what: `spans of ${service}`,
    expected: spans,
    found: found.get(service) ?? 0,
    detail: true,
  }));
}

function oldestStart_ms(run: Run, { ends: [oldest] }: ExpectedTraces): number {
  return Math.min(run.start_ms, oldest ? Number(oldest.start_ns / 1_000_000n) : run.start_ms);
}

async function spansByTrace(
  client: HttpClient,
  sampled: readonly SampledTrace[],
): Promise<readonly ReceiptRow[]> {
  const rows: ReceiptRow[] = [];
  const queue = [...sampled];
  const lookUp = async () => {
    for (let trace = queue.shift(); trace; trace = queue.shift()) {
      const found = await spansOfTrace(client, trace.id);
      rows.push({
        store: 'Tempo',
        what: `spans of trace ${trace.id}`,
        expected: trace.spans,
        found,
        detail: true,
      });
    }
  };
  await Promise.all(Array.from({ length: CONCURRENT_LOOKUPS }, lookUp));
  return rows;
}

async function spansOfTrace(client: HttpClient, id: string): Promise<number> {
  const path = `/api/v2/traces/${id}`;
  const reply = await client.get(path);
  if (reply.status === 404) return 0;
  client.expectSuccess(path, reply);
  const { trace } = JSON.parse(reply.text) as TraceAnswer;
  return (trace?.resourceSpans ?? [])
    .flatMap(({ scopeSpans }) => scopeSpans)
    .reduce((spans, scope) => spans + scope.spans.length, 0);
}

/** Searches no wider than the trace itself: they pass a block by whose range does not hold what it holds. */
function searches(client: HttpClient, ends: readonly SampledTrace[]): Promise<readonly ReceiptRow[]> {
  return Promise.all(
    ends.map(async ({ id, start_ns, end_ns }) => {
      const { traces = [] } = await client.getJson<SearchAnswer>('/api/search', {
        q: `{ trace:id = "${id}" }`,
        start: String(start_ns / 1_000_000_000n),
        end: String(end_ns / 1_000_000_000n + 1n),
      });
      // Tempo leaves zeros at an id's start out.
      const found = traces.filter(({ traceID }) => traceID.padStart(32, '0') === id).length;
      return { store: 'Tempo', what: `search for trace ${id}`, expected: 1, found, detail: true };
    }),
  );
}
