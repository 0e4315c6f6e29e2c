/**
 * Everybody who calls the API: ordinary users (independent of each other, so that arrivals are a Poisson process), the
 * load balancer's health checks, and clients that import bundles of workflows. Nobody retries.
 */
import type { Parameters, RequestKind } from '../../scenario/types.js';
import type { VirtualClock } from '../../simulation/clock.js';
import { createRandom, type Random } from '../../simulation/random.js';
import { writeToken } from '../tokens.js';
import { type ActionContext, actions, type UserRequest } from './actions.js';
import { Names } from './bundle.js';
import { Directory, type OwnedTable } from './directory.js';
import { startImports } from './imports.js';

const BASE_URL = 'http://api:3000';
/** What users do is dealt, not drawn: shares then hardly depend on the seed. */
const KINDS_PER_DECK = 200;
/** Length of the slow wave in the request rate, of which the window shows a part. */
const WAVE_S = 4 * 3600;

export interface UsersOptions {
  readonly clock: VirtualClock;
  readonly seed: number;
  readonly parameters: Parameters;
  /** In µs of virtual time. */
  readonly window: { readonly startUs: number; readonly endUs: number };
  readonly requestMix: readonly RequestKind[];
  readonly hasImportClients: boolean;
  /** Whether a row of the population can be used for what it is there for. */
  readonly isUsable: (table: OwnedTable, n: number) => boolean;
  /** The API. */
  readonly send: (request: Request) => Response | Promise<Response>;
}

/** Sends a request and resolves when it is answered. */
export type Send = (request: UserRequest) => Promise<void>;

export function startUsers(options: UsersOptions): void {
  const { clock, seed, parameters, window } = options;
  const random = createRandom(seed, 'users');
  const names = new Names(random);
  const context = { random, clock, names, directory: new Directory(random, options.isUsable) };
  const send: Send = async ({ method, path, bearer, body }) => {
    const headers: Record<string, string> = {};
    if (bearer) headers.authorization = `Bearer ${writeToken(bearer)}`;
    if (body !== undefined) headers['content-type'] = 'application/json';
    const init = { method, headers, ...(body !== undefined && { body: JSON.stringify(body) }) };
    await options.send(new Request(BASE_URL + path, init));
  };
  startOrdinaryUsers(context, send, options);
  every(clock, parameters.health_interval_s, () =>
    send({ method: 'GET', path: '/health', bearer: undefined }),
  );
  startImports({
    clock,
    random: createRandom(seed, 'imports'),
    parameters,
    window,
    send,
    hasClients: options.hasImportClients,
  });
}

function startOrdinaryUsers(context: ActionContext, send: Send, options: UsersOptions): void {
  const { clock, random } = context;
  const { request_rate, daily_variation } = options.parameters;
  const deal = dealKinds(options.requestMix, { share: options.parameters.database_share, random });
  const phase = random.between(0, 2 * Math.PI);
  const next = () => {
    const wave = Math.sin(phase + (2 * Math.PI * clock.nowUs) / (WAVE_S * 1e6));
    const rate = request_rate * (1 + daily_variation * wave);
    clock.schedule(random.exponential(1000 / rate), () => {
      const { action, needsDatabase } = deal();
      void send(action(context, needsDatabase));
      next();
    });
  };
  next();
}

interface Kind {
  readonly action: (typeof actions)[string];
  readonly needsDatabase: boolean;
  /** Upper end of its part of the numbers from 0 to 1. */
  readonly upTo: number;
}

/**
 * Deals kinds of requests in the proportions of the mix.
 * @param options.share of requests that need the database: the mix's own proportions are stretched to it
 */
function dealKinds(
  mix: readonly RequestKind[],
  { share, random }: { share: number; random: Random },
): () => Kind {
  const database = mix.map(({ percent, databasePercent }) => (percent * databasePercent) / 100);
  const other = mix.map(({ percent }, i) => percent - (database[i] ?? 0));
  const sum = (list: readonly number[]) => list.reduce((total, value) => total + value, 0);
  const stretch = { database: share / sum(database), other: (1 - share) / sum(other) };
  const kinds: Kind[] = [];
  let upTo = 0;
  for (const [i, { action: name }] of mix.entries()) {
    const action = actions[name];
    if (action === undefined) throw new Error(`nobody knows how to ask for "${name}"`);
    upTo += (database[i] ?? 0) * stretch.database;
    kinds.push({ action, needsDatabase: true, upTo });
    upTo += (other[i] ?? 0) * stretch.other;
    kinds.push({ action, needsDatabase: false, upTo });
  }
  const quantile = random.deck(KINDS_PER_DECK);
  return () => {
    const drawn = quantile();
    return kinds.find((kind) => drawn < kind.upTo) ?? (kinds.at(-1) as Kind);
  };
}

function every(clock: VirtualClock, interval_s: number, run: () => Promise<void>): void {
  clock.schedule(interval_s * 1000, () => {
    void run();
    every(clock, interval_s, run);
  });
}
