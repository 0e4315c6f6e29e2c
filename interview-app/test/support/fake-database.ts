import type { DatabaseConnection, QueryResult, Row } from '../../src/lib/outside.js';

export interface SentStatement {
  readonly pid: number;
  /** Without its comment. */
  readonly text: string;
  readonly comment: string;
  readonly values: readonly unknown[];
}

/** Answers for one statement instead of the ordinary ones. */
export type Answer = (statement: SentStatement) => QueryResult | undefined | Promise<QueryResult | undefined>;

/** How many rows a SELECT without LIMIT finds. */
const ROWS_WITHOUT_LIMIT = 3;

/**
 * A database without any memory: each statement is answered by its shape, as if everything that is asked for existed,
 * except names and addresses that are to be new.
 */
export class FakeDatabase {
  readonly statements: SentStatement[] = [];
  readonly open = new Set<DatabaseConnection>();
  /** Looked at before the ordinary answer. */
  answer: Answer = () => undefined;
  #nextPid = 100;

  connect = async (): Promise<DatabaseConnection> => {
    const pid = this.#nextPid++;
    const connection: DatabaseConnection = {
      processID: pid,
      query: (text, values = []) => this.#query(pid, text, values),
      end: async () => {
        this.open.delete(connection);
      },
      on: () => undefined,
    };
    this.open.add(connection);
    return connection;
  };

  /** Operation and table of each statement: `INSERT workflows`. */
  get summaries(): string[] {
    return this.statements.map(({ text }) => {
      const [, operation, table] = /^(\w+)(?:.*? (?:FROM|INTO) (\w+)| (\w+) SET)?/.exec(text) ?? [];
      return [operation, table ?? /^UPDATE (\w+)/.exec(text)?.[1]].filter(Boolean).join(' ');
    });
  }

  async #query(pid: number, sent: string, values: readonly unknown[]): Promise<QueryResult> {
    const [, text = sent, comment = ''] = /^(.*?) (\/\*.*\*\/)$/s.exec(sent) ?? [];
    const statement = { pid, text, comment, values };
    this.statements.push(statement);
    return (await this.answer(statement)) ?? answerByShape(text, values);
  }
}

function answerByShape(text: string, values: readonly unknown[]): QueryResult {
  if (text.includes('count(*)')) return result([{ count: 2 }]);
  const [, columns, table = ''] = /^SELECT (.+) FROM (\w+)/.exec(text) ?? [];
  if (columns) {
    if (/ (?:name|email) = /.test(text)) return result([]);
    const limit = Number(/ LIMIT (\d+)/.exec(text)?.[1] ?? ROWS_WITHOUT_LIMIT);
    return result(Array.from({ length: limit }, (_, index) => rowOf(table, columns, index)));
  }
  const [, returning] = / RETURNING (.+)$/.exec(text) ?? [];
  if (!returning) return { rows: [], rowCount: 1 };
  const target = /(?:INTO|UPDATE) (\w+)/.exec(text)?.[1] ?? '';
  return result([{ ...rowOf(target, returning, 0), ...sentColumns(text, values) }]);
}

function result(rows: Row[]): QueryResult {
  return { rows, rowCount: rows.length };
}

function rowOf(table: string, columns: string, index: number): Row {
  return Object.fromEntries(columns.split(', ').map((column) => [column, cell(table, column, index)]));
}

function cell(table: string, column: string, index: number): unknown {
  if (column === 'id' || /_(?:id|by)$/.test(column)) return crypto.randomUUID();
  if (/_at$|^range_/.test(column)) return new Date('2026-01-05T10:00:00Z');
  if (column === 'depends_on') return [];
  if (/^(?:config|payload|content)$/.test(column)) return { note: ' spaced ' };
  if (column === 'status') return table === 'executions' ? 'failed' : 'active';
  if (column === 'role') return 'editor';
  if (column === 'plan') return 'team';
  if (/_limit$/.test(column)) return 1000;
  if (/^(?:version|value|position|records)$|_count$/.test(column)) return index + 1;
  return `${column}-${index}`;
}

/** What an INSERT or UPDATE sets, so that what it returns is what was written. */
function sentColumns(text: string, values: readonly unknown[]): Row {
  const [, inserted] = /^INSERT INTO \w+ \((.+?)\)/.exec(text) ?? [];
  const columns = inserted?.split(', ').map((column, index) => [column, index + 1] as const);
  const set = [...text.matchAll(/(\w+) = \$(\d+)(?=,| WHERE)/g)].map(
    ([, column = '', place]) => [column, Number(place)] as const,
  );
  return Object.fromEntries((columns ?? set).map(([column, place]) => [column, values[place - 1]]));
}
