import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { targets as scenarioTargets } from '../../src/scenario/connection-pool/targets.js';
import type { Target } from '../../src/scenario/types.js';
import type { OtlpSpan } from '../../src/telemetry/run-files.js';
import {
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
import { first, type Rewrite } from './rewrite-run.js';

const fixture = new Fixture();
/** The scenario's targets, but accepting exactly what the model's run shows; called by what they measure. */
let exact: Target[] = [];

before(async () => {
  await fixture.open();
  const named = scenarioTargets.map(({ row, measurement }) => ({
    row,
    measurement,
    quantity: measurement,
    brief: '',
    unit: '',
  }));
  const { targets } = await fixture.checkOriginal(named);
  exact = named.map((target, i) => {
    const { low: min, high: max } = targets[i]?.measured ?? {};
    assert.ok(Number.isFinite(min) && Number.isFinite(max), `${target.measurement} was not measured`);
    return { ...target, min: min as number, max: max as number };
  });
});
after(() => fixture.close());

test('the rows of the table are 1 to 21, and none accepts everything or nothing', () => {
  const rows = [...new Set(scenarioTargets.map(({ row }) => row))];
  assert.deepEqual(
    rows,
    Array.from({ length: 21 }, (_, i) => i + 1),
  );
  for (const { min, max, quantity } of scenarioTargets) {
    assert.ok(min !== undefined || max !== undefined, quantity);
    assert.ok((min ?? Number.NEGATIVE_INFINITY) <= (max ?? Number.POSITIVE_INFINITY), quantity);
  }
});

test('every target is met by what was measured', async () => {
  const { targets, passed } = await fixture.checkOriginal(exact);
  assert.deepEqual(
    targets.filter(({ met }) => !met),
    [],
  );
  assert.ok(passed);
});

/** From the window's start. */
function seconds(timeUnixNano: string): number {
  return (Number(timeUnixNano.slice(0, -6)) - MODEL_WINDOW.start_ms) / 1000;
}

function isEndedWithin({ endTimeUnixNano }: OtlpSpan, from_s: number, to_s: number): boolean {
  return seconds(endTimeUnixNano) > from_s && seconds(endTimeUnixNano) <= to_s;
}

function shifted(span: OtlpSpan, by_ms: number): OtlpSpan {
  const nano = (time: string) => String(BigInt(time) + BigInt(by_ms) * 1_000_000n);
  return {
    ...span,
    startTimeUnixNano: nano(span.startTimeUnixNano),
    endTimeUnixNano: nano(span.endTimeUnixNano),
  };
}

function hasAttribute({ attributes }: OtlpSpan, key: string, text: string): boolean {
  return attributes.some(
    ({ key: found, value }) => found === key && (value.stringValue ?? value.intValue) === text,
  );
}

const isRequest = (span: OtlpSpan, status: string) =>
  span.kind === 2 &&
  span.parentSpanId === undefined &&
  hasAttribute(span, 'http.response.status_code', status);
const isImport = (span: OtlpSpan) => span.name === 'POST /api/import';
const isHealth = (span: OtlpSpan) => span.name === 'GET /health';
const isQuick = (span: OtlpSpan) =>
  BigInt(span.endTimeUnixNano) - BigInt(span.startTimeUnixNano) < 150_000_000n && !isHealth(span);
const isImportStatement = (operation: string) => (span: OtlpSpan) =>
  span.name === `${operation} items` && hasAttribute(span, 'http.route', '/api/import');
const isFailedCheckout = (span: OtlpSpan) => span.name === 'pool.connect' && span.status?.code === 2;
const status = (code: string) => (span: OtlpSpan) => [withAttribute(span, 'http.response.status_code', code)];
const succeeds = (span: OtlpSpan) => [{ ...span, status: { code: 0 } }];
const sampleAt = (series: string, time_s: number, change: (value: number) => number) =>
  firstSample(
    (sample) => sample.series.startsWith(series) && sample.time_ms === MODEL_WINDOW.start_ms + time_s * 1000,
    change,
  );
const plusOne = (value: number) => value + 1;
const eventBecomes = (from: string, to: string) =>
  firstRecord(isEvent(from), (record) => [withFields(record, { event: to })]);
const session = (fields: RegExp, from: RegExp, to: string) =>
  firstRecord(
    ({ timeUnixNano, body }, stream) =>
      stream === 'session_snapshot' && seconds(timeUnixNano) === 200 && fields.test(body.stringValue),
    (record) => [{ ...record, body: { stringValue: record.body.stringValue.replace(from, to) } }],
  );

const SHARES = ['normal', 'timeout', 'slow', 'import', 'client_error'].map(
  (kind) => `requests.${kind}_percent`,
);
const LOG_SHARES = ['routine', 'timeout', 'import', 'transaction', 'pool', 'other'].map(
  (group) => `logs.${group}_percent`,
);

interface Change {
  readonly what: string;
  readonly change: () => Rewrite;
  /** All measurements that move, the one that the change is about first. */
  readonly moves: readonly string[];
}

const changes: readonly Change[] = [
  {
    what: 'a lost request',
    change: () =>
      firstSpan(
        (span) => isHealth(span) && isEndedWithin(span, 120, 150),
        () => [],
      ),
    moves: ['requests.traces', ...SHARES, 'requests.rate_change_percent'],
  },
  {
    what: 'a lost line',
    change: () => firstRecord(isEvent('cron.tick'), () => []),
    moves: ['logs.lines', ...LOG_SHARES],
  },
  {
    what: 'a normal request that fails',
    change: () => firstSpan((span) => isRequest(span, '200') && isHealth(span), status('500')),
    moves: ['requests.normal_percent'],
  },
  {
    what: 'a normal request that takes longer',
    change: () =>
      firstSpan(
        (span) => isRequest(span, '200') && isQuick(span) && isEndedWithin(span, 120, 140),
        (span) => [longer(span, 5000)],
      ),
    moves: ['requests.normal_ms'],
  },
  {
    what: 'a request that is refused',
    change: () => firstSpan((span) => isRequest(span, '200'), status('404')),
    moves: ['requests.client_error_percent'],
  },
  {
    what: 'a failed request that got its connection',
    change: () => firstSpan((span) => isFailedCheckout(span) && isEndedWithin(span, 120, 150), succeeds),
    moves: ['requests.timeout_percent'],
  },
  {
    what: 'a slow request that did not wait',
    change: () =>
      firstSpan(
        (span) =>
          span.name === 'pool.connect' &&
          span.status?.code === 0 &&
          !isQuick(span) &&
          !hasAttribute(span, 'http.route', '/api/import') &&
          BigInt(span.endTimeUnixNano) - BigInt(span.startTimeUnixNano) > 1_000_000_000n,
        (span) => [{ ...span, startTimeUnixNano: span.endTimeUnixNano }],
      ),
    moves: ['requests.slow_percent', 'requests.normal_percent', 'requests.normal_ms'],
  },
  {
    what: 'an import without the call',
    change: () =>
      firstSpan(
        ({ name }) => name === 'POST validation-service',
        (span) => [withAttribute(span, 'service.peer.name', 'other')],
      ),
    moves: ['requests.import_percent'],
  },
  {
    what: 'noise for an access line',
    change: () => eventBecomes('request.completed', 'x'),
    moves: ['logs.routine_percent', 'logs.other_percent'],
  },
  {
    what: 'noise for an error line',
    change: () => eventBecomes('request.timeout', 'x'),
    moves: ['logs.timeout_percent', 'logs.other_percent'],
  },
  {
    what: 'noise for an import line',
    change: () => eventBecomes('import.validating', 'x'),
    moves: ['logs.import_percent', 'logs.other_percent'],
  },
  {
    what: 'noise for a warning',
    change: () => eventBecomes('transaction.long', 'x'),
    moves: ['logs.transaction_percent', 'logs.other_percent'],
  },
  {
    what: 'noise for a pool warning',
    change: () => eventBecomes('pool.saturated', 'x'),
    moves: ['logs.pool_percent', 'logs.other_percent'],
  },
  {
    what: 'a pool warning for noise',
    change: () => eventBecomes('cron.tick', 'pool.saturated'),
    moves: ['logs.other_percent', 'logs.pool_percent'],
  },
  {
    what: 'an endpoint that was slow before',
    change: () => ({
      span: (span) => [
        span.name === 'GET /api/items' && isEndedWithin(span, 40, 60) ? longer(span, 1000) : span,
      ],
    }),
    moves: ['endpoints.p99_met', 'requests.normal_ms'],
  },
  {
    what: 'a request that succeeds at last',
    change: () => firstSpan((span) => isRequest(span, '503') && isEndedWithin(span, 150, 420), status('200')),
    moves: ['requests.steady_error_percent', 'requests.timeout_percent', 'requests.slow_percent'],
  },
  {
    what: 'a busy minute of the database',
    change: () =>
      sampleAt('node_cpu_seconds_total{job="node",cpu="0",mode="idle"}', 210, (value) => value - 10),
    moves: ['database.cpu_percent'],
  },
  {
    what: 'a statement that takes longer',
    change: () =>
      firstSpan(
        ({ name }) => name === 'SELECT items',
        (span) => [longer(span, 100)],
      ),
    moves: ['database.statement_p95_ms'],
  },
  {
    what: 'a pool that is not full',
    change: () => sampleAt('database_connection_pool_utilization', 210, () => 0.9),
    moves: ['pool.utilization_percent'],
  },
  {
    what: 'a connection that works',
    change: () => sampleAt('database_active_connections{job="api",state="active"}', 210, plusOne),
    moves: ['pool.in_use', 'pool.idle_in_transaction_percent'],
  },
  {
    what: 'a connection less idle in a transaction',
    change: () =>
      sampleAt(
        'database_active_connections{job="api",state="idle in transaction"}',
        210,
        (value) => value - 1,
      ),
    moves: ['pool.idle_in_transaction_percent', 'pool.in_use'],
  },
  {
    what: 'one more in the queue',
    change: () => sampleAt('connection_pool_queue_depth', 210, plusOne),
    moves: ['pool.queue_depth'],
  },
  {
    what: 'a slower outside service by the API',
    change: () => sampleAt('external_api_call_latency_seconds_sum', 420, plusOne),
    moves: ['external.latency_s'],
  },
  {
    what: 'an import under way for longer',
    change: () =>
      firstSpan(
        (span) => isImport(span) && isEndedWithin(span, 200, 220),
        (span) => [longer(span, 1000)],
      ),
    moves: ['imports.in_flight'],
  },
  {
    what: 'a snapshot in which other requests hold the connections',
    change: () => ({
      record: (record, stream) => [
        stream === 'session_snapshot' && seconds(record.timeUnixNano) === 200
          ? { ...record, body: { stringValue: record.body.stringValue.replace('/api/import', '/api/items') } }
          : record,
      ],
    }),
    moves: ['imports.holding_percent'],
  },
  {
    what: 'a transaction held for longer',
    change: () =>
      firstSpan(
        (span) => span.name === 'transaction' && !isQuick(span) && isEndedWithin(span, 200, 220),
        (span) => [longer(span, 10_000)],
      ),
    moves: ['imports.held_s'],
  },
  {
    what: 'an older transaction',
    change: () => session(/app="api".*xact_time="[012]\./, /xact_time="[\d.]+s"/, 'xact_time="1m1s"'),
    moves: ['imports.long_transactions'],
  },
  {
    what: 'a transaction that reads first',
    change: () =>
      firstSpan(isImportStatement('INSERT'), (span) => [withAttribute(span, 'db.operation.name', 'SELECT')]),
    moves: ['imports.in_order_percent'],
  },
  {
    what: 'a slow statement in a transaction',
    change: () => firstSpan(isImportStatement('BEGIN'), (span) => [longer(span, 90)]),
    moves: ['imports.in_order_percent'],
  },
  {
    what: 'a short gap',
    change: () => firstSpan(isImportStatement('UPDATE'), (span) => [shifted(span, -2500)]),
    moves: ['imports.gap_percent'],
  },
  {
    what: 'a long gap',
    change: () => {
      let transaction: string | undefined;
      return {
        span: (span) => {
          if (isImportStatement('UPDATE')(span)) transaction ??= span.parentSpanId;
          const isAfter = span.parentSpanId === transaction && /^(UPDATE|COMMIT)/.test(span.name);
          return [isAfter ? shifted(span, 5000) : span];
        },
      };
    },
    moves: ['imports.longest_gap_s', 'imports.gap_percent'],
  },
  {
    what: 'a call more on the edge to the database',
    change: () => ({
      sample: first(
        ({ series, time_ms }) =>
          /^traces_service_graph_request_total.*client="api".*database/.test(series) &&
          time_ms === MODEL_WINDOW.start_ms + 120_000,
        ({ value }) => value + 1,
        ({ value }) => value,
      ),
    }),
    moves: ['graph.database_calls_per_s'],
  },
  {
    what: 'a checkout that succeeds',
    change: () => firstSpan((span) => isFailedCheckout(span) && isEndedWithin(span, 150, 420), succeeds),
    moves: ['pool.failed_checkouts_percent', 'requests.timeout_percent'],
  },
  {
    what: 'more time on the edge to the outside service',
    change: () =>
      sampleAt(
        'traces_service_graph_request_client_seconds_sum{client="api",server="validation-service"',
        420,
        plusOne,
      ),
    moves: ['graph.external_in_flight', 'graph.external_latency_s'],
  },
  {
    what: 'more calls on the edge to the outside service',
    change: () =>
      sampleAt(
        'traces_service_graph_request_client_seconds_count{client="api",server="validation-service"',
        420,
        plusOne,
      ),
    moves: ['graph.external_latency_s'],
  },
  {
    what: 'a request that ends in the incident',
    change: () =>
      firstSpan(
        (span) => isHealth(span) && isEndedWithin(span, 115, 120),
        (span) => [longer(span, 5000)],
      ),
    moves: ['requests.rate_change_percent', 'requests.normal_ms'],
  },
  {
    what: 'a new version',
    change: () => {
      let lines = 0;
      return { version: (service, version) => (service === 'api' && lines++ === 0 ? '1.0.1' : version) };
    },
    moves: ['requests.versions'],
  },
];

test('there is a change for each measurement', () => {
  const changed = new Set(changes.map(({ moves }) => moves[0]));
  assert.deepEqual(
    scenarioTargets.map(({ measurement }) => measurement).filter((measurement) => !changed.has(measurement)),
    [],
  );
});

for (const { what, change, moves } of changes) {
  test(`${what} moves ${moves[0]}`, async () => {
    const { targets, passed } = await fixture.checkChanged(change(), exact);
    const missed = targets.filter(({ met }) => !met).map(({ quantity }) => quantity);
    assert.deepEqual(missed.toSorted(), moves.toSorted());
    assert.equal(passed, false);
  });
}
