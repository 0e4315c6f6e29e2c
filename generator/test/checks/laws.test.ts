import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { OtlpLogRecord } from '../../src/telemetry/run-files.js';
import {
  broken,
  Fixture,
  firstRecord,
  firstSample,
  firstSpan,
  isEvent,
  longer,
  withAttribute,
  withFields,
} from './fixture.js';
import { MODEL_WINDOW } from './model-run.js';
import type { Rewrite } from './rewrite-run.js';

const UNKNOWN_TRACE = 'f'.repeat(32);
const UNKNOWN_SPAN = 'f'.repeat(16);

const fixture = new Fixture();
before(() => fixture.open());
after(() => fixture.close());

test('all laws hold on a run whose signals agree, and each compares something', async () => {
  const { laws, passed } = await fixture.checkOriginal();
  assert.deepEqual(
    laws.map(({ id, holds, offenders }) => [id, holds, offenders]),
    ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i'].map((id) => [id, true, []]),
  );
  for (const { id, compared } of laws) assert.ok(compared > 0, id);
  assert.ok(passed);
});

/** Whether a session line is of the API, in this state, at a snapshot that no scrape falls on. */
function isSession(state: string) {
  return ({ body, timeUnixNano }: OtlpLogRecord, stream: string) =>
    stream === 'session_snapshot' &&
    body.stringValue.includes(' app="api"') &&
    body.stringValue.includes(` state="${state}"`) &&
    seconds(timeUnixNano) > 40 &&
    seconds(timeUnixNano) % 15 !== 0;
}

/** From the window's start. */
function seconds(timeUnixNano: string): number {
  return (Number(timeUnixNano.slice(0, -6)) - MODEL_WINDOW.start_ms) / 1000;
}

function replaced(record: OtlpLogRecord, from: RegExp, to: string): OtlpLogRecord {
  return { ...record, body: { stringValue: record.body.stringValue.replace(from, to) } };
}

const END_MS = MODEL_WINDOW.start_ms + MODEL_WINDOW.end_s * 1000;
const plusOne = (value: number) => value + 1;
const isPlainRequest = isRoot('GET /api/items');

function isRoot(name: string) {
  return ({ parentSpanId, name: found }: { parentSpanId?: string; name: string }) =>
    parentSpanId === undefined && found === name;
}

interface Break {
  readonly what: string;
  readonly change: () => Rewrite;
  /** Letters of exactly the laws that are broken. */
  readonly laws: readonly string[];
  readonly offender: RegExp;
}

