/**
 * The simulated PostgreSQL beside a real one: the same statements on the same schema, made by the application's own
 * migrations, must have the same results, the same errors, and leave the same in pg_stat_activity.
 *
 * Left out: texts of messages, times and ids (compared are which are set and which are equal), and rows of the
 * simulated population, which a real server does not have.
 */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import fc from 'fast-check';
import type { migrate as Migrate } from '../../../interview-app/src/lib/database/migrations.js';
import type { ordinaryOutside as OrdinaryOutside } from '../../../interview-app/src/lib/outside.js';
import type {
  startPostgres as StartPostgres,
  TestPostgres,
} from '../../../interview-app/test/support/postgres.js';
import type { DatabaseConnection, QueryResult, SessionRow } from '../../src/world/postgres/types.js';
import { outcomeOf, simulatedPostgres } from '../support/simulated-postgres.js';

const TENANT = '11111111-1111-4111-8111-111111111111';
const NOBODY = '99999999-9999-4999-8999-999999999999';
const IDS = ['a', 'b', 'c'].map((digit) => `aaaaaaaa-0000-4000-8000-00000000000${digit}`);
const TEAM = 'id, tenant_id, name, member_count';

type Statement = readonly [text: string, ...values: readonly unknown[]];

const id = fc.constantFrom(...IDS);
const name = fc.constantFrom('Sales', 'sales_x', 'Support%', 'Ops');
const number = fc.integer({ min: 0, max: 5 });

const statement: fc.Arbitrary<Statement> = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom<Statement>(['BEGIN'], ['COMMIT'], ['ROLLBACK']) },
  fc.tuple(
    fc.constant(
      `INSERT INTO teams (id, tenant_id, name, member_count) VALUES ($1, $2, $3, $4) RETURNING ${TEAM}`,
    ),
    id,
    fc.constantFrom(TENANT, TENANT, TENANT, NOBODY),
    fc.option(name, { freq: 8 }),
    number,
  ),
  fc.tuple(
    fc.constant('INSERT INTO teams (id, tenant_id, name) VALUES ($1, $2, $3), ($4, $2, $3)'),
    id,
    fc.constant(TENANT),
    name,
    id,
  ),
  fc.tuple(
    fc.constant(`UPDATE teams SET member_count = member_count + $1 WHERE id = $2 RETURNING ${TEAM}`),
    number,
    id,
  ),
  fc.tuple(
    fc.constant(
      'UPDATE teams SET name = $1, member_count = member_count - $2 WHERE tenant_id = $3 AND name <> $1',
    ),
    name,
    number,
    fc.constant(TENANT),
  ),
  fc.tuple(fc.constant('DELETE FROM teams WHERE id = $1'), id),
  fc.tuple(
    fc.constant(
      `SELECT ${TEAM} FROM teams WHERE tenant_id = $1 ORDER BY name DESC, id ASC LIMIT 2 OFFSET $2`,
    ),
    fc.constant(TENANT),
    fc.constantFrom(0, 1),
  ),
  fc.tuple(
    fc.constant('SELECT id, name AS label FROM teams WHERE id = ANY($1) AND name ILIKE $2 ORDER BY id'),
    fc.constant(IDS),
    fc.constantFrom('s%', '%\\_x', '%\\%', '_ps'),
  ),
  fc.tuple(
    fc.constant('SELECT count(*)::int AS count FROM teams WHERE tenant_id = $1 AND member_count >= $2'),
    fc.constant(TENANT),
    number,
  ),
  fc.tuple(
    fc.constant(
      'SELECT name, count(*) AS n, sum(member_count) AS s, max(member_count) AS m FROM teams WHERE tenant_id = $1 GROUP BY name ORDER BY name',
    ),
    fc.constant(TENANT),
  ),
  fc.tuple(
    fc.constant(
      'INSERT INTO usage_counters (tenant_id, metric, period, value) VALUES ($1, $2, $3, $4) ON CONFLICT (tenant_id, metric, period) DO UPDATE SET value = usage_counters.value + $5 RETURNING tenant_id, metric, period, value',
    ),
    fc.constant(TENANT),
    fc.constantFrom('users', 'reports'),
    fc.constant('2026-03'),
    number,
    number,
  ),
  fc.tuple(
    fc.constant(
      'INSERT INTO user_preferences (user_id, key, value) VALUES ($1, $2, $3) ON CONFLICT (user_id, key) DO NOTHING',
    ),
    fc.constantFrom(IDS[0] as string, NOBODY),
    name,
    name,
  ),
  fc.tuple(
    fc.constant(
      'INSERT INTO jobs (id, type, payload, status, run_at) VALUES ($1, $2, $3, $4, $5) RETURNING id, tenant_id, payload, attempts, run_at, finished_at',
    ),
    id,
    name,
    fc.constantFrom('{"a":[1,2]}', '[]', 'no json'),
    name,
    fc.constantFrom('2026-03-02T09:00:00.123Z', 'no time'),
  ),
  fc.tuple(
    fc.constant('SELECT payload, run_at FROM jobs WHERE run_at > $1 AND finished_at IS NULL ORDER BY id'),
    fc.constant('2026-03-02T00:00:00Z'),
  ),
  fc.constantFrom<Statement>(
    ['SELEC 1'],
    ['SELECT id FROM teams WHERE'],
    ['SELECT id FROM nowhere'],
    ['SELECT nothing FROM teams'],
    ['SELECT id, count(*) FROM teams'],
    ['UPDATE teams SET nothing = $1', 1],
    ['SELECT id FROM teams WHERE id = $1', 'no id'],
    ['SELECT 1 AS one'],
    [
      "INSERT INTO usage_counters (tenant_id, metric, period, value) VALUES ($1, 'a', 'b', 1) ON CONFLICT (value) DO NOTHING",
      TENANT,
    ],
  ),
);

