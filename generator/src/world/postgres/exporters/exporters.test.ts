import assert from 'node:assert/strict';
import { test } from 'node:test';
import { simulatedPostgres } from '../../../../test/support/simulated-postgres.js';
import { entityId } from '../data/entity-id.js';

/** The samples of an exposition, by name and labels. */
function samplesOf(text: string): Map<string, number> {
  assert.ok(text.endsWith('# EOF\n'));
  const samples = new Map<string, number>();
  for (const line of text.split('\n')) {
    if (line === '' || line.startsWith('#')) continue;
    const space = line.lastIndexOf(' ');
    const head = line.slice(0, space);
    assert.match(head, /^[A-Za-z_0-9]+(\{([a-z_]+="[^"]*",?)+\})?$/);
    assert.ok(!samples.has(head), `${head} twice`);
    samples.set(head, Number(line.slice(space + 1)));
  }
  return samples;
}

function sum(samples: Map<string, number>, ...parts: string[]): number {
  let total = 0;
  for (const [head, value] of samples) if (parts.every((part) => head.includes(part))) total += value;
  return total;
}

test('sessions are counted by state, application and wait, and the oldest transaction is told', async () => {
  const simulated = simulatedPostgres();
  const connections = await Promise.all([1, 2, 3].map(() => simulated.connect()));
  for (const connection of connections.slice(1)) await simulated.settle(connection.query('BEGIN'));
  await simulated.pass(20);
  const samples = samplesOf(simulated.server.postgresExporter());
  const api = 'application_name="api"';
  assert.equal(sum(samples, 'pg_stat_activity_count{', api, 'state="idle in transaction"', 'ClientRead'), 2);
  assert.equal(sum(samples, 'pg_stat_activity_count{', api, 'state="idle",'), 1);
  const age = sum(samples, 'pg_stat_activity_max_tx_duration{', api, 'state="idle in transaction"');
  assert.ok(age > 20 && age < 20.1);
  assert.equal(samples.get('pg_settings_max_connections{server="postgres:5432"}'), 300);
  const all = sum(samples, 'pg_stat_activity_count{');
  const withState = simulated.server
    .sessions()
    .filter(({ state, datname }) => state !== null && datname !== null);
  assert.equal(all, withState.length);
});

test('states without a session are zero, and groups that are gone become zero', async () => {
  const simulated = simulatedPostgres();
  const zero = (samples: Map<string, number>, state: string) =>
    samples.get(
      `pg_stat_activity_count{datname="workflows",state="${state}",usename="",application_name="",backend_type="",wait_event_type="",wait_event=""}`,
    );
  assert.equal(zero(samplesOf(simulated.server.postgresExporter()), 'disabled'), 0);
  const connection = await simulated.connect();
  await simulated.settle(connection.query('BEGIN'));
  simulated.server.postgresExporter();
  await connection.end();
  const after = samplesOf(simulated.server.postgresExporter());
  const gone = [...after].filter(
    ([head]) => head.startsWith('pg_stat_activity_count') && head.includes('"api"'),
  );
  assert.deepEqual(
    gone.map(([, value]) => value),
    [0],
  );
});

test('locks and counters of the database follow what its sessions do', async () => {
  const simulated = simulatedPostgres();
  const connection = await simulated.connect();
  const before = samplesOf(simulated.server.postgresExporter());
  await simulated.settle(connection.query('BEGIN'));
  await simulated.settle(
    connection.query('UPDATE teams SET name = $1 WHERE id = $2', ['New', entityId('teams', 1)]),
  );
  const during = samplesOf(simulated.server.postgresExporter());
  const grown = (name: string, after: Map<string, number>) => sum(after, name) - sum(before, name);
  assert.equal(grown('datname="workflows",mode="rowexclusivelock"', during), 2);
  assert.equal(grown('datname="workflows",mode="exclusivelock"', during), 2);
  await simulated.settle(connection.query('COMMIT'));
  const after = samplesOf(simulated.server.postgresExporter());
  assert.equal(grown('mode="rowexclusivelock"', after), 0);
  assert.equal(grown('pg_stat_database_xact_commit', after), 1);
  assert.equal(grown('pg_stat_database_tup_updated', after), 1);
});

test('between two scrapes every core does as many seconds as have passed, in all modes together', async () => {
  const simulated = simulatedPostgres();
  const first = samplesOf(simulated.server.nodeExporter());
  await simulated.pass(60);
  const second = samplesOf(simulated.server.nodeExporter());
  for (let cpu = 0; cpu < 8; cpu++) {
    const core = `cpu="${cpu}"`;
    const seconds = sum(second, 'node_cpu_seconds_total', core) - sum(first, 'node_cpu_seconds_total', core);
    assert.ok(Math.abs(seconds - 60) < 0.1, `core ${cpu}: ${seconds} s`);
  }
  for (const [head, value] of second) {
    if (head.startsWith('node_cpu') || head.startsWith('node_disk'))
      assert.ok(value >= (first.get(head) ?? 0), head);
  }
  assert.ok(
    (second.get('node_memory_MemAvailable_bytes') ?? 0) < (second.get('node_memory_MemTotal_bytes') ?? 0),
  );
  const busyDisk =
    sum(second, 'node_disk_io_time_seconds_total') - sum(first, 'node_disk_io_time_seconds_total');
  assert.ok(busyDisk > 0 && busyDisk < 60 * 0.5);
});
