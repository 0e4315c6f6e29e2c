import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { migrate as Migrate } from '../../../../../interview-app/src/lib/database/migrations.js';
import { Database } from './database.js';
import type { StoredRow, Table } from './schema.js';
import type { TableData } from './table-data.js';
import { tables } from './tables.js';

const database = new Database({ epochMs: Date.parse('2026-03-02T09:00:00Z'), scale: 1 });
const populated = [...tables.values()].filter(({ population }) => population.count[1] > 0);

/** The application's own CREATE statements, as it would send them to a database without any table. */
async function migrations(): Promise<string[]> {
  const built = '../../../../../../interview-app/dist/src/lib/database/migrations.js';
  const { migrate }: { migrate: typeof Migrate } = await import(new URL(built, import.meta.url).href);
  const statements: string[] = [];
  await migrate({
    processID: 1,
    query: async (text) => {
      statements.push(text.replace(/\s+/g, ' '));
      return { rows: [], rowCount: 0 };
    },
    end: async () => {},
    on: () => undefined,
  });
  return statements;
}

test('tables, columns, types, nullability and references are those of the migrations', async () => {
  const created = new Map<string, string>();
  for (const statement of await migrations()) {
    const match = /^CREATE TABLE (\w+) \((.*)\)$/.exec(statement);
    if (match !== null) created.set(match[1] as string, describeColumns(match[2] as string));
  }
  created.delete('migrations');
  assert.deepEqual([...tables.keys()].sort(), [...created.keys()].sort());
  for (const table of tables.values())
    assert.equal(describeTable(table), created.get(table.name), table.name);
});

/** One `name type [null] [references table]` for each column of a CREATE TABLE. */
function describeColumns(definition: string): string {
  return definition
    .split(/, (?![^(]*\))/)
    .filter((part) => !/^(PRIMARY KEY|UNIQUE)/.test(part))
    .map((part) => {
      const [name, type] = part.trim().split(' ');
      const nullable = !/NOT NULL|PRIMARY KEY/.test(part);
      const references = /REFERENCES (\w+)/.exec(part)?.[1];
      return [name, type, nullable && 'null', references].filter(Boolean).join(' ');
    })
    .join('\n');
}

function describeTable({ columns }: Table): string {
  return Object.entries(columns)
    .map(([name, { type, nullable, references }]) =>
      [name, type, nullable && 'null', references].filter(Boolean).join(' '),
    )
    .join('\n');
}

/** Numbers of some rows of a table, from all over it. */
function someRows(data: TableData): number[] {
  const { per, count } = data.table.population;
  const rows: number[] = [];
  if (per.length === 0) return Array.from({ length: 20 }, (_, i) => i * 15);
  for (let parent = 0; rows.length < 60; parent += 1 + (parent % 7)) {
    const first = data.firstChild(parent);
    for (let slot = 0; slot < count[1]; slot += 1 + (slot % 5))
      if (data.exists(first + slot)) rows.push(first + slot);
  }
  return rows;
}

for (const table of populated) {
  const data = database.table(table.name);

  test(`${table.name}: values fit their columns, and what they refer to exists`, () => {
    for (const n of someRows(data)) {
      const row = data.populationRow(n);
      for (const [name, column] of Object.entries(table.columns)) {
        const value = row[name];
        assert.notEqual(value, undefined, name);
        assert.ok(value !== null || column.nullable, `${name} of ${n} is null`);
        if (column.references === undefined || value === null) continue;
        const target = database.table(column.references);
        assert.equal(typeof target.keyOfId(value as string), 'number', `${name} of ${n} refers to nothing`);
      }
    }
  });

  test(`${table.name}: a row is found by its id and by its parent`, () => {
    for (const n of someRows(data)) {
      const row = data.populationRow(n);
      if (table.primaryKey.length === 1) assert.equal(data.keyOfId(row.id as string), n);
      const { column } = table.population;
      if (column === undefined) continue;
      const parent = data.parentNumber(row[column] ?? null);
      assert.notEqual(parent, undefined);
      const slot = n - data.firstChild(parent as number);
      assert.ok(slot >= 0 && slot < data.childCount(parent as number));
    }
  });

  test(`${table.name}: rows keep to the unique constraints, and to their order in time`, () => {
    const seen = new Set<string>();
    const [first] = someRows(data);
    const rows: StoredRow[] = [];
    for (let n = first as number; rows.length < 300 && n < (first as number) + 3000; n++) {
      if (data.exists(n)) rows.push(data.populationRow(n));
    }
    for (const row of rows) {
      for (const { name, columns } of table.unique) {
        const key = [name, ...columns.map((column) => row[column])].join('|');
        assert.ok(!seen.has(key), `${key} twice`);
        seen.add(key);
      }
    }
    const { newestFirst, column } = table.population;
    if (newestFirst === undefined || column === undefined) return;
    for (const [i, row] of rows.entries()) {
      const before = rows[i - 1];
      if (before?.[column] !== row[column]) continue;
      assert.ok((before?.[newestFirst] as number) >= (row[newestFirst] as number));
    }
  });
}

test('other ways to rows lead to rows that exist, and that belong there', () => {
  for (const table of populated) {
    const data = database.table(table.name);
    for (const [column, numbersOf] of Object.entries(table.population.also)) {
      const target = database.table(table.columns[column]?.references as string);
      let found = 0;
      for (const parent of someRows(target).slice(0, 10)) {
        const id = target.populationRow(parent).id;
        for (const n of numbersOf(parent)) {
          if (!data.exists(n)) continue;
          found++;
          assert.equal(data.populationRow(n)[column], id, `${table.name}.${column}, row ${n}`);
        }
      }
      assert.ok(found > 10, `${table.name}.${column} leads to ${found} rows`);
    }
  }
});
