import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Enclosure } from '../laws/enclosure.js';
import { KIND, type Span, Trace } from './trace.js';

const root: Span = {
  traceId: 't',
  spanId: 'root',
  parentId: '',
  name: 'GET /a',
  kind: KIND.server,
  start_us: 0,
  end_us: 100_000,
  failed: false,
  service: 'api',
  serviceVersion: '1',
  method: 'GET',
  route: '/a',
  status: '200',
  peer: '',
  database: '',
  operation: '',
  pid: '',
  links: [],
};

let ids = 0;
function client(name: string, pid: string, start_us: number, end_us: number, more: Partial<Span> = {}): Span {
  const spanId = `s${++ids}`;
  const of = { spanId, parentId: 'root', name, pid, start_us, end_us };
  return { ...root, kind: KIND.client, database: 'postgresql', ...of, ...more };
}

test('a loan lasts from its checkout to its last statement, each its own', () => {
  const trace = new Trace('t', [
    client('pool.connect', '1', 0, 10),
    client('SELECT a', '1', 10, 20),
    client('SELECT b', '1', 20, 30),
    client('pool.connect', '2', 0, 12),
    client('SELECT c', '2', 15, 90),
    client('pool.connect', '1', 30, 40),
    client('UPDATE a', '1', 41, 50),
    client('pool.connect', '', 50, 60, { failed: true }),
    client('SELECT of another service', '1', 60, 70, { service: 'worker' }),
    client('pool.connect', '3', 70, 80),
    root,
  ]);
  const loans = trace.loans.map(({ pid, from_us, to_us, statements }) => [
    pid,
    from_us,
    to_us,
    statements.length,
  ]);
  assert.deepEqual(loans.toSorted(), [
    ['1', 10, 30, 2],
    ['1', 40, 50, 1],
    ['2', 12, 90, 1],
    ['3', 80, 80, 0],
  ]);
});

test('a transaction has its own statements, by time', () => {
  const transaction: Span = {
    ...root,
    spanId: 'tx',
    parentId: 'root',
    name: 'transaction',
    kind: KIND.internal,
  };
  const trace = new Trace('t', [
    client('COMMIT', '1', 80, 90, { parentId: 'tx' }),
    client('BEGIN', '1', 10, 20, { parentId: 'tx' }),
    client('SELECT elsewhere', '2', 30, 40),
    transaction,
    root,
  ]);
  const [found] = trace.transactions;
  assert.deepEqual([found?.pid, found?.statements.map(({ name }) => name)], ['1', ['BEGIN', 'COMMIT']]);
});

for (const [out_us, holds, tolerated] of [
  [0, true, 0],
  [1, true, 1],
  [1000, true, 1],
  [1001, false, 0],
] as const) {
  test(`a span that sticks out by ${out_us} µs ${holds ? 'is let pass' : 'is not'}, and counted`, () => {
    const law = new Enclosure();
    law.trace(new Trace('t', [root, client('SELECT a', '1', 0, root.end_us + out_us)]));
    const verdict = law.verdict();
    assert.equal(verdict.holds, holds);
    assert.equal(verdict.note, `${tolerated} stick out by at most 1 ms`);
  });
}

test('a law with nothing to compare does not hold', () => {
  assert.equal(new Enclosure().verdict().holds, false);
});