let real: TestPostgres;
let realConnection: DatabaseConnection;
let openReal: () => Promise<DatabaseConnection>;

before(async () => {
  const built = (file: string) =>
    import(new URL(`../../../../interview-app/dist/${file}`, import.meta.url).href);
  const { startPostgres }: { startPostgres: typeof StartPostgres } = await built('test/support/postgres.js');
  const { migrate }: { migrate: typeof Migrate } = await built('src/lib/database/migrations.js');
  const { ordinaryOutside }: { ordinaryOutside: typeof OrdinaryOutside } = await built('src/lib/outside.js');
  real = await startPostgres();
  const database = {
    url: real.url,
    connectTimeoutMs: 5000,
    pool: { min: 0, max: 1, idleTimeoutMs: 1000, acquireTimeoutMs: 1000 },
  };
  const outside = ordinaryOutside({ database, telemetry: {} });
  openReal = () => outside.connect({ applicationName: 'api' }) as Promise<DatabaseConnection>;
  realConnection = await openReal();
  await migrate(realConnection);
});

after(async () => {
  await realConnection?.end();
  await real?.stop();
});

const SETUP: readonly Statement[] = [
  ['DELETE FROM jobs'],
  ['DELETE FROM user_preferences'],
  ['DELETE FROM users WHERE tenant_id = $1', TENANT],
  ['DELETE FROM usage_counters WHERE tenant_id = $1', TENANT],
  ['DELETE FROM teams WHERE tenant_id = $1', TENANT],
  ['DELETE FROM tenants WHERE id = $1', TENANT],
  [
    "INSERT INTO tenants (id, name, plan, seat_limit, workflow_limit) VALUES ($1, 'Oracle', 'team', 10, 10)",
    TENANT,
  ],
  [
    "INSERT INTO users (id, tenant_id, email, name, role) VALUES ($1, $2, 'a@b.example', 'Ada', 'admin')",
    IDS[0],
    TENANT,
  ],
];

/** What there is to compare of a session: what is set, and which times are one. */
interface Facts {
  readonly state: string | null;
  readonly query: string;
  readonly hasXactStart: boolean;
  readonly xactStartsWithQuery: boolean;
  readonly stateChangedAfterQuery: boolean;
  readonly hasXid: boolean;
  readonly hasXmin: boolean;
  readonly wait: string | null;
}

