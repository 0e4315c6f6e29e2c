/** Pairs of a logfmt line, by the rules of go-logfmt. */

/** @returns true to stop */
export type OnPair = (key: string, value: string) => boolean;

const QUOTE = 0x22;
const EQUALS = 0x3d;

/**
 * Calls back for each pair until it is told to stop; pairs that are none are passed over.
 * @param strict the first of them ends the line
 * @returns what the last of them was, or undefined
 */
export function eachPair(line: string, strict: boolean, onPair: OnPair): string | undefined {
  const { length } = line;
  let problem: string | undefined;
  let at = 0;
  while (at < length) {
    if (line.charCodeAt(at) <= 0x20) {
      at++;
      continue;
    }
    const start = at;
    let code = line.charCodeAt(at);
    while (at < length && code > 0x20 && code !== EQUALS && code !== QUOTE) code = line.charCodeAt(++at);
    const key = line.slice(start, at);
    if (at >= length || code <= 0x20) {
      if (onPair(key, '')) return problem;
      continue;
    }
    if (code === QUOTE || key === '') {
      problem = unexpected(line, at);
      if (strict) return problem;
      at = skipWord(line, at);
      continue;
    }
    at++;
    if (at >= length || line.charCodeAt(at) <= 0x20) {
      if (onPair(key, '')) return problem;
      continue;
    }
    const value = line.charCodeAt(at) === QUOTE ? quoted(line, at) : plain(line, at);
    at = value.next;
    if (value.problem !== undefined) {
      problem = value.problem;
      if (strict) return problem;
    } else if (onPair(key, value.text)) return problem;
  }
  return problem;
}

interface Value {
  readonly text: string;
  readonly next: number;
  readonly problem?: string;
}

function plain(line: string, start: number): Value {
  for (let at = start; at < line.length; at++) {
    const code = line.charCodeAt(at);
    if (code <= 0x20) return { text: line.slice(start, at), next: at };
    if (code === EQUALS || code === QUOTE) {
      return { text: '', next: skipWord(line, at), problem: unexpected(line, at) };
    }
  }
  return { text: line.slice(start), next: line.length };
}

function quoted(line: string, start: number): Value {
  let escaped = false;
  for (let end = line.indexOf('"', start + 1); end >= 0; end = line.indexOf('"', end + 1)) {
    let backslashes = 0;
    while (line[end - backslashes - 1] === '\\' && end - backslashes - 1 > start) backslashes++;
    if (backslashes % 2 === 1) continue;
    const inner = line.slice(start + 1, end);
    escaped = inner.includes('\\');
    const text = escaped ? unescapeLogfmt(inner) : inner;
    if (text === undefined)
      return { text: '', next: end + 1, problem: syntaxError(end + 1, 'invalid quoted value') };
    return { text, next: end + 1 };
  }
  return { text: '', next: line.length, problem: syntaxError(line.length, 'unterminated quoted value') };
}

/** JSON's escapes, no others. */
function unescapeLogfmt(text: string): string | undefined {
  try {
    return String(JSON.parse(`"${text}"`));
  } catch {
    return undefined;
  }
}

function skipWord(line: string, start: number): number {
  let at = start;
  while (at < line.length && line.charCodeAt(at) > 0x20) at++;
  return at;
}

function unexpected(line: string, at: number): string {
  const character = line[at] === '"' ? `'"'` : `'${line[at]}'`;
  return syntaxError(at, `unexpected ${character}`);
}

function syntaxError(at: number, message: string): string {
  return `logfmt syntax error at pos ${at + 1} : ${message}`;
}
