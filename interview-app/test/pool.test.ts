import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setImmediate as settle } from 'node:timers/promises';
import fc from 'fast-check';
import { type Lane, Pool, type PooledConnection, type PoolOptions } from '../src/lib/database/pool.js';
import { DatabaseUnavailableError, PoolTimeoutError } from '../src/lib/errors.js';
import type { DatabaseConnection } from '../src/lib/outside.js';

type Listener = (error: Error) => void;

class FakeConnection implements DatabaseConnection {
  readonly processID: number;
  ended = false;
  fail: Listener = () => undefined;

  constructor(processID: number) {
    this.processID = processID;
  }

  async query() {
    return { rows: [], rowCount: 0 };
  }

  async end() {
    this.ended = true;
  }

  on(_event: 'error', listener: Listener) {
    this.fail = listener;
  }
}

function createPool(changes: Partial<PoolOptions> = {}) {
  const opened: FakeConnection[] = [];
  const waits: { timedOut: boolean }[] = [];
  const lost: Error[] = [];
  let returned = 0;
  const pool = new Pool({
    max: 2,
    min: 0,
    idleTimeoutMs: 600_000,
    acquireTimeoutMs: 1000,
    connect: async () => {
      const connection = new FakeConnection(opened.length + 1);
      opened.push(connection);
      return connection;
    },
    observer: {
      connectionWaited: (_, timedOut) => waits.push({ timedOut }),
      connectionReturned: () => returned++,
    },
    onConnectionLost: (error) => lost.push(error),
    ...changes,
  });
  return { pool, opened, waits, lost, returned: () => returned };
}

const pidOf = ({ connection }: PooledConnection) => connection.processID;

test('connections are opened when needed and lent again', async () => {
  const { pool, opened, waits, returned } = createPool();
  assert.equal(pool.used, 0);
  const first = await pool.acquire();
  const second = await pool.acquire();
  assert.deepEqual([pool.used, pool.idle, opened.length], [2, 0, 2]);
  pool.release(first);
  assert.deepEqual([pool.used, pool.idle], [1, 1]);
  assert.equal(await pool.acquire(), first);
  pool.release(second);
  assert.equal(opened.length, 2);
  assert.deepEqual(waits, [{ timedOut: false }, { timedOut: false }, { timedOut: false }]);
  assert.equal(returned(), 2);
});

test('the minimum is opened at start, what is unused beyond it closed later', async (t) => {
  t.mock.timers.enable({ apis: ['setInterval'] });
  const { pool, opened } = createPool({ max: 5, min: 2, idleTimeoutMs: -1 });
  await pool.start();
  assert.deepEqual([pool.idle, opened.length], [2, 2]);
  const lent = await Promise.all(Array.from({ length: 4 }, () => pool.acquire()));
  for (const connection of lent) pool.release(connection);
  assert.equal(pool.idle, 4);
  t.mock.timers.tick(30_000);
  assert.equal(pool.idle, 2);
  assert.deepEqual(opened.map(({ ended }) => ended).filter(Boolean).length, 2);
  await pool.close();
  assert.ok(opened.every(({ ended }) => ended));
});

test('a checkout gives up when its time is over, and is not lent a connection afterwards', async (t) => {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  const { pool, waits } = createPool({ max: 1 });
  const lent = await pool.acquire();
  const impatient = pool.acquire({ maxWaitMs: 500 });
  const refused = assert.rejects(impatient, PoolTimeoutError);
  assert.equal(pool.waiting, 1);
  t.mock.timers.tick(499);
  assert.equal(pool.waiting, 1);
  t.mock.timers.tick(1);
  await refused;
  assert.equal(pool.waiting, 0);
  assert.deepEqual(waits, [{ timedOut: false }, { timedOut: true }]);
  pool.release(lent);
  assert.equal(pool.idle, 1);
});

test('a checkout without a limit of its own waits as long as the pool says', async (t) => {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  const { pool } = createPool({ max: 1, acquireTimeoutMs: 10_000 });
  await pool.acquire();
  const refused = assert.rejects(pool.acquire(), PoolTimeoutError);
  t.mock.timers.tick(9_999);
  assert.equal(pool.waiting, 1);
  t.mock.timers.tick(1);
  await refused;
});

test('a waiter that gave up while its connection was opened leaves it to others', async (t) => {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  let opened: (connection: DatabaseConnection) => void = () => undefined;
  const connect = () => new Promise<DatabaseConnection>((resolve) => (opened = resolve));
  const { pool } = createPool({ max: 1, connect });
  const first = pool.acquire({ maxWaitMs: 10 });
  assert.deepEqual([pool.used, pool.waiting], [1, 0], 'it counts as used by the waiter it is for');
  const second = pool.acquire({ maxWaitMs: 1000 });
  const refused = assert.rejects(first, PoolTimeoutError);
  t.mock.timers.tick(10);
  await refused;
  opened(new FakeConnection(7));
  assert.equal(pidOf(await second), 7);
});

test('a connection that cannot be opened fails its waiter and makes room for the next', async () => {
  let attempts = 0;
  const connect = async () => {
    attempts++;
    if (attempts === 1) throw new Error('no route to host');
    return new FakeConnection(attempts);
  };
  const { pool } = createPool({ max: 1, connect });
  const first = pool.acquire();
  const second = pool.acquire();
  await assert.rejects(first, DatabaseUnavailableError);
  assert.equal(pidOf(await second), 2);
});