async function realFacts(connection: DatabaseConnection): Promise<Facts> {
  const [facts] = await real.query<Facts & Record<string, unknown>>(
    `SELECT state, query, xact_start IS NOT NULL AS "hasXactStart",
            coalesce(xact_start = query_start, false) AS "xactStartsWithQuery",
            state_change > query_start AS "stateChangedAfterQuery",
            backend_xid IS NOT NULL AS "hasXid", backend_xmin IS NOT NULL AS "hasXmin",
            wait_event_type || '/' || wait_event AS wait
       FROM pg_stat_activity WHERE pid = $1`,
    [connection.processID],
  );
  assert.ok(facts);
  // The server has answered, and is about to wait for the client.
  return facts.wait === null ? realFacts(connection) : facts;
}

function simulatedFacts(session: SessionRow): Facts {
  return {
    state: session.state,
    query: session.query,
    hasXactStart: session.xactStartUs !== null,
    xactStartsWithQuery: session.xactStartUs !== null && session.xactStartUs === session.queryStartUs,
    stateChangedAfterQuery: (session.stateChangeUs ?? 0) > (session.queryStartUs ?? 0),
    hasXid: session.backendXid !== null,
    hasXmin: session.backendXmin !== null,
    wait: `${session.waitEventType}/${session.waitEvent}`,
  };
}

/** A result without what may differ: values as text, the order of rows that nothing orders. */
function comparable(outcome: QueryResult | string): unknown {
  if (typeof outcome === 'string') return outcome;
  const rows = outcome.rows.map((row) => JSON.stringify(row));
  return { rowCount: outcome.rowCount, rows };
}

test('a random session goes as on a real server', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(statement, { minLength: 1, maxLength: 25 }), async (statements) => {
      const simulated = simulatedPostgres();
      const connection = await simulated.connect();
      // A counterexample may have left a transaction open.
      await realConnection.query('ROLLBACK');
      for (const [text, ...values] of SETUP) {
        await realConnection.query(text, values);
        await simulated.settle(outcomeOf(connection.query(text, values)));
      }
      for (const [text, ...values] of statements) {
        const expected = await outcomeOf(realConnection.query(text, values) as Promise<QueryResult>);
        const actual = await simulated.settle(outcomeOf(connection.query(text, values)));
        assert.deepEqual(comparable(actual), comparable(expected), `${text} ${JSON.stringify(values)}`);
        const facts = simulatedFacts(simulated.session(connection));
        assert.deepEqual(facts, { ...(await realFacts(realConnection)) }, text);
      }
    }),
    {
      numRuns: Number(process.env.RUNS ?? 60),
      seed: Number(process.env.SEED ?? 7),
      includeErrorInReport: true,
    },
  );
});

test('an update of a row that another transaction has updated waits for its end, as on a real server', async () => {
  const simulated = simulatedPostgres();
  const [simulatedA, simulatedB] = [await simulated.connect(), await simulated.connect()];
  const realB = await openReal();
  const update = 'UPDATE teams SET member_count = member_count + $1 WHERE id = $2 RETURNING member_count';
  const insert = 'INSERT INTO teams (id, tenant_id, name, member_count) VALUES ($1, $2, $3, $4)';
  const prepare: Statement[] = [
    ['ROLLBACK'],
    ...SETUP,
    [insert, IDS[0], TENANT, 'Ops', 1],
    ['BEGIN'],
    [update, 1, IDS[0]],
  ];
  for (const [text, ...values] of prepare) {
    await realConnection.query(text, values);
    await simulated.settle(simulatedA.query(text, values));
  }
  const blocked = {
    real: realB.query(update, [10, IDS[0]]),
    simulated: simulatedB.query(update, [10, IDS[0]]),
  };
  await simulated.pass(0.1);
  // While it runs, times that are one here are some microseconds apart there.
  const aside = { xactStartsWithQuery: false, stateChangedAfterQuery: false };
  const expected = { ...(await realFacts(realB)), ...aside };
  assert.deepEqual({ ...simulatedFacts(simulated.session(simulatedB)), ...aside }, expected);
  assert.equal(simulated.session(simulatedB).waitEvent, 'transactionid');
  await realConnection.query('COMMIT');
  await simulated.settle(simulatedA.query('COMMIT'));
  assert.deepEqual((await simulated.settle(blocked.simulated)).rows, (await blocked.real).rows);
  await realB.end();
});
