import { RecordNotFoundError } from '../errors.js';

/** One statement: what is sent, and what is said about it in spans and metrics. */
export interface Statement {
  readonly operation: string;
  /** Undefined for BEGIN, COMMIT and ROLLBACK. */
  readonly table?: string;
  readonly text: string;
  readonly values?: readonly unknown[];
}

export interface StatementResult {
  readonly rows: ReadonlyArray<Readonly<Record<string, unknown>>>;
  readonly rowCount: number | null;
}

/** Runs statements on a connection of its choice. */
export interface StatementRunner {
  execute(statement: Statement): Promise<StatementResult>;
}

/** How the fields of a record are stored. */
export interface TableDefinition<T> {
  readonly table: string;
  /** Column of each field. */
  readonly columns: Readonly<Record<keyof T & string, string>>;
  /** Fields whose column is of type jsonb. */
  readonly json?: readonly (keyof T & string)[];
}

type Condition<V> =
  | V
  | { readonly in: readonly V[] }
  | { readonly not: V }
  | { readonly gte?: V; readonly gt?: V; readonly lt?: V; readonly lte?: V }
  | { readonly contains: string };

export type Where<T> = { readonly [K in keyof T]?: Condition<T[K]> };
export type Changes<T> = { readonly [K in keyof T]?: T[K] | { readonly increment: number } };
export type OrderBy<T> = { readonly [K in keyof T]?: 'asc' | 'desc' };

export interface FindOptions<T> {
  readonly where?: Where<T>;
  readonly orderBy?: OrderBy<T>;
  readonly take?: number;
  readonly skip?: number;
}

const COMPARISONS = { gte: '>=', gt: '>', lt: '<', lte: '<=', not: '<>' } as const;

/** A table as seen over one `StatementRunner`. Fields are in camel case, columns as `TableDefinition` says. */
export class Model<T extends object> {
  readonly #runner: StatementRunner;
  readonly #table: CompiledTable<T>;

  constructor(runner: StatementRunner, table: CompiledTable<T>) {
    this.#runner = runner;
    this.#table = table;
  }

  async findMany(options: FindOptions<T> = {}): Promise<T[]> {
    const { rows } = await this.#runner.execute(this.#select(options));
    return rows.map(this.#table.toRecord);
  }

  async findFirst(options: FindOptions<T>): Promise<T | undefined> {
    const { rows } = await this.#runner.execute(this.#select({ ...options, take: 1 }));
    return rows[0] && this.#table.toRecord(rows[0]);
  }

  /** @throws {RecordNotFoundError} */
  async findFirstOrThrow(options: FindOptions<T>): Promise<T> {
    return (await this.findFirst(options)) ?? this.#missing();
  }

  async count({ where }: { readonly where?: Where<T> } = {}): Promise<number> {
    const values: unknown[] = [];
    const text = `SELECT count(*)::int AS count FROM ${this.#table.name}${this.#where(where, values)}`;
    const { rows } = await this.#runner.execute(this.#statement('SELECT', text, values));
    return Number(rows[0]?.count ?? 0);
  }

  async create({ data }: { readonly data: Partial<T> }): Promise<T> {
    const values: unknown[] = [];
    const text = `${this.#insert([data], values)} RETURNING ${this.#table.columnList}`;
    const { rows } = await this.#runner.execute(this.#statement('INSERT', text, values));
    return this.#table.toRecord(rows[0] ?? {});
  }

  /** Inserts all rows by one statement. @returns how many */
  async createMany({ data }: { readonly data: readonly Partial<T>[] }): Promise<number> {
    if (data.length === 0) return 0;
    const values: unknown[] = [];
    const { rowCount } = await this.#runner.execute(
      this.#statement('INSERT', this.#insert(data, values), values),
    );
    return rowCount ?? data.length;
  }

  /** @throws {RecordNotFoundError} when no row matches */
  async update(options: { readonly where: Where<T>; readonly data: Changes<T> }): Promise<T> {
    const values: unknown[] = [];
    const text = `${this.#update(options, values)} RETURNING ${this.#table.columnList}`;
    const { rows } = await this.#runner.execute(this.#statement('UPDATE', text, values));
    return rows[0] ? this.#table.toRecord(rows[0]) : this.#missing();
  }

  /** @returns how many rows were changed */
  async updateMany(options: { readonly where: Where<T>; readonly data: Changes<T> }): Promise<number> {
    const values: unknown[] = [];
    const text = this.#update(options, values);
    const { rowCount } = await this.#runner.execute(this.#statement('UPDATE', text, values));
    return rowCount ?? 0;
  }

  /** Inserts the row, or changes the one that has the same `conflict` fields. */
  async upsert(options: {
    readonly conflict: readonly (keyof T & string)[];
    readonly create: Partial<T>;
    readonly update: Changes<T>;
  }): Promise<T> {
    const { name, columnOf, columnList } = this.#table;
    const values: unknown[] = [];
    const insert = this.#insert([options.create], values);
    const target = options.conflict.map(columnOf).join(', ');
    const changes = this.#changes(options.update, values, `${name}.`);
    const text = `${insert} ON CONFLICT (${target}) DO UPDATE SET ${changes} RETURNING ${columnList}`;
    const { rows } = await this.#runner.execute(this.#statement('INSERT', text, values));
    return this.#table.toRecord(rows[0] ?? {});
  }

