/** What fields the newest lines of a query have, of which type, and how many values. */

import { type ApiAnswer, type ApiRequest, json } from '../../http/api.js';
import { Budget } from '../../query/budget.js';
import { formatBytes, parseBytes } from '../go/bytes.js';
import { parseGoDuration } from '../go/durations.js';
import { parseFloat64 } from '../go/numbers.js';
import { compareText, Labels } from '../labels.js';
import { evaluateLogs, type LogEntry } from '../logql/evaluate-logs.js';
import { parseLogSelector } from '../logql/parse.js';
import { ALL_LABELS } from '../pipeline/hints.js';
import { parseJson } from '../pipeline/json.js';
import { LineState } from '../pipeline/line-state.js';
import { createLogfmtStage } from '../pipeline/logfmt.js';
import type { LogsStore } from '../store.js';
import { LogStream } from '../stream.js';
import { bounds, checkOrder, limit } from './parameters.js';
import { JSON_TYPE, LINES_MAX, tooManyLines } from './query.js';

const FIELDS_MAX = 1000;

interface Field {
  type: string;
  readonly values: Set<string>;
  readonly parsers: string[];
  path: readonly string[] | undefined;
}

export async function detectedFields(store: LogsStore, request: ApiRequest): Promise<ApiAnswer> {
  const { entries, most } = await newestLines(store, request);
  const fields = new Map<string, Field>();
  const take = (
    name: string,
    value: string,
    source: { parser?: string; path?: readonly string[] | undefined },
  ) => {
    let field = fields.get(name);
    if (!field) {
      if (fields.size >= most) return;
      field = { type: 'string', values: new Set(), parsers: [], path: undefined };
      fields.set(name, field);
    }
    field.type = typeOf(value);
    field.values.add(value);
    if (source.parser !== undefined && !field.parsers.includes(source.parser))
      field.parsers.push(source.parser);
    if (source.path) field.path = source.path;
  };
  for (const entry of byStream(entries)) {
    for (const [name, value] of entry.labels.metadata.pairs) take(name, value, {});
    for (const { name, value, parser, path } of fieldsOf(entry)) take(name, value, { parser, path });
  }
  const found = [...fields].map(([label, { type, values, parsers, path }]) => ({
    label,
    type,
    cardinality: values.size,
    parsers: parsers.length > 0 ? parsers : null,
    ...(path && parsers.includes('json') ? { jsonPath: path } : {}),
  }));
  return { ...json(found.length > 0 ? { fields: found, limit: most } : {}), headers: JSON_TYPE };
}

/** The last line tells a field's type: of the last stream, as the engine goes through them. */
function byStream(entries: readonly LogEntry[]): readonly LogEntry[] {
  return [...entries].sort((a, b) => compareText(String(a.labels.stream), String(b.labels.stream)));
}

export async function detectedFieldValues(
  store: LogsStore,
  request: ApiRequest,
  name: string,
): Promise<ApiAnswer> {
  const { entries, most } = await newestLines(store, request);
  const values = new Set<string>();
  for (const entry of entries) {
    const own = entry.labels.metadata.pairs.filter(([label]) => label === name).map(([, value]) => value);
    const parsed = fieldsOf(entry).filter((field) => field.name === name);
    for (const value of [...own, ...parsed.map((field) => withUnit(field.value))]) {
      if (values.size < most) values.add(value);
    }
  }
  const found = [...values].sort(compareText);
  return { ...json(found.length > 0 ? { values: found, limit: most } : {}), headers: JSON_TYPE };
}

async function newestLines(store: LogsStore, { parameters, signal }: ApiRequest) {
  const span = bounds(parameters);
  checkOrder(span);
  const most = limit(parameters, FIELDS_MAX, 'limit', 'field_limit');
  const lines = limit(parameters, 100, 'line_limit');
  const expression = parseLogSelector(parameters.get('query') ?? '');
  if (lines > LINES_MAX) throw tooManyLines(lines);
  const query = { span, limit: lines, direction: 'backward', interval_ns: 0 } as const;
  const { entries } = await evaluateLogs(store, expression, { query, budget: new Budget(undefined, signal) });
  return { entries, most };
}

interface ParsedField {
  readonly name: string;
  readonly value: string;
  readonly parser: 'json' | 'logfmt';
  readonly path: readonly string[] | undefined;
}

const parseLogfmt = createLogfmtStage({ strict: false, keepEmpty: false });

/** What the query has parsed already, and what is in the line: as JSON, or else as logfmt. */
function fieldsOf({ line, labels, time }: LogEntry): readonly ParsedField[] {
  // The line's own stream, without the labels that the query has parsed.
  const stream = new LogStream(Labels.of(labels.stream.pairs));
  stream.append({ time, line, metadata: [] });
  const state = new LineState(ALL_LABELS);
  state.enter(stream);
  state.start(0);
  const paths = new Map<string, readonly string[]>();
  parseJson(state, (name, path) => paths.set(name, path));
  const parser = state.error === '' ? 'json' : 'logfmt';
  if (parser === 'logfmt') {
    state.start(0);
    parseLogfmt(state);
  }
  const fields = new Map([...labels.parsed.pairs, ...state.categories().parsed.pairs]);
  return [...fields]
    .filter(([name]) => !name.startsWith('__error') && name !== '__preserve_error__')
    .map(([name, value]) => ({ name, value, parser, path: parser === 'json' ? paths.get(name) : undefined }));
}

function typeOf(value: string): string {
  if (/^[+-]?\d{1,19}$/.test(value)) return 'int';
  if (parseFloat64(value).kind === 'number') return 'float';
  if (/^(?:1|t|T|TRUE|true|True|0|f|F|FALSE|false|False)$/.test(value)) return 'boolean';
  if (parseGoDuration(value).kind === 'duration') return 'duration';
  return parseBytes(value).kind === 'bytes' ? 'bytes' : 'string';
}

/** Sizes in a form that goes into a query. */
function withUnit(value: string): string {
  const parsed = parseBytes(value);
  return parsed.kind === 'bytes' && /[a-z]$/i.test(value) ? formatBytes(parsed.bytes) : value;
}