const breaks: readonly Break[] = [
  {
    what: 'a line of a trace that is not there',
    change: () =>
      firstRecord(isEvent('transaction.long'), (record) => [
        { ...withFields(record, { trace_id: UNKNOWN_TRACE }), traceId: UNKNOWN_TRACE },
      ]),
    laws: ['a'],
    offender: /^line transaction\.long at \+\d+\.\d{3} s: trace f{32} is not stored$/,
  },
  {
    what: 'a line whose text and record name different traces',
    change: () =>
      firstRecord(isEvent('transaction.long'), (record) => [withFields(record, { trace_id: UNKNOWN_TRACE })]),
    laws: ['a'],
    offender: /its text names another trace than its record/,
  },
  {
    what: 'a lost access line',
    change: () => firstRecord(isEvent('request.completed'), () => []),
    laws: ['b'],
    offender: /^trace \w+ has 0 access lines$/,
  },
  {
    what: 'an access line written twice',
    change: () => firstRecord(isEvent('request.completed'), (record) => [record, record]),
    laws: ['b'],
    offender: /^trace \w+ has 2 access lines$/,
  },
  {
    what: 'a request counted twice',
    change: () =>
      firstSample(({ series, time_ms }) => /^http_req.*"200"/.test(series) && time_ms === END_MS, plusOne),
    laws: ['b'],
    offender:
      /^http_requests_total \w+ \/\S+ 200: counter grew by \d+ until \+420\.000 s, \d+ are in the traces$/,
  },
  {
    what: 'a request counted too late',
    change: () =>
      firstSample(
        ({ series, time_ms }) => /^http_req.*items",.*"200"/.test(series) && time_ms > END_MS - 90_000,
        (value) => value - 1,
      ),
    laws: ['b'],
    offender: /counter grew by/,
  },
  {
    what: 'a request whose root is no SERVER span',
    change: () => firstSpan(isPlainRequest, (span) => [{ ...span, kind: 1 }]),
    laws: ['b'],
    offender: /access line at .* without a request in the traces/,
  },
  {
    what: 'a lost error line',
    change: () => firstRecord(isEvent('request.timeout'), () => []),
    laws: ['c'],
    offender: /^trace \w+ \(\w+ \/\S+\) ended in 503 and has 0 error lines$/,
  },
  {
    what: 'an error line of a request that went well',
    change: () =>
      firstRecord(isEvent('transaction.long'), (record) => [
        record,
        withFields(record, { event: 'request.timeout' }),
      ]),
    laws: ['c'],
    offender: /^error line at \+\S+ s: trace \w+ did not end in 5xx$/,
  },
  {
    what: 'a failed request that the counter forgot',
    change: () =>
      firstSample(
        ({ series, time_ms }) => /^http_req.*"503"/.test(series) && time_ms === END_MS,
        (value) => value - 1,
      ),
    laws: ['b', 'c'],
    offender: /503: counter grew by/,
  },
  {
    what: 'a span that lasts longer than its parent',
    change: () =>
      firstSpan(
        ({ name }) => name === 'POST identity-provider',
        (span) => [longer(span, 60_000)],
      ),
    laws: ['d'],
    offender:
      /^span POST identity-provider \(\w+ in trace \w+\) sticks out of its parent .* by \d+\.?\d* ms$/,
  },
  {
    what: 'a span whose parent is missing',
    change: () =>
      firstSpan(
        ({ name }) => name === 'POST identity-provider',
        (span) => [{ ...span, parentSpanId: UNKNOWN_SPAN }],
      ),
    laws: ['d'],
    offender: /its parent f{16} is not there$/,
  },
  {
    what: 'a second root',
    change: () =>
      firstSpan(
        ({ name }) => name === 'POST identity-provider',
        ({ parentSpanId, ...span }) => [span],
      ),
    laws: ['d'],
    offender: /^trace \w+ has 2 roots$/,
  },
  {
    what: 'a link that leads nowhere',
    change: () =>
      firstSpan(
        ({ name }) => name === 'workflow.validate',
        (span) => [{ ...span, links: [{ traceId: span.traceId, spanId: UNKNOWN_SPAN }] }],
      ),
    laws: ['d'],
    offender: /its link's span f{16} is not there$/,
  },
  ...[
    ['database_connection_pool_utilization', 0.05],
    ['db_client_connection_count{job="api",state="used"}', 1],
    ['database_active_connections{job="api",state="active"}', 1],
  ].map(([series, by]) => ({
    what: `one more in use by ${series}`,
    change: () =>
      firstSample(
        (sample) =>
          sample.series.startsWith(String(series)) && sample.time_ms === MODEL_WINDOW.start_ms + 60_000,
        (value) => value + Number(by),
      ),
    laws: ['e'],
    offender: /^d\w+ says \d+ in use at \+60\.000 s, by the spans \d+$/,
  })),
  {
    what: 'a loan of another connection than the statements are on',
    change: () =>
      firstSpan(
        ({ name, attributes, endTimeUnixNano }) =>
          name === 'pool.connect' &&
          seconds(endTimeUnixNano) > 222 &&
          attributes.some(({ value }) => value.stringValue === '/api/import'),
        (span) => [withAttribute(span, 'db.connection.id', '1')],
      ),
    laws: ['e'],
    offender: /in use at \+225\.000 s, by the spans \d+/,
  },
  {
    what: 'a lost session of a request that is not finished at the end',
    change: () =>
      firstRecord(
        ({ body, timeUnixNano }, stream) =>
          stream === 'session_snapshot' &&
          seconds(timeUnixNano) === MODEL_WINDOW.end_s &&
          body.stringValue.includes('state="idle in transaction"'),
        () => [],
      ),
    laws: ['e'],
    offender: /at \+420\.000 s, by the spans \d+/,
  },
  {
    what: 'use time that is not the time of use',
    change: () =>
      firstSample(
        ({ series, time_ms }) => series.startsWith('db_client_connection_use_time') && time_ms === END_MS,
        (value) => value * 1.05,
      ),
    laws: ['f'],
    offender: /^mean in use \d+\.\d, use time \d+\.\d s in a second$/,
  },
  {
    what: 'a lost session in a transaction',
    change: () => firstRecord(isSession('idle in transaction'), () => []),
    laws: ['g'],
    offender: /^transaction of pid \d+ in trace \w+ is in 0 of 1 snapshots$/,
  },
  {
    what: 'a session seen twice',
    change: () => firstRecord(isSession('idle in transaction'), (record) => [record, record]),
    laws: ['g'],
    offender: /is in 2 of 1 snapshots$/,
  },
  {
    what: 'a session that is idle while its transaction is open',
    change: () =>
      firstRecord(isSession('idle in transaction'), (record) => [
        replaced(record, /state="idle in transaction"/, 'state="idle"'),
      ]),
    laws: ['g'],
    offender: /is in 0 of 1 snapshots$/,
  },
  {
    what: 'an idle session said to be in a transaction',
    change: () =>
      firstRecord(
        (record, stream) =>
          isSession('idle')(record, stream) && record.body.stringValue.includes('traceparent="00'),
        (record) => [replaced(record, /state="idle"/, 'state="idle in transaction"')],
      ),
    laws: ['g'],
    offender: /^session \d+ \(idle in transaction\) at \+\S+ s of trace \w+ is not lent to it by the spans$/,
  },
  {
    what: 'a session of a trace that nobody knows',
    change: () =>
      firstRecord(isSession('active'), (record) => [
        replaced(record, /traceparent="00-\w+/, `traceparent="00-${UNKNOWN_TRACE}`),
      ]),
    laws: ['g'],
    offender: /of trace f{32} has no trace$/,
  },
  ...['request', 'request_failed'].map((counter) => ({
    what: `a wrong count in traces_service_graph_${counter}_total`,
    change: () =>
      firstSample(
        ({ series, time_ms }) =>
          series.startsWith(`traces_service_graph_${counter}_total`) && time_ms === END_MS,
        plusOne,
      ),
    laws: ['h'],
    offender: new RegExp(
      `^traces_service_graph_${counter}_total api > \\S+ \\(\\w+\\) \\S+: counter grew by`,
    ),
  })),
  {
    what: 'a lost client span',
    change: () =>
      firstSpan(
        ({ name, endTimeUnixNano }) => name === 'SELECT items' && seconds(endTimeUnixNano) > 60,
        () => [],
      ),
    laws: ['h'],
    offender: /^traces_service_graph_request_total api > postgresql \(database\) \S+: counter grew by/,
  },
  {
    what: 'a client span that names another peer',
    change: () =>
      firstSpan(
        ({ name }) => name === 'POST identity-provider',
        (span) => [withAttribute(span, 'service.peer.name', 'somebody-else')],
      ),
    laws: ['h'],
    offender: /^traces_service_graph_request_total api > /,
  },
  ...(['traces', 'spans', 'series', 'samples', 'exemplars'] as const).map((count) => ({
    what: `a manifest with a wrong count of ${count}`,
    change: (): Rewrite => ({
      manifest: (manifest) => ({
        ...manifest,
        counts: { ...manifest.counts, [count]: manifest.counts[count] + 1 },
      }),
    }),
    laws: ['i'],
    offender: new RegExp(`^${count}: \\d+ found, \\d+ by the manifest$`),
  })),
  {
    what: 'a manifest with a wrong hash',
    change: () => ({
      manifest: (manifest) => ({
        ...manifest,
        files: { ...manifest.files, 'logs.jsonl.gz': { bytes: 1, sha256: '0'.repeat(64) } },
      }),
    }),
    laws: ['i'],
    offender: /^logs\.jsonl\.gz: \d+ bytes, sha256 \w{12}; by the manifest 1 bytes, sha256 0{12}$/,
  },
];

for (const { what, change, laws, offender } of breaks) {
  test(`${what} breaks law ${laws.join(' and ')}`, async () => {
    const report = await fixture.checkChanged(change());
    assert.deepEqual(broken(report), laws);
    assert.match(report.laws.find(({ id }) => id === laws[0])?.offenders[0] ?? '', offender);
    assert.equal(report.passed, false);
  });
}

test('a trace on two lines breaks law i', async () => {
  let early = '';
  const report = await fixture.checkChanged({
    span: (span) => {
      early ||= span.traceId;
      const isLast = seconds(span.endTimeUnixNano) > 419.9 && span.name === 'GET /health';
      return [isLast ? { ...span, traceId: early } : span];
    },
  });
  assert.match(report.laws.find(({ id }) => id === 'i')?.offenders.at(-1) ?? '', /is on several lines$/);
});
