/**
 * Parsers over columns. Where a query looks at many lines and needs few labels of each, those fields are read once for
 * the whole stream: what comes out is the same as from the parser itself.
 */
import type { FieldFormat } from '../field-columns.js';
import type { LabelFilter } from '../logql/ast.js';
import type { LogStream, TextColumn } from '../stream.js';
import { namesIn } from './label-filter.js';
import { EXTRACTED_SUFFIX, type LineState } from './line-state.js';
import type { StageFunction } from './stage.js';

/** Fewer lines than this of a stream are parsed one by one. */
const SHARE_MIN = 1 / 4;
/** Fields of one stage; a query that needs more than these reads whole lines. */
const FIELDS_MAX = 12;

/** Whether columns are worth their while: they are there, or the query looks at much of the stream anyway. */
function isWorth(state: LineState, format: FieldFormat, fields: readonly string[]): boolean {
  const stream = state.stream as LogStream;
  return stream.fields.has(format, fields) || state.expectedLines >= stream.length * SHARE_MIN;
}

/** @param parse what to do with a line that columns say nothing of */
export function createColumnParser(format: FieldFormat, parse: StageFunction): StageFunction {
  let stream: LogStream | undefined;
  let plan: readonly Planned[] | undefined;
  return (state) => {
    if (!state.isOriginal || state.hints.required === undefined || state.hasAllRequired) return parse(state);
    if (state.stream !== stream) {
      stream = state.stream;
      plan = planOf(state, format, [...state.hints.required]);
    }
    if (!plan || !stream?.fields.isRegular(format, state.index)) return parse(state);
    for (const { name, plain, stripped } of plan) {
      if (!state.wants(name)) continue;
      const value = stripped && state.isTaken(stripped.field) ? stripped.column[state.index] : undefined;
      const own = state.isTaken(name) ? undefined : plain[state.index];
      const found = value ?? own;
      if (found !== undefined) state.setParsed(name, found);
    }
    return true;
  };
}

interface Planned {
  readonly name: string;
  /** The field of the very name. */
  readonly plain: TextColumn;
  /** The field that gets the name because its own is taken. */
  readonly stripped: { readonly field: string; readonly column: TextColumn } | undefined;
}

function planOf(
  state: LineState,
  format: FieldFormat,
  names: readonly string[],
): readonly Planned[] | undefined {
  const bare = names.filter((name) => name.endsWith(EXTRACTED_SUFFIX)).map(withoutSuffix);
  const fields = [...new Set([...names, ...bare])];
  if (fields.length > FIELDS_MAX || !isWorth(state, format, fields)) return undefined;
  const columns = (state.stream as LogStream).fields.of(format, fields);
  const columnOf = (field: string) => columns[fields.indexOf(field)] as TextColumn;
  return names.map((name) => {
    const field = name.endsWith(EXTRACTED_SUFFIX) ? withoutSuffix(name) : undefined;
    const stripped = field === undefined ? undefined : { field, column: columnOf(field) };
    return { name, plain: columnOf(name), stripped };
  });
}

function withoutSuffix(name: string): string {
  return name.slice(0, -EXTRACTED_SUFFIX.length);
}

/**
 * Drops lines that filters after the parser would drop, before they are parsed whole.
 * @returns undefined when there is no filter that could
 */
export function createPrecheck(
  format: FieldFormat,
  filters: readonly LabelFilter[],
): StageFunction | undefined {
  const usable = filters.filter(isPure);
  if (usable.length === 0) return undefined;
  const fields = [...new Set(usable.flatMap(namesIn))];
  let stream: LogStream | undefined;
  let columns: ReadonlyMap<string, TextColumn> | undefined;
  return (state) => {
    if (!state.isOriginal || state.hints.required !== undefined || state.hints.noLabels) return true;
    if (state.stream !== stream) {
      stream = state.stream;
      columns = undefined;
    }
    columns ??= columnsFor(state, format, fields);
    if (!columns || !stream?.fields.isRegular(format, state.index)) return true;
    const known = columns;
    return usable.every((filter) =>
      passes(filter, (name) => state.get(name) ?? known.get(name)?.[state.index] ?? ''),
    );
  };
}

function columnsFor(state: LineState, format: FieldFormat, fields: readonly string[]) {
  if (fields.length > FIELDS_MAX || !isWorth(state, format, fields)) return undefined;
  const columns = (state.stream as LogStream).fields.of(format, fields);
  return new Map(fields.map((field, index) => [field, columns[index] as TextColumn]));
}

/** Conditions on texts alone: they set no errors. Names that a collision may have made are left to the filter itself. */
function isPure(filter: LabelFilter): boolean {
  if (filter.kind === 'and' || filter.kind === 'or') return isPure(filter.left) && isPure(filter.right);
  if (filter.kind !== 'string') return false;
  return !filter.matcher.name.startsWith('__') && !filter.matcher.name.endsWith(EXTRACTED_SUFFIX);
}

function passes(filter: LabelFilter, read: (name: string) => string): boolean {
  switch (filter.kind) {
    case 'and':
      return passes(filter.left, read) && passes(filter.right, read);
    case 'or':
      return passes(filter.left, read) || passes(filter.right, read);
    case 'string':
      return filter.matcher.matches(read(filter.matcher.name));
    default:
      return true;
  }
}
