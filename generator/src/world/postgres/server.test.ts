import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { outcomeOf, simulatedPostgres } from '../../../test/support/simulated-postgres.js';
import { entityId } from './data/entity-id.js';
import type { DatabaseConnection } from './types.js';

const COUNT_UP = 'UPDATE teams SET member_count = member_count + 1 WHERE id = $1 RETURNING member_count';
const READ = 'SELECT member_count FROM teams WHERE id = $1';
const team = (n: number) => entityId('teams', n);

test('connecting takes milliseconds, and process ids rise', async () => {
  const simulated = simulatedPostgres();
  const first = await simulated.connect();
  assert.ok(simulated.clock.nowUs >= 2000 && simulated.clock.nowUs <= 5000);
  const second = await simulated.connect();
  assert.ok(second.processID > first.processID);
  assert.equal(simulated.session(first).state, 'idle');
  assert.equal(simulated.session(first).query, '');
});

test('too many connections are refused, those being opened included, until one is closed', async () => {
  const simulated = simulatedPostgres({ maxConnections: 20, reportingCpuPercent: 0 });
  const attempts = Array.from({ length: 20 }, () => simulated.server.connect({ applicationName: 'api' }));
  const results = await simulated.settle(Promise.allSettled(attempts));
  const opened = results.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
  const refused = results.flatMap((result) => (result.status === 'rejected' ? [result.reason] : []));
  // Three are reserved, one is the exporter's.
  assert.equal(opened.length, 16);
  for (const error of refused) {
    assert.equal(error.code, '53300');
    assert.match(error.message, /remaining connection slots are reserved/);
  }
  await opened[0]?.end();
  await simulated.connect();
  await assert.rejects(simulated.connect(), { code: '53300' });
});

test('statements sent at once run one after the other', async () => {
  const simulated = simulatedPostgres();
  const connection = await simulated.connect();
  const results = [0, 1, 2].map(() => connection.query(COUNT_UP, [team(1)]));
  const counts = (await simulated.settle(Promise.all(results))).map(({ rows }) =>
    Number(rows[0]?.member_count),
  );
  assert.deepEqual(
    counts,
    [0, 1, 2].map((i) => (counts[0] as number) + i),
  );
});

test('nobody sees what is not committed, and after a rollback nobody ever does', async () => {
  const simulated = simulatedPostgres();
  const [a, b] = [await simulated.connect(), await simulated.connect()];
  const read = async (connection: DatabaseConnection) =>
    Number((await simulated.settle(connection.query(READ, [team(1)]))).rows[0]?.member_count);
  const before = await read(a);
  for (const [end, kept] of [
    ['ROLLBACK', 0],
    ['COMMIT', 1],
  ] as const) {
    await simulated.settle(a.query('BEGIN'));
    await simulated.settle(a.query(COUNT_UP, [team(1)]));
    assert.equal(await read(a), before + 1);
    assert.equal(await read(b), before);
    await simulated.settle(a.query(end));
    assert.equal(await read(b), before + kept);
  }
});

test('waiters for a row get it in turn, and each sees what those before have committed', async () => {
  const simulated = simulatedPostgres();
  const connections = await Promise.all([0, 1, 2].map(() => simulated.connect()));
  const [holder, ...others] = connections as [DatabaseConnection, ...DatabaseConnection[]];
  await simulated.settle(holder.query('BEGIN'));
  const { rows } = await simulated.settle(holder.query(COUNT_UP, [team(1)]));
  const waiting = others.map((connection) => connection.query(COUNT_UP, [team(1)]));
  await simulated.pass(30);
  for (const connection of others) {
    const { state, waitEventType, waitEvent } = simulated.session(connection);
    assert.deepEqual([state, waitEventType, waitEvent], ['active', 'Lock', 'transactionid']);
  }
  await simulated.settle(holder.query('COMMIT'));
  const counts = (await simulated.settle(Promise.all(waiting))).map((result) => result.rows[0]?.member_count);
  const held = Number(rows[0]?.member_count);
  assert.deepEqual(counts, [held + 1, held + 2]);
});

test('of two transactions that wait for each other one is ended', async () => {
  const simulated = simulatedPostgres();
  const [a, b] = [await simulated.connect(), await simulated.connect()];
  for (const [connection, n] of [
    [a, 1],
    [b, 2],
  ] as const) {
    await simulated.settle(connection.query('BEGIN'));
    await simulated.settle(connection.query(COUNT_UP, [team(n)]));
  }
  const outcomes = [outcomeOf(a.query(COUNT_UP, [team(2)])), outcomeOf(b.query(COUNT_UP, [team(1)]))];
  const [first, second] = await simulated.settle(Promise.all(outcomes));
  assert.equal(first, '40P01');
  assert.equal(typeof second, 'object');
  assert.equal(simulated.session(a).state, 'idle in transaction (aborted)');
});

