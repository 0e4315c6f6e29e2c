/** A simulated PostgreSQL whose time a test moves. */
import { VirtualClock } from '../../src/simulation/clock.js';
import { createRandom } from '../../src/simulation/random.js';
import type { PostgresParameters } from '../../src/world/postgres/parameters.js';
import { PostgresServer } from '../../src/world/postgres/server.js';
import type { DatabaseConnection, QueryResult, SessionRow } from '../../src/world/postgres/types.js';

export const EPOCH_MS = Date.parse('2026-03-02T09:00:00Z');

export interface SimulatedPostgres {
  readonly clock: VirtualClock;
  readonly server: PostgresServer;
  /** Moves time until the promise is settled. @throws what it rejects with, or when nothing more will happen */
  settle<T>(promise: Promise<T>): Promise<T>;
  /** Moves time on by so many seconds. */
  pass(seconds: number): Promise<void>;
  connect(applicationName?: string): Promise<DatabaseConnection>;
  /** The connection's row of pg_stat_activity. */
  session(connection: DatabaseConnection): SessionRow;
}

export function simulatedPostgres(parameters: Partial<PostgresParameters> = {}, seed = 1): SimulatedPostgres {
  const clock = new VirtualClock({ epochMs: EPOCH_MS });
  const server = new PostgresServer({ clock, random: createRandom(seed, 'postgres'), parameters });

  async function settle<T>(promise: Promise<T>): Promise<T> {
    let isSettled = false;
    const done = () => {
      isSettled = true;
    };
    promise.then(done, done);
    await turn();
    while (!isSettled) {
      if (!clock.step()) throw new Error('nothing more happens');
      await turn();
    }
    return promise;
  }

  async function pass(seconds: number): Promise<void> {
    const untilUs = clock.nowUs + Math.round(seconds * 1e6);
    for (let next = clock.nextUs(); next !== undefined && next <= untilUs; next = clock.nextUs()) {
      clock.step();
      await turn();
    }
    clock.advanceTo(untilUs);
  }

  return {
    clock,
    server,
    settle,
    pass,
    connect: (applicationName = 'api') => settle(server.connect({ applicationName })),
    session(connection) {
      const found = server.sessions().find(({ pid }) => pid === connection.processID);
      if (found === undefined) throw new Error('the session is gone');
      return found;
    },
  };
}

/** What came of a statement: its rows, or the SQLSTATE of its error. */
export async function outcomeOf(result: Promise<QueryResult>): Promise<QueryResult | string> {
  try {
    return await result;
  } catch (error) {
    return (error as { code?: string }).code ?? String(error);
  }
}

function turn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
