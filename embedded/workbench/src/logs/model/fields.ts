/** What a log line says besides its text: labels, metadata, and the fields of its own JSON or logfmt. */
import type { LabelOrigin, Labels, LogRow } from './rows';

export interface LogField {
  readonly name: string;
  readonly value: string;
  /** `line` = only in the text: a filter on it needs a parser. */
  readonly origin: LabelOrigin | 'line';
}

/** All fields of a row: the stream's labels first, then metadata, what the query parsed, and what only the text has. */
export function fieldsOf(row: LogRow): readonly LogField[] {
  const rank = { stream: 0, metadata: 1, parsed: 2, line: 3 };
  const labels = shownLabels(row).map(([name, value]) => ({
    name,
    value,
    origin: row.origins[name] ?? ('stream' as const),
  }));
  const own = Object.entries(lineFields(row.line) ?? {}).filter(([name]) => !(name in row.labels));
  return [
    ...labels.sort((one, other) => rank[one.origin] - rank[other.origin] || (one.name < other.name ? -1 : 1)),
    ...own.map(([name, value]) => ({ name, value, origin: 'line' as const })),
  ];
}

/** A row's labels without those that Loki keeps for itself. */
export function shownLabels({
  labels,
}: Pick<LogRow, 'labels'>): readonly (readonly [name: string, value: string])[] {
  return Object.entries(labels).filter(([name]) => !name.startsWith('__'));
}

/** Which of LogQL's parsers reads a line. */
export function parserOf(line: string): 'json' | 'logfmt' {
  return line.trimStart().startsWith('{') ? 'json' : 'logfmt';
}

/** The fields of a line of JSON or logfmt, nested ones joined with `_` as Loki's json parser names them. */
export function lineFields(line: string): Labels | undefined {
  if (parserOf(line) === 'logfmt') return logfmtFields(line);
  const fields: Record<string, string> = {};
  const add = (value: unknown, name: string) => {
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
      for (const [key, inner] of Object.entries(value)) add(inner, name ? `${name}_${key}` : key);
    } else if (value !== null) {
      fields[name.replace(/\W/g, '_')] = typeof value === 'string' ? value : JSON.stringify(value);
    }
  };
  const object = jsonOf(line);
  if (object === undefined) return undefined;
  add(object, '');
  return fields;
}

/** `a=1 b="two words"`; undefined unless nearly all of the line is of this form. */
function logfmtFields(line: string): Labels | undefined {
  const fields: Record<string, string> = {};
  let covered = 0;
  for (const match of line.matchAll(/([A-Za-z_][\w.]*)=("(?:[^"\\]|\\.)*"|\S*)(?:\s+|$)/g)) {
    const [all, name = '', value = ''] = match;
    covered += all.length;
    fields[name.replace(/\W/g, '_')] = value.startsWith('"') ? unquoted(value) : value;
  }
  return covered > 0 && covered >= line.length * 0.9 ? fields : undefined;
}

function unquoted(text: string): string {
  try {
    return JSON.parse(text) as string;
  } catch {
    return text.slice(1, -1);
  }
}

/** A line as it is read best: JSON indented, everything else as it is. */
export function prettified(line: string): string {
  const object = parserOf(line) === 'json' ? jsonOf(line) : undefined;
  return object === undefined ? line : JSON.stringify(object, null, 2);
}

function jsonOf(line: string): object | undefined {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === 'object' && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}

const TRACE_ID = /^[0-9a-f]{16,32}$/i;

/** The trace that a row belongs to, by its metadata or its text. */
export function traceOf(
  row: LogRow,
): { readonly traceId: string; readonly spanId: string | undefined } | undefined {
  const name = ['trace_id', 'traceID', 'traceId', 'traceid'].find((each) => row.labels[each]);
  const own = name ? row.labels : (lineFields(row.line) ?? {});
  const traceId = own[name ?? 'trace_id'] ?? own.traceID ?? own.traceId;
  if (!traceId || !TRACE_ID.test(traceId)) return undefined;
  return { traceId, spanId: own.span_id ?? own.spanID };
}
