/** Parts that several kinds of statements share. */
import type {
  AggregateFunction,
  Assignment,
  Comparison,
  Condition,
  Operand,
  OrderTerm,
  SelectItem,
} from './ast.js';
import type { TokenReader } from './token-reader.js';

const COMPARISONS: readonly string[] = ['=', '<>', '<=', '>=', '<', '>'];
const AGGREGATES: readonly string[] = ['count', 'sum', 'min', 'max', 'avg'];
const NOW: readonly string[] = ['now', 'current_timestamp', 'statement_timestamp', 'clock_timestamp'];
const CONSTANTS: Readonly<Record<string, boolean | null>> = { null: null, true: true, false: false };

export function readOperand(reader: TokenReader): Operand {
  const negative = reader.accept('-');
  const token = reader.take();
  let operand: Operand | undefined;
  if (token.kind === 'parameter') operand = { kind: 'parameter', index: Number(token.text) - 1 };
  else if (token.kind === 'number')
    operand = { kind: 'constant', value: (negative ? -1 : 1) * Number(token.text) };
  else if (token.kind === 'string') operand = { kind: 'constant', value: token.text };
  else if (token.kind === 'word') operand = readWord(reader, token.text);
  if (operand === undefined) throw reader.unsupported(`an expression that starts with "${token.text}"`);
  readCast(reader);
  return operand;
}

function readWord(reader: TokenReader, word: string): Operand | undefined {
  const constant = CONSTANTS[word];
  if (constant !== undefined) return { kind: 'constant', value: constant };
  if (!NOW.includes(word)) return undefined;
  if (word !== 'current_timestamp') reader.expect('( )');
  return { kind: 'now' };
}

/** `::type` or `::type[]`; undefined when there is none. */
export function readCast(reader: TokenReader): string | undefined {
  if (!reader.accept('::')) return undefined;
  let type = reader.name();
  if (reader.accept('precision')) type = 'double precision';
  if (reader.accept('[ ]')) type += '[]';
  return type;
}

/** A column's name, with or without its table's before it. */
export function readColumn(reader: TokenReader): string {
  const name = reader.name();
  return reader.accept('.') ? reader.name() : name;
}

export function readWhere(reader: TokenReader): Condition[] {
  if (!reader.accept('where')) return [];
  const conditions = [readCondition(reader)];
  while (reader.accept('and')) conditions.push(readCondition(reader));
  if (reader.isAt('or')) throw reader.unsupported('OR');
  return conditions;
}

function readCondition(reader: TokenReader): Condition {
  const column = readColumn(reader);
  if (reader.accept('is')) {
    const negated = reader.accept('not');
    reader.expect('null');
    return { kind: 'null', column, negated };
  }
  if (reader.accept('in')) {
    const operands = reader.inBrackets(() => reader.list(() => readOperand(reader)));
    return { kind: 'any', column, operands, array: false };
  }
  if (reader.accept('= any')) {
    const operand = reader.inBrackets(() => readOperand(reader));
    return { kind: 'any', column, operands: [operand], array: true };
  }
  return { kind: 'compare', column, operator: readComparison(reader), operand: readOperand(reader) };
}

function readComparison(reader: TokenReader): Comparison {
  if (reader.accept('!=')) return '<>';
  if (reader.accept('like')) return 'like';
  if (reader.accept('ilike')) return 'ilike';
  const operator = COMPARISONS.find((text) => reader.accept(text));
  if (operator === undefined) throw reader.unexpected();
  return operator as Comparison;
}

export function readItems(reader: TokenReader): SelectItem[] {
  if (reader.isAt('*')) throw reader.unsupported('SELECT *');
  return reader.list(() => readItem(reader));
}

function readItem(reader: TokenReader): SelectItem {
  const { kind, text } = reader.current;
  if (kind === 'word' && AGGREGATES.includes(text)) return readAggregate(reader, text as AggregateFunction);
  const isValue = kind !== 'quoted' && (kind !== 'word' || text in CONSTANTS || NOW.includes(text));
  if (isValue) {
    const operand = readOperand(reader);
    return { kind: 'value', operand, ...readAlias(reader, operand.kind === 'now' ? 'now' : '?column?') };
  }
  const column = readColumn(reader);
  if (reader.isAt('(')) throw reader.unsupported(`the function ${column}`);
  return { kind: 'column', column, ...readAlias(reader, column) };
}

function readAggregate(reader: TokenReader, name: AggregateFunction): SelectItem {
  reader.take();
  reader.expect('(');
  const distinct = reader.accept('distinct');
  const column = name === 'count' && reader.accept('*') ? undefined : readColumn(reader);
  reader.expect(')');
  return { kind: 'aggregate', function: name, column, distinct, ...readAlias(reader, name) };
}

function readAlias(reader: TokenReader, byDefault: string): { alias: string; cast?: string } {
  const cast = readCast(reader);
  const alias = reader.accept('as') ? reader.name() : byDefault;
  return { alias, ...(cast !== undefined && { cast }) };
}

export function readReturning(reader: TokenReader): SelectItem[] {
  return reader.accept('returning') ? readItems(reader) : [];
}

export function readOrderBy(reader: TokenReader): OrderTerm[] {
  if (!reader.accept('order by')) return [];
  return reader.list(() => {
    const column = readColumn(reader);
    const descending = reader.accept('desc') || (reader.accept('asc') && false);
    if (reader.accept('nulls')) reader.name();
    return { column, descending };
  });
}

export function readAssignments(reader: TokenReader): Assignment[] {
  return reader.list((): Assignment => {
    const column = reader.name();
    reader.expect('=');
    const { kind, text } = reader.current;
    if (kind !== 'word' || text in CONSTANTS || NOW.includes(text)) {
      return { kind: 'set', column, operand: readOperand(reader) };
    }
    if (reader.accept('excluded .')) return { kind: 'excluded', column, source: reader.name() };
    const source = readColumn(reader);
    if (source !== column) throw reader.unsupported('an assignment from another column');
    const sign = reader.accept('+') ? 1 : -1;
    if (sign === -1) reader.expect('-');
    return { kind: 'add', column, operand: readOperand(reader), sign };
  });
}
