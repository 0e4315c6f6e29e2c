import assert from 'node:assert/strict';
import { test } from 'node:test';
import { defineTable, Model, type Statement, type StatementResult } from '../src/lib/database/model.js';
import { RecordNotFoundError } from '../src/lib/errors.js';

interface Item {
  readonly id: string;
  readonly ownerId: string | null;
  readonly price: number;
  readonly tags: readonly string[];
}

const table = defineTable<Item>({
  table: 'items',
  columns: { id: 'id', ownerId: 'owner_id', price: 'price', tags: 'tags' },
  json: ['tags'],
});

function modelOver(rows: Record<string, unknown>[] = []) {
  const sent: Statement[] = [];
  const execute = async (statement: Statement): Promise<StatementResult> => {
    sent.push(statement);
    return { rows, rowCount: rows.length };
  };
  return { items: new Model({ execute }, table), sent };
}

const ROW = { id: 'i', owner_id: 'o', price: 3, tags: ['a'] };
const RECORD = { id: 'i', ownerId: 'o', price: 3, tags: ['a'] };
const COLUMNS = 'id, owner_id, price, tags';

test('finds by conditions of every kind, in order, a page at a time', async () => {
  const { items, sent } = modelOver([ROW]);
  const found = await items.findMany({
    where: { ownerId: 'o', price: { gte: 1, lt: 5 }, id: { in: ['i', 'j'] } },
    orderBy: { price: 'desc', id: 'asc' },
    take: 10,
    skip: 20,
  });
  assert.deepEqual(found, [RECORD]);
  assert.deepEqual(sent, [
    {
      operation: 'SELECT',
      table: 'items',
      text: `SELECT ${COLUMNS} FROM items WHERE owner_id = $1 AND price >= $2 AND price < $3 AND id = ANY($4) ORDER BY price DESC, id ASC LIMIT 10 OFFSET $5`,
      values: ['o', 1, 5, ['i', 'j'], 20],
    },
  ]);
});

test('tells missing values from given ones, and takes patterns literally', async () => {
  const { items, sent } = modelOver();
  await items.count({ where: { ownerId: null, id: { contains: '50%_\\' } } });
  await items.count({ where: { ownerId: { not: null }, price: { not: 0 } } });
  await items.count();
  assert.deepEqual(
    sent.map(({ text, values }) => [text, values]),
    [
      ['SELECT count(*)::int AS count FROM items WHERE owner_id IS NULL AND id ILIKE $1', ['%50\\%\\_\\\\%']],
      ['SELECT count(*)::int AS count FROM items WHERE owner_id IS NOT NULL AND price <> $1', [0]],
      ['SELECT count(*)::int AS count FROM items', []],
    ],
  );
});

test('a condition that is undefined is none', async () => {
  const { items, sent } = modelOver();
  await items.findMany({ where: { id: 'i', ownerId: undefined } });
  assert.equal(sent[0]?.text, `SELECT ${COLUMNS} FROM items WHERE id = $1`);
});

test('creates one row and returns it, JSON columns as JSON', async () => {
  const { items, sent } = modelOver([ROW]);
  assert.deepEqual(await items.create({ data: { id: 'i', tags: ['a'], ownerId: null } }), RECORD);
  assert.equal(
    sent[0]?.text,
    `INSERT INTO items (id, tags, owner_id) VALUES ($1, $2, $3) RETURNING ${COLUMNS}`,
  );
  assert.deepEqual(sent[0]?.values, ['i', '["a"]', null]);
});

test('creates many rows by one statement, and none by none', async () => {
  const { items, sent } = modelOver();
  await items.createMany({
    data: [
      { id: 'i', price: 1 },
      { id: 'j', price: 2 },
    ],
  });
  assert.equal(await items.createMany({ data: [] }), 0);
  assert.equal(sent.length, 1);
  assert.equal(sent[0]?.text, 'INSERT INTO items (id, price) VALUES ($1, $2), ($3, $4)');
  assert.deepEqual(sent[0]?.values, ['i', 1, 'j', 2]);
});

test('updates, increments and deletes', async () => {
  const { items, sent } = modelOver([ROW]);
  await items.update({ where: { id: 'i' }, data: { ownerId: 'p', price: { increment: 2 } } });
  await items.updateMany({ where: { ownerId: 'o' }, data: { tags: ['b'] } });
  assert.equal(await items.deleteMany({ where: { id: 'i' } }), 1);
  assert.deepEqual(
    sent.map(({ operation, text, values }) => [operation, text, values]),
    [
      [
        'UPDATE',
        `UPDATE items SET owner_id = $1, price = price + $2 WHERE id = $3 RETURNING ${COLUMNS}`,
        ['p', 2, 'i'],
      ],
      ['UPDATE', 'UPDATE items SET tags = $1 WHERE owner_id = $2', ['["b"]', 'o']],
      ['DELETE', 'DELETE FROM items WHERE id = $1', ['i']],
    ],
  );
});

test('inserts or changes', async () => {
  const { items, sent } = modelOver([ROW]);
  await items.upsert({
    conflict: ['id'],
    create: { id: 'i', price: 1 },
    update: { price: { increment: 1 } },
  });
  assert.equal(
    sent[0]?.text,
    `INSERT INTO items (id, price) VALUES ($1, $2) ON CONFLICT (id) DO UPDATE SET price = items.price + $3 RETURNING ${COLUMNS}`,
  );
  assert.deepEqual(sent[0]?.values, ['i', 1, 1]);
});

test('what must exist and does not is an error', async () => {
  const { items } = modelOver();
  assert.equal(await items.findFirst({ where: { id: 'i' } }), undefined);
  await assert.rejects(items.findFirstOrThrow({ where: { id: 'i' } }), RecordNotFoundError);
  await assert.rejects(items.update({ where: { id: 'i' }, data: { price: 1 } }), RecordNotFoundError);
});

test('a field that the table does not have never becomes part of a statement', async () => {
  const { items, sent } = modelOver();
  const where = { 'id; DROP TABLE items': 1 } as never;
  await assert.rejects(items.findMany({ where }), /items has no field/);
  assert.deepEqual(sent, []);
});
