import { type ChildProcess, execFile, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import pg from 'pg';
import { freePort } from './network.js';

export interface TestPostgres {
  /** The address of the cluster's one database. */
  readonly url: string;
  /** Runs a statement on a session of its own, named `psql`. */
  query<Row extends pg.QueryResultRow>(text: string, values?: unknown[]): Promise<Row[]>;
  /** Stops the server and removes its files. */
  stop(): Promise<void>;
}

interface Account {
  readonly uid?: number;
  readonly gid?: number;
}

/**
 * Starts a PostgreSQL cluster of its own in a temporary folder, on a free port of the loopback interface.
 * PostgreSQL refuses to run as root, so under root it runs as `postgres` or `nobody`.
 * @throws {Error} when PostgreSQL's programs are missing, or with the server's last words when it does not start
 */
export async function startPostgres(): Promise<TestPostgres> {
  const bin = findPrograms();
  const account = unprivilegedAccount();
  const folder = mkdtempSync(path.join(tmpdir(), 'app-postgres-'));
  if (account.uid !== undefined) chownSync(folder, account.uid, account.gid ?? account.uid);
  const data = path.join(folder, 'data');
  try {
    const initdb = ['-D', data, '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--locale=C', '--no-sync'];
    await promisify(execFile)(path.join(bin, 'initdb'), initdb, { ...account, cwd: folder });
    const port = await freePort();
    const server = await startServer({ bin, data, folder, port, account });
    const url = `postgres://postgres@127.0.0.1:${port}/postgres`;
    await untilReady(url, server);
    return {
      url,
      query: (text, values) => queryOnce(url, text, values),
      stop: () => stopServer(server, folder),
    };
  } catch (error) {
    rmSync(folder, { recursive: true, force: true });
    throw error;
  }
}

interface Server {
  readonly process: ChildProcess;
  output(): string;
}

async function startServer(options: {
  bin: string;
  data: string;
  folder: string;
  port: number;
  account: Account;
}): Promise<Server> {
  const { bin, data, folder, port, account } = options;
  const settings = ['listen_addresses=127.0.0.1', 'fsync=off', 'max_connections=60'];
  const args = [
    '-D',
    data,
    '-k',
    folder,
    '-p',
    String(port),
    ...settings.flatMap((setting) => ['-c', setting]),
  ];
  const child = spawn(path.join(bin, 'postgres'), args, {
    ...account,
    cwd: folder,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => {
      output = (output + chunk).slice(-4000);
    });
  }
  await once(child, 'spawn');
  // A test process that ends without stop() takes its server along.
  process.once('exit', () => child.kill('SIGQUIT'));
  return { process: child, output: () => output };
}

async function untilReady(url: string, server: Server): Promise<void> {
  for (let attempt = 0; attempt < 300; attempt++) {
    if (server.process.exitCode !== null) throw new Error(`PostgreSQL did not start:\n${server.output()}`);
    try {
      await queryOnce(url, 'SELECT 1');
      return;
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
  server.process.kill('SIGQUIT');
  throw new Error(`PostgreSQL does not answer:\n${server.output()}`);
}

async function stopServer(server: Server, folder: string): Promise<void> {
  if (server.process.exitCode === null) {
    const exited = once(server.process, 'exit');
    server.process.kill('SIGINT');
    await exited;
  }
  rmSync(folder, { recursive: true, force: true });
}

async function queryOnce<Row extends pg.QueryResultRow>(
  url: string,
  text: string,
  values?: unknown[],
): Promise<Row[]> {
  const client = new pg.Client({ connectionString: url, application_name: 'psql' });
  client.on('error', () => undefined);
  await client.connect();
  try {
    return (await client.query<Row>(text, values)).rows;
  } finally {
    await client.end();
  }
}

/** The folder of initdb and postgres: the newest of Debian's, else one on the PATH. */
function findPrograms(): string {
  const debian = '/usr/lib/postgresql';
  const versions = existsSync(debian) ? readdirSync(debian).sort((a, b) => Number(b) - Number(a)) : [];
  const folders = [
    ...versions.map((version) => path.join(debian, version, 'bin')),
    ...(process.env.PATH ?? '').split(path.delimiter),
  ];
  const found = folders.find((folder) =>
    ['initdb', 'postgres'].every((name) => existsSync(path.join(folder, name))),
  );
  if (found === undefined) throw new Error('PostgreSQL is needed: initdb and postgres are not on the PATH');
  return found;
}

function unprivilegedAccount(): Account {
  if (process.getuid?.() !== 0) return {};
  for (const name of ['postgres', 'nobody']) {
    const [uid, gid] = ['-u', '-g'].map((flag) => spawnSync('id', [flag, name], { encoding: 'utf8' }));
    if (uid?.status === 0 && gid?.status === 0) return { uid: Number(uid.stdout), gid: Number(gid.stdout) };
  }
  throw new Error('PostgreSQL does not run as root, and there is neither a user "postgres" nor "nobody"');
}
