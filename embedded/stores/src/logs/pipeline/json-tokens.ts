/** Where the parts of a JSON text end. */

/** Of characters that mean something. */
export const CODE = {
  quote: 0x22,
  comma: 0x2c,
  minus: 0x2d,
  colon: 0x3a,
  openBracket: 0x5b,
  backslash: 0x5c,
  closeBracket: 0x5d,
  openBrace: 0x7b,
  closeBrace: 0x7d,
} as const;

/** The first place at or behind `at` that is no space. */
export function skipSpace(text: string, at: number): number {
  for (let index = at; ; index++) {
    const code = text.charCodeAt(index);
    if (code !== 0x20 && code !== 0x0a && code !== 0x0d && code !== 0x09) return index;
  }
}

/** Where a number or a word ends. */
export function tokenEnd(text: string, at: number): number {
  for (let index = at; index < text.length; index++) {
    const code = text.charCodeAt(index);
    if (code === CODE.comma || code === CODE.closeBrace || code === CODE.closeBracket) return index;
    if (code === 0x20 || code === 0x0a || code === 0x0d || code === 0x09) return index;
  }
  return text.length;
}

/** The closing quote, or -1. */
export function stringEnd(text: string, at: number): number {
  for (let end = text.indexOf('"', at); end >= 0; end = text.indexOf('"', end + 1)) {
    let backslashes = 0;
    while (end - backslashes > at && text.charCodeAt(end - backslashes - 1) === CODE.backslash) backslashes++;
    if (backslashes % 2 === 0) return end;
  }
  return -1;
}

/** Behind the bracket that closes the one at `at`, or -1. */
export function blockEnd(text: string, at: number): number {
  const open = text.charCodeAt(at);
  const close = open + 2;
  let level = 0;
  for (let index = at; index < text.length; index++) {
    const code = text.charCodeAt(index);
    if (code === CODE.quote) {
      index = stringEnd(text, index + 1);
      if (index < 0) return -1;
    } else if (code === open) level++;
    else if (code === close && --level === 0) return index + 1;
  }
  return -1;
}