test('a lost connection is not lent again, and a waiter gets another', async () => {
  const { pool, opened, lost } = createPool({ max: 1 });
  const lent = await pool.acquire();
  const waiting = pool.acquire();
  opened[0]?.fail(new Error('terminated'));
  pool.release(lent);
  assert.equal(pidOf(await waiting), 2);
  assert.equal(opened[0]?.ended, true);
  assert.equal(lost.length, 1);
});

test('an idle connection that is lost leaves the pool', async () => {
  const { pool, opened } = createPool();
  pool.release(await pool.acquire());
  opened[0]?.fail(new Error('terminated'));
  assert.deepEqual([pool.idle, pool.used], [0, 0]);
});

test('closing refuses who waits and who comes later, and closes what is lent when it comes back', async () => {
  const { pool, opened } = createPool({ max: 1 });
  const lent = await pool.acquire();
  const refused = assert.rejects(pool.acquire(), DatabaseUnavailableError);
  await pool.close();
  await refused;
  await assert.rejects(pool.acquire(), DatabaseUnavailableError);
  assert.equal(opened[0]?.ended, false);
  pool.release(lent);
  assert.equal(opened[0]?.ended, true);
});

test('connections idle in a transaction are told from those that are busy', async () => {
  const { pool } = createPool();
  const [first, second] = [await pool.acquire(), await pool.acquire()];
  first.inTransaction = true;
  second.inTransaction = true;
  second.busy = true;
  assert.equal(pool.idleInTransaction, 1);
});

type Step =
  | { readonly kind: 'acquire'; readonly lane: Lane; readonly maxWaitMs: number }
  | { readonly kind: 'release'; readonly pick: number }
  | { readonly kind: 'tick'; readonly ms: number };

const steps: fc.Arbitrary<Step[]> = fc.array(
  fc.oneof(
    {
      weight: 4,
      arbitrary: fc.record({
        kind: fc.constant('acquire' as const),
        lane: fc.constantFrom<Lane>('priority', 'ordinary'),
        maxWaitMs: fc.integer({ min: 1, max: 50 }),
      }),
    },
    { weight: 3, arbitrary: fc.record({ kind: fc.constant('release' as const), pick: fc.nat() }) },
    {
      weight: 2,
      arbitrary: fc.record({ kind: fc.constant('tick' as const), ms: fc.integer({ min: 1, max: 30 }) }),
    },
  ),
  { maxLength: 60 },
);

/** The pool in the simplest words: who holds a connection, who waits, in which order. */
class Model {
  readonly held: number[] = [];
  readonly timedOut: number[] = [];
  waiting: { id: number; lane: Lane; deadlineMs: number }[] = [];
  #nowMs = 0;
  readonly #max: number;

  constructor(max: number) {
    this.#max = max;
  }

  acquire(id: number, lane: Lane, maxWaitMs: number): void {
    if (this.held.length < this.#max) this.held.push(id);
    else this.waiting.push({ id, lane, deadlineMs: this.#nowMs + maxWaitMs });
  }

  release(id: number): void {
    this.held.splice(this.held.indexOf(id), 1);
    const next = this.waiting.find(({ lane }) => lane === 'priority') ?? this.waiting[0];
    if (!next) return;
    this.waiting = this.waiting.filter((waiter) => waiter !== next);
    this.held.push(next.id);
  }

  tick(ms: number): void {
    this.#nowMs += ms;
    const over = this.waiting.filter(({ deadlineMs }) => deadlineMs <= this.#nowMs);
    this.waiting = this.waiting.filter((waiter) => !over.includes(waiter));
    this.timedOut.push(...over.map(({ id }) => id));
  }
}

test('lends as its model does: lanes in order, first come first served, never more than the maximum', async (t) => {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 1, max: 4 }), steps, async (max, sequence) => {
      const { pool } = createPool({ max });
      const model = new Model(max);
      const lent = new Map<number, PooledConnection>();
      const timedOut: number[] = [];
      for (const [id, step] of sequence.entries()) {
        if (step.kind === 'acquire') {
          model.acquire(id, step.lane, step.maxWaitMs);
          pool.acquire(step).then(
            (connection) => lent.set(id, connection),
            () => timedOut.push(id),
          );
        } else if (step.kind === 'tick') {
          model.tick(step.ms);
          t.mock.timers.tick(step.ms);
        } else if (lent.size > 0) {
          const ids = [...lent.keys()];
          const returned = ids[step.pick % ids.length] ?? 0;
          const connection = lent.get(returned);
          lent.delete(returned);
          model.release(returned);
          if (connection) pool.release(connection);
        }
        await settle();
        assert.deepEqual([...lent.keys()].sort(), [...model.held].sort());
        assert.deepEqual([...timedOut].sort(), [...model.timedOut].sort());
        assert.deepEqual([pool.used, pool.waiting], [model.held.length, model.waiting.length]);
        assert.equal(
          new Set([...lent.values()].map(pidOf)).size,
          lent.size,
          'one borrower for each connection',
        );
        assert.ok(pool.used + pool.idle <= max);
      }
    }),
    { numRuns: 150, seed: 20_260_302 },
  );
});
