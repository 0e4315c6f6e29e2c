/** Paths such as `servers[0].name`, and what is there in a line. */
import { eachElement, eachMember, type JsonType, type JsonValue } from './json-scan.js';
import { textOf } from './json-text.js';

export type JsonPath = readonly (string | number)[];

const PART = /\s*(?:\.\s*([a-zA-Z_][a-zA-Z0-9_]*)|\[\s*(?:"([^"]*)"|(\d+))\s*\])\s*/y;
const FIRST = /\s*(?:([a-zA-Z_][a-zA-Z0-9_]*)|\[\s*(?:"([^"]*)"|(\d+))\s*\])\s*/y;

/** @throws {Error} in the engine's words */
export function parseJsonPath(text: string): JsonPath {
  const path: (string | number)[] = [];
  let at = 0;
  while (at < text.length || path.length === 0) {
    const pattern = path.length === 0 ? FIRST : PART;
    pattern.lastIndex = at;
    const [part, field, key, index] = pattern.exec(text) ?? [];
    if (part === undefined) throw new Error(`cannot parse expression [${text}]: ${pathProblem(text, at)}`);
    path.push(index === undefined ? ((field ?? key) as string) : Number(index));
    at += part.length;
  }
  return path;
}

function pathProblem(text: string, at: number): string {
  const rest = text.slice(at).trim();
  const tokens = rest.match(/[a-zA-Z_]\w*|\d+|"[^"]*"|\S/g) ?? [];
  const name = (token: string | undefined) => {
    if (token === undefined) return '$end';
    if (/^[a-zA-Z_]/.test(token)) return 'FIELD';
    if (/^\d/.test(token)) return 'INDEX';
    return { '[': 'LSB', ']': 'RSB', '.': 'DOT' }[token] ?? (token.startsWith('"') ? 'STRING' : undefined);
  };
  const [first, second, third] = tokens;
  const unexpected = (token: string | undefined, expecting = '') => {
    const type = name(token);
    return type ? `syntax error: unexpected ${type}${expecting}` : `unexpected char ${token}`;
  };
  if (first === '.' && at > 0) return unexpected(second, ', expecting FIELD');
  if (first !== '[') {
    return at === 0 ? 'syntax error: unexpected $end, expecting LSB or FIELD' : unexpected(first);
  }
  const type = name(second);
  return type === 'STRING' || type === 'INDEX'
    ? unexpected(third, ', expecting RSB')
    : unexpected(second, ', expecting STRING or INDEX');
}

/** The value at a path: undefined when there is none. */
export function valueAtPath(line: string, path: JsonPath): string | undefined {
  let found: string | undefined;
  const search = (start: number, depth: number): void => {
    const part = path[depth];
    const each = typeof part === 'number' ? eachElement : eachMember;
    each(line, start, (key, type, value) => {
      if (key !== String(part)) return false;
      if (depth === path.length - 1) found = valueText(line, type, value);
      else if (type === (typeof path[depth + 1] === 'number' ? 'array' : 'object'))
        search(value.start, depth + 1);
      return found !== undefined;
    });
  };
  const start = line.search(/\S/);
  if (line[start] === (typeof path[0] === 'number' ? '[' : '{')) search(start, 0);
  return found;
}

function valueText(line: string, type: JsonType, value: JsonValue): string {
  if (type === 'null') return '';
  if (type === 'object') return line.slice(value.start, value.end);
  return textOf(line, { ...value, escaped: value.escaped || type === 'array' });
}
