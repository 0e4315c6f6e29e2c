/** String literals as Go reads and writes them. */
import { GO_ESCAPES } from '../../query/go-escapes.js';

const ESCAPES: Readonly<Record<string, string>> = { ...GO_ESCAPES, '"': '"' };

const NAMES: ReadonlyMap<string, string> = new Map(
  Object.entries(ESCAPES).map(([letter, character]) => [character, `\\${letter}`]),
);

/**
 * A literal's value, its quotes among it.
 * @returns undefined when an escape is not one of Go's
 */
export function unquote(literal: string): string | undefined {
  const inner = literal.slice(1, -1);
  if (literal.startsWith('`')) return inner.replaceAll('\r', '');
  if (!inner.includes('\\')) return inner.includes('\n') ? undefined : inner;
  let bytes: number[] = [];
  let text = '';
  const flush = () => {
    if (bytes.length > 0) text += Buffer.from(bytes).toString('utf8');
    bytes = [];
  };
  for (let at = 0; at < inner.length; ) {
    const escaped = ESCAPE.exec(inner.slice(at, at + 10));
    if (inner[at] !== '\\') {
      flush();
      text += inner[at++];
      continue;
    }
    if (!escaped) return undefined;
    at += escaped[0].length;
    const [, simple, octal, hexadecimal, unicode] = escaped;
    if (octal !== undefined || hexadecimal !== undefined) {
      const byte =
        octal === undefined ? Number.parseInt(hexadecimal as string, 16) : Number.parseInt(octal, 8);
      if (byte > 255) return undefined;
      bytes.push(byte);
      continue;
    }
    flush();
    if (simple !== undefined) text += ESCAPES[simple];
    else {
      const point = Number.parseInt((unicode as string).slice(1), 16);
      if (point > 0x10ffff || (point >= 0xd800 && point < 0xe000)) return undefined;
      text += String.fromCodePoint(point);
    }
  }
  flush();
  return text;
}

const ESCAPE = /^\\(?:([abfnrtv\\"])|([0-7]{3})|x([0-9a-fA-F]{2})|(u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}))/;

/** As `strconv.Quote`. */
export function quote(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what has to be escaped.
  const escaped = text.replace(/["\\\x00-\x1f\x7f-\xa0\xad]|[\u2028\u2029\ufeff]/g, (character) => {
    const name = NAMES.get(character);
    if (name) return name;
    const point = character.charCodeAt(0);
    if (point < 0x80) return `\\x${point.toString(16).padStart(2, '0')}`;
    return `\\u${point.toString(16).padStart(4, '0')}`;
  });
  return `"${escaped}"`;
}