  /** @returns how many rows were deleted */
  async deleteMany({ where }: { readonly where: Where<T> }): Promise<number> {
    const values: unknown[] = [];
    const text = `DELETE FROM ${this.#table.name}${this.#where(where, values)}`;
    const { rowCount } = await this.#runner.execute(this.#statement('DELETE', text, values));
    return rowCount ?? 0;
  }

  #missing(): never {
    throw new RecordNotFoundError(this.#table.name);
  }

  #statement(operation: string, text: string, values: readonly unknown[]): Statement {
    return { operation, table: this.#table.name, text, values };
  }

  #select({ where, orderBy, take, skip }: FindOptions<T>): Statement {
    const { name, columnList, columnOf } = this.#table;
    const values: unknown[] = [];
    let text = `SELECT ${columnList} FROM ${name}${this.#where(where, values)}`;
    if (orderBy) {
      const terms = Object.entries(orderBy).map(([field, direction]) => {
        return `${columnOf(field)} ${direction === 'desc' ? 'DESC' : 'ASC'}`;
      });
      text += ` ORDER BY ${terms.join(', ')}`;
    }
    if (take !== undefined) text += ` LIMIT ${Math.trunc(take)}`;
    if (skip) text += ` OFFSET $${values.push(skip)}`;
    return this.#statement('SELECT', text, values);
  }

  #insert(data: readonly Partial<T>[], values: unknown[]): string {
    const { name, columnOf, toColumn } = this.#table;
    const fields = Object.keys(data[0] ?? {}) as (keyof T & string)[];
    const tuples = data.map((record) => {
      return `(${fields.map((field) => `$${values.push(toColumn(field, record[field]))}`).join(', ')})`;
    });
    return `INSERT INTO ${name} (${fields.map(columnOf).join(', ')}) VALUES ${tuples.join(', ')}`;
  }

  #update({ where, data }: { where: Where<T>; data: Changes<T> }, values: unknown[]): string {
    const changes = this.#changes(data, values, '');
    return `UPDATE ${this.#table.name} SET ${changes}${this.#where(where, values)}`;
  }

  #changes(data: Changes<T>, values: unknown[], qualifier: string): string {
    const { columnOf, toColumn } = this.#table;
    const terms: string[] = [];
    for (const field of Object.keys(data) as (keyof T & string)[]) {
      const change: unknown = data[field];
      const column = columnOf(field);
      if (isPlainObject(change) && typeof change.increment === 'number') {
        terms.push(`${column} = ${qualifier}${column} + $${values.push(change.increment)}`);
      } else {
        terms.push(`${column} = $${values.push(toColumn(field, change))}`);
      }
    }
    return terms.join(', ');
  }

  #where(where: Where<T> | undefined, values: unknown[]): string {
    if (!where) return '';
    let text = '';
    for (const field of Object.keys(where) as (keyof T & string)[]) {
      const column = this.#table.columnOf(field);
      for (const term of conditionTerms(column, where[field], values)) {
        text += `${text === '' ? ' WHERE ' : ' AND '}${term}`;
      }
    }
    return text;
  }
}

function conditionTerms(column: string, condition: unknown, values: unknown[]): string[] {
  if (condition === undefined) return [];
  if (condition === null) return [`${column} IS NULL`];
  if (!isPlainObject(condition)) return [`${column} = $${values.push(condition)}`];
  if (Array.isArray(condition.in)) return [`${column} = ANY($${values.push(condition.in)})`];
  if (typeof condition.contains === 'string') {
    return [`${column} ILIKE $${values.push(`%${escapeLike(condition.contains)}%`)}`];
  }
  if (condition.not === null) return [`${column} IS NOT NULL`];
  return Object.entries(COMPARISONS).flatMap(([key, operator]) => {
    const value = condition[key];
    return value === undefined ? [] : [`${column} ${operator} $${values.push(value)}`];
  });
}

function escapeLike(text: string): string {
  return text.replace(/[\\%_]/g, '\\$&');
}

function isPlainObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}

/** A table definition made ready for use. */
export interface CompiledTable<T> {
  readonly name: string;
  /** All columns, as they stand in a SELECT. */
  readonly columnList: string;
  columnOf(this: void, field: string): string;
  /** A field's value as a parameter of a statement. */
  toColumn(this: void, field: string, value: unknown): unknown;
  toRecord(this: void, row: Readonly<Record<string, unknown>>): T;
}

export function defineTable<T extends object>(definition: TableDefinition<T>): CompiledTable<T> {
  const columns = definition.columns as Readonly<Record<string, string>>;
  const pairs = Object.entries(columns);
  const json = new Set<string>(definition.json);
  return {
    name: definition.table,
    columnList: Object.values(columns).join(', '),
    columnOf(field) {
      const column = columns[field];
      if (column === undefined) throw new TypeError(`${definition.table} has no field ${field}`);
      return column;
    },
    toColumn: (field, value) => (json.has(field) && value !== null ? JSON.stringify(value) : value),
    toRecord(row) {
      const record: Record<string, unknown> = {};
      for (const [field, column] of pairs) record[field] = row[column];
      return record as T;
    },
  };
}
