/** What `backfill` is told: addresses, tenant and credentials, all checked before anything is written. */
import { readFile } from 'node:fs/promises';
import type { Endpoint } from '../sinks/http.js';
import { UserError } from '../user-error.js';

/** The command's own flags, in the form of `util.parseArgs`. */
export const BACKFILL_FLAGS = {
  prometheus: { type: 'string' },
  'remote-write': { type: 'string' },
  loki: { type: 'string' },
  tempo: { type: 'string' },
  otlp: { type: 'string' },
  tenant: { type: 'string' },
  'basic-auth-file': { type: 'string' },
} as const;

const HELP = `\
  --prometheus URL       where Prometheus is queried, such as http://localhost:9090
  --remote-write URL     where it is written to [URL of --prometheus + /api/v1/write]
  --loki URL             where Loki is written to and queried, such as http://localhost:3100
  --tempo URL            where Tempo is queried, such as http://localhost:3200
  --otlp URL             where Tempo takes OTLP/HTTP, without /v1/traces [host of --tempo, port 4318]
  --tenant ID            sent as X-Scope-OrgID to all of them
  --basic-auth-file F    a line USER:PASSWORD for all of them, or lines STORE USER:PASSWORD
                         (STORE: prometheus, loki, tempo, otlp)`;

export type BackfillFlags = { readonly [name in keyof typeof BACKFILL_FLAGS]?: string | undefined };

export interface Endpoints {
  readonly prometheus: Endpoint;
  readonly remoteWrite: Endpoint;
  readonly loki: Endpoint;
  readonly tempo: Endpoint;
  readonly otlp: Endpoint;
}

const AUTH_NAMES = ['prometheus', 'loki', 'tempo', 'otlp'] as const;
type AuthName = (typeof AUTH_NAMES)[number];
type Credentials = Readonly<Partial<Record<AuthName, string>>>;

const OTLP_PORT = '4318';

/** @throws {UserError} naming the flag that is missing or wrong */
export async function readEndpoints(flags: BackfillFlags): Promise<Endpoints> {
  const prometheus = storeUrl(flags, 'prometheus');
  const loki = storeUrl(flags, 'loki');
  const tempo = storeUrl(flags, 'tempo');
  const remoteWrite =
    flags['remote-write'] === undefined ? `${prometheus}/api/v1/write` : storeUrl(flags, 'remote-write');
  const otlp = flags.otlp === undefined ? defaultOtlp(tempo) : storeUrl(flags, 'otlp');
  if (otlp.endsWith('/v1/traces')) throw new UserError(`--otlp ${otlp}: leave /v1/traces out, it is added`);
  const tenant = readTenant(flags.tenant);
  const credentials = await readCredentials(flags['basic-auth-file']);
  const endpoint = (store: string, url: string, auth: AuthName): Endpoint => {
    const secret = credentials[auth];
    const headers = {
      ...(tenant === undefined ? {} : { 'X-Scope-OrgID': tenant }),
      ...(secret === undefined ? {} : { Authorization: `Basic ${Buffer.from(secret).toString('base64')}` }),
    };
    return { store, url, headers };
  };
  return {
    prometheus: endpoint('Prometheus', prometheus, 'prometheus'),
    remoteWrite: endpoint('Prometheus', remoteWrite, 'prometheus'),
    loki: endpoint('Loki', loki, 'loki'),
    tempo: endpoint('Tempo', tempo, 'tempo'),
    otlp: endpoint('Tempo', otlp, 'otlp'),
  };
}

function storeUrl(
  flags: BackfillFlags,
  name: 'prometheus' | 'remote-write' | 'loki' | 'tempo' | 'otlp',
): string {
  const text = flags[name];
  if (text === undefined || text === '') {
    throw new UserError(
      `--${name} is missing. backfill takes these, and the flags of generate or --from DIR:\n${HELP}`,
    );
  }
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url || (url.protocol !== 'http:' && url.protocol !== 'https:')) {
    throw new UserError(
      `--${name} ${text}: not an address; allowed is http://HOST:PORT or https://HOST, with a path if need be`,
    );
  }
  if (url.username || url.password) {
    throw new UserError(`--${name}: no user or password in an address; give them by --basic-auth-file`);
  }
  if (url.search || url.hash) throw new UserError(`--${name} ${text}: an address without ? and #`);
  return url.href.replace(/\/+$/, '');
}

function defaultOtlp(tempo: string): string {
  const url = new URL(tempo);
  url.port = OTLP_PORT;
  return url.origin;
}

function readTenant(tenant: string | undefined): string | undefined {
  if (tenant === undefined) return undefined;
  if (/^[A-Za-z0-9!_.*'()-]{1,150}$/.test(tenant) && tenant !== '.' && tenant !== '..') return tenant;
  throw new UserError(`--tenant ${tenant}: allowed are 1 to 150 letters, digits and !-_.*'()`);
}

async function readCredentials(file: string | undefined): Promise<Credentials> {
  if (file === undefined) return {};
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    throw new UserError(`--basic-auth-file ${file} can't be read: ${(error as Error).message}`, {
      cause: error,
    });
  }
  const credentials: Partial<Record<AuthName, string>> = {};
  const lines = text.split(/\r?\n/).filter((line) => line.trim() !== '');
  for (const line of lines) {
    const [, name, secret] = /^(?:(\S+) )?([^\s:]+:\S.*)$/.exec(line) ?? [];
    // The line itself stays out of the message: it holds a password.
    if (secret === undefined || (name !== undefined && !isAuthName(name))) {
      throw new UserError(
        `--basic-auth-file ${file}: allowed is a line USER:PASSWORD, or lines STORE USER:PASSWORD with STORE one of ${AUTH_NAMES.join(', ')}`,
      );
    }
    for (const store of name === undefined ? AUTH_NAMES : [name]) credentials[store as AuthName] = secret;
  }
  if (lines.length === 0)
    throw new UserError(`--basic-auth-file ${file} is empty: give a line USER:PASSWORD`);
  return credentials;
}

function isAuthName(name: string): name is AuthName {
  return (AUTH_NAMES as readonly string[]).includes(name);
}
