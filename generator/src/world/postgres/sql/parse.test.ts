import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DatabaseError } from '../database-error.js';
import { parse } from './parse.js';

test('control statements are told apart by their first word', () => {
  const kinds = [
    'BEGIN',
    'start transaction isolation level serializable',
    'COMMIT;',
    'END',
    'ROLLBACK',
    'SET a TO b',
  ];
  assert.deepEqual(
    kinds.map((text) => parse(text).kind),
    ['begin', 'begin', 'commit', 'commit', 'rollback', 'set'],
  );
});

test('a SELECT is taken apart', () => {
  const text =
    "SELECT w.id, count(*)::int AS \"How many\", now() FROM public.workflows WHERE status IN ($1, 'it''s') AND a IS NOT NULL " +
    'AND b = ANY($2::uuid[]) GROUP BY id ORDER BY id DESC NULLS LAST, b LIMIT 5 OFFSET $3 FOR UPDATE SKIP LOCKED';
  assert.deepEqual(parse(text), {
    kind: 'select',
    table: 'workflows',
    items: [
      { kind: 'column', column: 'id', alias: 'id' },
      {
        kind: 'aggregate',
        function: 'count',
        column: undefined,
        distinct: false,
        alias: 'How many',
        cast: 'int',
      },
      { kind: 'value', operand: { kind: 'now' }, alias: 'now' },
    ],
    where: [
      {
        kind: 'any',
        column: 'status',
        operands: [
          { kind: 'parameter', index: 0 },
          { kind: 'constant', value: "it's" },
        ],
        array: false,
      },
      { kind: 'null', column: 'a', negated: true },
      { kind: 'any', column: 'b', operands: [{ kind: 'parameter', index: 1 }], array: true },
    ],
    groupBy: ['id'],
    orderBy: [
      { column: 'id', descending: true },
      { column: 'b', descending: false },
    ],
    limit: { kind: 'constant', value: 5 },
    offset: { kind: 'parameter', index: 2 },
    lock: 'skip',
  });
});

test('an upsert is taken apart', () => {
  const statement = parse(
    'INSERT INTO t (a, b) VALUES ($1, -2) ON CONFLICT (a) DO UPDATE SET b = t.b + $2, a = EXCLUDED.a, c = NULL RETURNING a',
  );
  assert.deepEqual(statement, {
    kind: 'insert',
    table: 't',
    columns: ['a', 'b'],
    rows: [
      [
        { kind: 'parameter', index: 0 },
        { kind: 'constant', value: -2 },
      ],
    ],
    conflict: {
      columns: ['a'],
      assignments: [
        { kind: 'add', column: 'b', operand: { kind: 'parameter', index: 1 }, sign: 1 },
        { kind: 'excluded', column: 'a', source: 'a' },
        { kind: 'set', column: 'c', operand: { kind: 'constant', value: null } },
      ],
    },
    returning: [{ kind: 'column', column: 'a', alias: 'a' }],
  });
});

const refused: readonly [text: string, code: string, message: RegExp][] = [
  ['SELEC 1', '42601', /at or near "SELEC"/],
  ['', '42601', /at end of input/],
  ['SELECT id FROM t WHERE', '42601', /at end of input/],
  ['SELECT id FROM t WHERE id = $1 extra', '42601', /at or near "extra"/],
  ['INSERT INTO t (a) VALUES ($1, $2)', '42601', /syntax error/],
  ['SELECT #', '42601', /at or near "#"/],
  ['SELECT * FROM t', '0A000', /does not understand SELECT \*/],
  ['SELECT a FROM t JOIN u ON t.a = u.a', '0A000', /a join/],
  ['SELECT a FROM t WHERE a = 1 OR b = 2', '0A000', /OR/],
  ['WITH x AS (SELECT 1) SELECT a FROM x', '0A000', /WITH/],
  ['CREATE TABLE t (a int)', '0A000', /does not understand CREATE/],
  ['SELECT pg_advisory_lock($1)', '0A000', /the function pg_advisory_lock/],
];
for (const [text, code, message] of refused) {
  test(`refused with ${code}: ${text}`, () => {
    assert.throws(
      () => parse(text),
      (error) => error instanceof DatabaseError && error.code === code && message.test(error.message),
    );
  });
}
