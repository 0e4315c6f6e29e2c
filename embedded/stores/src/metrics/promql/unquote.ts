/** String literals: single and double quotes take Go's escapes, backquotes none. */
import { GO_ESCAPES } from '../../query/go-escapes.js';

/** Escapes by number: how many digits follow, and of which base. */
const NUMBERED: Readonly<Record<string, readonly [digits: number, base: number]>> = {
  x: [2, 16],
  u: [4, 16],
  U: [8, 16],
};

export type Unquoted =
  | { readonly kind: 'ok'; readonly value: string }
  | { readonly kind: 'error'; readonly at: number; readonly message: string };

/** @param literal with its quotes */
export function unquote(literal: string): Unquoted {
  const quote = literal[0] as string;
  const body = literal.slice(1, -1);
  if (quote === '`' || !body.includes('\\')) return { kind: 'ok', value: body };
  const bytes: (string | number)[] = [];
  for (let at = 0; at < body.length; ) {
    if (body[at] !== '\\') {
      const next = body.indexOf('\\', at);
      const end = next < 0 ? body.length : next;
      bytes.push(body.slice(at, end));
      at = end;
      continue;
    }
    const escaped = readEscape(body, at + 1, quote);
    if (typeof escaped === 'string') return { kind: 'error', at: 0, message: escaped };
    bytes.push(escaped.value);
    at = escaped.end;
  }
  return { kind: 'ok', value: join(bytes) };
}

interface Escape {
  /** A number is a byte, not a code point. */
  readonly value: string | number;
  readonly end: number;
}

/** @returns a message when there is no such escape */
function readEscape(body: string, at: number, quote: string): Escape | string {
  const letter = body[at] ?? '';
  const simple = letter === quote ? quote : GO_ESCAPES[letter];
  if (simple !== undefined) return { value: simple, end: at + 1 };
  const octal = /[0-7]/.test(letter);
  const [digits, base] = octal ? [3, 8] : (NUMBERED[letter] ?? [0, 0]);
  if (digits === 0) {
    const code = letter.codePointAt(0) ?? 0;
    return `unknown escape sequence U+${code.toString(16).toUpperCase().padStart(4, '0')} '${letter}'`;
  }
  const from = octal ? at : at + 1;
  const text = body.slice(from, from + digits);
  const allowed = base === 8 ? /^[0-7]{3}$/ : /^[0-9a-fA-F]+$/;
  if (text.length < digits || !allowed.test(text)) return 'illegal character in escape sequence';
  const code = Number.parseInt(text, base);
  const isByte = octal || letter === 'x';
  if (isByte ? code > 255 : code > 0x10ffff || (code >= 0xd800 && code < 0xe000)) {
    return 'escape sequence is an invalid Unicode code point';
  }
  return { value: isByte ? code : String.fromCodePoint(code), end: from + digits };
}

function join(parts: readonly (string | number)[]): string {
  return Buffer.concat(
    parts.map((part) => (typeof part === 'number' ? Buffer.from([part]) : Buffer.from(part, 'utf8'))),
  ).toString('utf8');
}
