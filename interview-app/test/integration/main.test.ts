import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { after, before, type TestContext, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { type Listener, listen } from '../../src/lib/listen.js';
import { eventually, freePort } from '../support/network.js';
import { startPostgres, type TestPostgres } from '../support/postgres.js';
import { type StandIns, startStandIns } from '../support/stand-ins.js';

const MAIN = fileURLToPath(new URL('../../src/main.js', import.meta.url));

let postgres: TestPostgres;
let standIns: StandIns;

before(async () => {
  [postgres, standIns] = await Promise.all([startPostgres(), startStandIns()]);
});

after(async () => {
  await standIns?.stop();
  await postgres?.stop();
});

interface App {
  readonly process: ChildProcess;
  output(): string;
  errors(): string;
  /** Resolves with the exit code. */
  readonly exited: Promise<number | null>;
}

function startApp(t: TestContext, env: Readonly<Record<string, string>>): App {
  const child = spawn(process.execPath, [MAIN], { env: { PATH: process.env.PATH, ...env } });
  t.after(() => child.kill('SIGKILL'));
  const output = { stdout: '', stderr: '' };
  for (const stream of ['stdout', 'stderr'] as const) {
    child[stream].on('data', (chunk) => {
      output[stream] += chunk;
    });
  }
  const exited = once(child, 'close').then(([code]) => code as number | null);
  return { process: child, output: () => output.stdout, errors: () => output.stderr, exited };
}

async function environment(): Promise<Record<string, string>> {
  const [api, worker] = [await freePort(), await freePort()];
  const workerUrl = `http://127.0.0.1:${worker}`;
  return {
    DATABASE_URL: postgres.url,
    API_PORT: String(api),
    WORKER_PORT: String(worker),
    JOB_SCHEDULER_URL: workerUrl,
    WORKFLOW_ENGINE_URL: workerUrl,
    NOTIFICATION_SERVICE_URL: workerUrl,
    ...standIns.env,
  };
}

/** Takes in whatever is posted to it. */
async function startSink(t: TestContext): Promise<{ listener: Listener; bodies: Map<string, string[]> }> {
  const bodies = new Map<string, string[]>();
  const listener = await listen(
    {
      async fetch(request) {
        const { pathname } = new URL(request.url);
        bodies.set(pathname, [...(bodies.get(pathname) ?? []), await request.text()]);
        return new Response(null, { status: 204 });
      },
    },
    0,
  );
  t.after(() => listener.close());
  return { listener, bodies };
}

test('the app starts on an empty database, answers, ships its telemetry and stops when told to', async (t) => {
  const { listener, bodies } = await startSink(t);
  const sink = `http://127.0.0.1:${listener.port}`;
  const env = await environment();
  const app = startApp(t, {
    ...env,
    OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: `${sink}/v1/traces`,
    LOKI_URL: sink,
  });
  await eventually('it listens', async () => app.output().includes('Listening: api'));
  assert.match(app.output(), /Migration applied: 0001_/);
  const health = await fetch(`http://127.0.0.1:${env.API_PORT}/health`);
  assert.equal(health.status, 200);
  await health.arrayBuffer();
  app.process.kill('SIGTERM');
  assert.equal(await app.exited, 0, app.errors());
  assert.match(app.output(), /"event":"service.stopped"/);

  const spans = bodies.get('/v1/traces')?.join('\n') ?? '';
  assert.match(spans, /"name":"GET \/health"/);
  const lines = bodies.get('/loki/api/v1/push')?.join('\n') ?? '';
  assert.match(lines, /request\.completed/);
  const sessions = await postgres.query(
    `SELECT pid FROM pg_stat_activity WHERE application_name IN ('api', 'worker', 'migrations')`,
  );
  assert.deepEqual(sessions, []);
});

test('what is wrong with the environment is said in one line that names the variable', async (t) => {
  const cases: readonly [Record<string, string>, RegExp][] = [
    [{ DATABASE_URL: '' }, /^interview-app: DATABASE_URL is not set/],
    [
      { DATABASE_URL: 'mysql://here' },
      /^interview-app: DATABASE_URL is no address of a PostgreSQL database, it must be like postgres:/,
    ],
    [{ API_PORT: '70000' }, /^interview-app: API_PORT is "70000", allowed are whole numbers from 0 to 65535/],
    [{ API_POOL_MAX: 'many' }, /^interview-app: API_POOL_MAX is "many"/],
    [{ VALIDATION_SERVICE_URL: 'nowhere' }, /^interview-app: VALIDATION_SERVICE_URL is "nowhere", allowed/],
    [{ LOKI_URL: 'loki:3100' }, /^interview-app: LOKI_URL is "loki:3100", allowed/],
  ];
  for (const [changes, expected] of cases) {
    const app = startApp(t, { ...(await environment()), ...changes });
    assert.equal(await app.exited, 1);
    assert.match(app.errors(), expected);
    assert.equal(app.errors().trimEnd().split('\n').length, 1, app.errors());
  }
});

test('a database that is not there, and a port that is taken, are said as such', async (t) => {
  const nobody = `postgres://postgres@127.0.0.1:${await freePort()}/postgres`;
  const lost = startApp(t, { ...(await environment()), DATABASE_URL: nobody });
  assert.equal(await lost.exited, 1);
  assert.match(lost.errors(), /^interview-app: the database of DATABASE_URL: connect ECONNREFUSED/);

  const { listener } = await startSink(t);
  const taken = startApp(t, { ...(await environment()), API_PORT: String(listener.port) });
  assert.equal(await taken.exited, 1);
  assert.match(taken.errors(), new RegExp(`^interview-app: .*EADDRINUSE.*${listener.port}`));
});
