import type { Assignment, InsertStatement, SelectStatement, Statement } from './ast.js';
import { readAssignments, readItems, readOperand, readOrderBy, readReturning, readWhere } from './clauses.js';
import { TokenReader } from './token-reader.js';

const CONTROL: Readonly<Record<string, 'begin' | 'commit' | 'rollback' | 'set'>> = {
  begin: 'begin',
  start: 'begin',
  commit: 'commit',
  end: 'commit',
  rollback: 'rollback',
  abort: 'rollback',
  set: 'set',
  reset: 'set',
  discard: 'set',
  deallocate: 'set',
};

/** Statements of PostgreSQL that have no place in the simulation. */
const OTHERS = [
  ...[
    'with',
    'values',
    'merge',
    'truncate',
    'copy',
    'explain',
    'lock',
    'listen',
    'notify',
    'savepoint',
    'release',
  ],
  ...[
    'create',
    'alter',
    'drop',
    'grant',
    'revoke',
    'comment',
    'vacuum',
    'analyze',
    'prepare',
    'execute',
    'call',
    'do',
  ],
];

/**
 * Parses a statement (without its comment).
 * @throws {DatabaseError} 42601 when it is not SQL, 0A000 when it is more than the simulated server understands
 */
export function parse(text: string): Statement {
  const reader = new TokenReader(text);
  const { kind, text: word } = reader.take();
  const control = kind === 'word' ? CONTROL[word] : undefined;
  if (control !== undefined) return { kind: control };
  const statement = kind === 'word' ? readStatement(reader, word) : undefined;
  if (statement === undefined) throw new TokenReader(text).unexpected();
  reader.expectEnd();
  return statement;
}

function readStatement(reader: TokenReader, word: string): Statement | undefined {
  switch (word) {
    case 'select':
      return readSelect(reader);
    case 'insert':
      return readInsert(reader);
    case 'update': {
      const table = readTable(reader);
      reader.expect('set');
      const assignments = readAssignments(reader);
      return {
        kind: 'update',
        table,
        assignments,
        where: readWhere(reader),
        returning: readReturning(reader),
      };
    }
    case 'delete':
      reader.expect('from');
      return {
        kind: 'delete',
        table: readTable(reader),
        where: readWhere(reader),
        returning: readReturning(reader),
      };
    default:
      if (OTHERS.includes(word)) throw reader.unsupported(word.toUpperCase());
      return undefined;
  }
}

function readTable(reader: TokenReader): string {
  const name = reader.name();
  return name === 'public' && reader.accept('.') ? reader.name() : name;
}

function readSelect(reader: TokenReader): SelectStatement {
  const items = readItems(reader);
  const table = reader.accept('from') ? readTable(reader) : undefined;
  if (/^(join|inner|left|right|cross|natural)$/.test(reader.current.text) || reader.isAt(',')) {
    throw reader.unsupported('a join');
  }
  const where = readWhere(reader);
  const groupBy = reader.accept('group by') ? reader.list(() => reader.name()) : [];
  const orderBy = readOrderBy(reader);
  const limit = reader.accept('limit') ? readOperand(reader) : undefined;
  const offset = reader.accept('offset') ? readOperand(reader) : undefined;
  return { kind: 'select', table, items, where, groupBy, orderBy, limit, offset, lock: readLock(reader) };
}

function readLock(reader: TokenReader): SelectStatement['lock'] {
  if (!reader.accept('for')) return 'none';
  if (!reader.accept('update') && !reader.accept('no key update')) throw reader.unexpected();
  if (reader.accept('nowait')) throw reader.unsupported('NOWAIT');
  return reader.accept('skip locked') ? 'skip' : 'wait';
}

function readInsert(reader: TokenReader): InsertStatement {
  reader.expect('into');
  const table = readTable(reader);
  const columns = reader.inBrackets(() => reader.list(() => reader.name()));
  reader.expect('values');
  const rows = reader.list(() => reader.inBrackets(() => reader.list(() => readOperand(reader))));
  for (const row of rows) {
    if (row.length !== columns.length) throw reader.unexpected();
  }
  const conflict = readConflict(reader);
  return { kind: 'insert', table, columns, rows, conflict, returning: readReturning(reader) };
}

function readConflict(reader: TokenReader): InsertStatement['conflict'] {
  if (!reader.accept('on conflict')) return undefined;
  const columns = reader.isAt('(') ? reader.inBrackets(() => reader.list(() => reader.name())) : [];
  let assignments: readonly Assignment[] | 'nothing' = 'nothing';
  if (!reader.accept('do nothing')) {
    reader.expect('do update set');
    assignments = readAssignments(reader);
  }
  return { columns, assignments };
}
