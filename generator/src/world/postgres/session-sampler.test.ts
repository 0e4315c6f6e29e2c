import assert from 'node:assert/strict';
import { test } from 'node:test';
import { EPOCH_MS, simulatedPostgres } from '../../../test/support/simulated-postgres.js';
import { entityId } from './data/entity-id.js';
import { SessionSampler } from './session-sampler.js';
import type { DatabaseConnection } from './types.js';

const TRACE = '0af7651916cd43dd8448eb211c80319c';
const COMMENT = ` /*route='%2Fapi%2Fworkflows%2Fimport',traceparent='00-${TRACE}-b7ad6b7169203331-01'*/`;
const INSERT = 'INSERT INTO teams (id, tenant_id, name) VALUES ($1, $2, $3)';

/** The fields of a logfmt line. */
function fieldsOf(line: string): Record<string, string> {
  const pairs = [...line.matchAll(/(\w+)=("(?:[^"\\]|\\.)*"|[^\s"]+)(?: |$)/g)];
  assert.equal(pairs.map(([text]) => text).join(''), line, 'not logfmt');
  return Object.fromEntries(
    pairs.map(([, name, value]) => [name, value?.startsWith('"') ? JSON.parse(value) : value]),
  );
}

async function sampled(more: (run: (text: string, values?: unknown[]) => Promise<unknown>) => Promise<void>) {
  const simulated = simulatedPostgres();
  const sampler = new SessionSampler({ server: simulated.server, epochMs: EPOCH_MS });
  const connection: DatabaseConnection = await simulated.connect();
  await more((text, values) => simulated.settle(connection.query(text + COMMENT, values)));
  await simulated.pass(22.5);
  const line = sampler.sample().find((text) => text.includes(`pid=${connection.processID} `));
  return { fields: fieldsOf(line ?? ''), session: simulated.session(connection), sampler };
}

test('a session that waits in its transaction shows both ages, and whose it is', async () => {
  const { fields, session } = await sampled(async (run) => {
    await run('BEGIN');
    await run(INSERT, [entityId('x', 1), entityId('tenants', 1), 'Team "A"']);
  });
  const { pid, clientPort, clientAddr, backendXid, queryId } = session;
  const { xact_time, query_time, state_time, xact_start, query_start, state_change, ...others } = fields;
  assert.deepEqual(others, {
    datname: 'workflows',
    pid: String(pid),
    user: 'app',
    app: 'api',
    client: `${clientAddr}:${clientPort}`,
    backend_type: 'client backend',
    state: 'idle in transaction',
    xid: String(backendXid),
    wait_event_type: 'Client',
    wait_event: 'ClientRead',
    queryid: queryId,
    query: INSERT,
    route: '/api/workflows/import',
    traceparent: `00-${TRACE}-b7ad6b7169203331-01`,
    trace_id: TRACE,
  });
  assert.equal(state_time, '22.5s');
  assert.match(xact_time ?? '', /^22\.50\d+s$/);
  assert.match(query_time ?? '', /^[\d.]+ms$/);
  for (const time of [xact_start, query_start, state_change])
    assert.match(time ?? '', /^2026-03-02T09:00:00\.\d{6}Z$/);
  assert.ok((xact_start ?? '') < (query_start ?? '') && (query_start ?? '') < (state_change ?? ''));
});

test('an idle session still shows its last statement, but belongs to no trace', async () => {
  const { fields } = await sampled(async (run) => {
    await run('SELECT name FROM tenants WHERE id = $1', [entityId('tenants', 1)]);
  });
  assert.equal(fields.state, 'idle');
  assert.equal(fields.route, '/api/workflows/import');
  assert.equal(fields.trace_id, undefined);
  assert.equal(fields.xact_time, undefined);
});

test("the server's own processes and the reports' parallel workers are there too", async () => {
  const { sampler } = await sampled(async () => {});
  const all = sampler.sample().map(fieldsOf);
  const types = new Set(all.map(({ backend_type }) => backend_type));
  for (const type of ['checkpointer', 'walwriter', 'autovacuum launcher', 'parallel worker']) {
    assert.ok(types.has(type), type);
  }
  const worker = all.find(({ backend_type }) => backend_type === 'parallel worker');
  const leader = all.find(({ pid }) => pid === worker?.leader_pid);
  assert.equal(leader?.app, 'reporting');
  assert.equal(leader?.query, worker?.query);
});
