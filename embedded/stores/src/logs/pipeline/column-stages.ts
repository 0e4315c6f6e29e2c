/**
 * Parsers over columns. Where a query looks at many lines and needs few labels of each, those fields are read once for
 * the whole stream: what comes out is the same as from the parser itself.
 */
import type { FieldNeed } from '../field-columns.js';
import type { LabelFilter } from '../logql/ast.js';
import type { LogStream, TextColumn } from '../stream.js';
import type { Hints } from './hints.js';
import { createLabelTest, namesIn } from './label-filter.js';
import { EXTRACTED_SUFFIX } from './line-state.js';
import type { ColumnStage, StageFunction } from './stage.js';

type Format = 'json' | 'logfmt';

/** @param parse what to do with a line that columns say nothing of */
export function createColumnParser(format: Format, parse: StageFunction): ColumnStage {
  let stream: LogStream | undefined;
  let plan: readonly Planned[] | undefined;
  const need = ({ required }: Hints): FieldNeed | undefined => {
    if (required === undefined) return undefined;
    const bare = [...required].filter((name) => name.endsWith(EXTRACTED_SUFFIX)).map(withoutSuffix);
    return { format, names: [...new Set([...required, ...bare])] };
  };
  const stage: StageFunction = (state) => {
    if (!state.isOriginal || state.hints.required === undefined || state.hasAllRequired) return parse(state);
    if (state.stream !== stream) {
      stream = state.stream;
      plan = planOf(state.hints, need(state.hints), stream as LogStream);
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
  return { stage, need };
}

interface Planned {
  readonly name: string;
  /** The field of the very name. */
  readonly plain: TextColumn;
  /** The field that gets the name because its own is taken. */
  readonly stripped: { readonly field: string; readonly column: TextColumn } | undefined;
}

function planOf(
  { required }: Hints,
  need: FieldNeed | undefined,
  stream: LogStream,
): readonly Planned[] | undefined {
  const columns = need && stream.fields.of(need);
  if (!columns) return undefined;
  const columnOf = (field: string) => columns[need.names.indexOf(field)] as TextColumn;
  return [...(required ?? [])].map((name) => {
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
export function createPrecheck(format: Format, filters: readonly LabelFilter[]): ColumnStage | undefined {
  const usable = filters.filter(isPure);
  if (usable.length === 0) return undefined;
  const tests = usable.map(createLabelTest);
  const fields: FieldNeed = { format, names: [...new Set(usable.flatMap(namesIn))] };
  let stream: LogStream | undefined;
  let columns: ReadonlyMap<string, TextColumn> | undefined;
  const stage: StageFunction = (state) => {
    if (!state.isOriginal || state.hints.required !== undefined || state.hints.noLabels) return true;
    if (state.stream !== stream) {
      stream = state.stream;
      columns = undefined;
    }
    columns ??= columnsOf(stream as LogStream, fields);
    if (!columns || !stream?.fields.isRegular(format, state.index)) return true;
    const known = columns;
    const read = (name: string) => state.get(name) ?? known.get(name)?.[state.index] ?? '';
    return tests.every((test) => test(read));
  };
  const need = ({ required, noLabels }: Hints) => (required !== undefined || noLabels ? undefined : fields);
  return { stage, need };
}

function columnsOf(stream: LogStream, need: FieldNeed): ReadonlyMap<string, TextColumn> | undefined {
  const columns = stream.fields.of(need);
  return columns && new Map(need.names.map((name, index) => [name, columns[index] as TextColumn]));
}

/** Conditions on texts alone: they set no errors. Names that a collision may have made are left to the filter itself. */
function isPure(filter: LabelFilter): boolean {
  if ('left' in filter) return isPure(filter.left) && isPure(filter.right);
  if (filter.kind !== 'string') return false;
  return !filter.matcher.name.startsWith('__') && !filter.matcher.name.endsWith(EXTRACTED_SUFFIX);
}