test('two transactions cannot add the same unique values: the second waits, then fails', async () => {
  const simulated = simulatedPostgres();
  const [a, b] = [await simulated.connect(), await simulated.connect()];
  const insert = 'INSERT INTO users (id, tenant_id, email, name, role) VALUES ($1, $2, $3, $4, $5)';
  const values = (n: number) => [
    entityId('x', n),
    entityId('tenants', 1),
    'new@tenant-2.example',
    'New',
    'editor',
  ];
  await simulated.settle(a.query('BEGIN'));
  await simulated.settle(a.query(insert, values(1)));
  const second = outcomeOf(b.query(insert, values(2)));
  await simulated.pass(1);
  assert.equal(simulated.session(b).waitEventType, 'Lock');
  await simulated.settle(a.query('COMMIT'));
  assert.equal(await simulated.settle(second), '23505');
});

test('closing a connection undoes its transaction and frees its locks', async () => {
  const simulated = simulatedPostgres();
  const [a, b] = [await simulated.connect(), await simulated.connect()];
  await simulated.settle(a.query('BEGIN'));
  const { rows } = await simulated.settle(a.query(COUNT_UP, [team(1)]));
  const waiting = b.query(COUNT_UP, [team(1)]);
  await simulated.pass(0.1);
  await a.end();
  assert.deepEqual((await simulated.settle(waiting)).rows, rows);
  assert.throws(() => simulated.session(a), /gone/);
  await assert.rejects(a.query('SELECT 1'), /closed/);
});

test('a session that an administrator ends fails its statements and tells its listeners', async () => {
  const simulated = simulatedPostgres();
  const connection = await simulated.connect();
  const heard: Error[] = [];
  connection.on('error', (error) => heard.push(error));
  const running = outcomeOf(connection.query('SELECT 1'));
  assert.equal(simulated.server.terminate(connection.processID), true);
  assert.equal(await running, '57P01');
  assert.equal((heard[0] as { code?: string }).code, '57P01');
  assert.equal(simulated.server.terminate(connection.processID), false);
});

test('a long statement is shown as far as it is tracked', async () => {
  const simulated = simulatedPostgres({ trackActivityQuerySize: 100 });
  const connection = await simulated.connect();
  await simulated.settle(connection.query(`SELECT 1 AS ${'x'.repeat(200)}`));
  assert.equal(simulated.session(connection).query.length, 99);
});

test('whatever a client sends, times and states of its session fit together', async () => {
  const text = fc.constantFrom(
    'BEGIN',
    'COMMIT',
    'ROLLBACK',
    'SELECT 1',
    'nonsense',
    COUNT_UP,
    READ,
    'SELECT x FROM teams',
  );
  await fc.assert(
    fc.asyncProperty(fc.array(fc.tuple(text, fc.nat(3)), { maxLength: 30 }), async (statements) => {
      const simulated = simulatedPostgres();
      const connection = await simulated.connect();
      let lastChangeUs = simulated.session(connection).stateChangeUs ?? 0;
      for (const [statement, n] of statements) {
        const outcome = outcomeOf(connection.query(statement, [team(n)]));
        for (const settled of [false, true]) {
          if (settled) await simulated.settle(outcome);
          const session = simulated.session(connection);
          const { state, xactStartUs, queryStartUs, stateChangeUs, backendXid } = session;
          assert.equal(state === 'active', !settled);
          assert.ok((queryStartUs ?? -1) <= (stateChangeUs ?? -1));
          assert.ok((stateChangeUs ?? -1) >= lastChangeUs);
          lastChangeUs = stateChangeUs ?? 0;
          assert.ok(
            xactStartUs === null || (xactStartUs >= session.backendStartUs && xactStartUs <= lastChangeUs),
          );
          if (state === 'idle' || state === 'idle in transaction (aborted)') {
            assert.deepEqual([xactStartUs, backendXid, session.backendXmin], [null, null, null]);
          }
          if (state === 'idle in transaction') assert.notEqual(xactStartUs, null);
          assert.equal(session.query, statement);
        }
      }
    }),
    { numRuns: 50 },
  );
});
