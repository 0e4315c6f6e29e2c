/** Names of fields as names of labels. */

const KNOWN_MAX = 10_000;
const known = new Map<string, string>();

/** Every character that has no place in a label's name becomes an underscore. Empty when there is nothing but space. */
export function labelName(field: string): string {
  const found = known.get(field);
  if (found !== undefined) return found;
  const trimmed = field.trim();
  const prefixed = /^\d/.test(trimmed) ? `_${trimmed}` : trimmed;
  const name = prefixed.replace(/[^a-zA-Z0-9_]/gu, '_');
  if (known.size < KNOWN_MAX) known.set(field, name);
  return name;
}

/** Characters of names of labels, by their code. */
const IS_PART = new Uint8Array(0x80);
for (const character of 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_') {
  IS_PART[character.charCodeAt(0)] = 1;
}

/** Whether a character may be in a label's name. */
export function isNameCode(code: number): boolean {
  return code < 0x80 && IS_PART[code] === 1;
}

/** Whether a part of a text is a label's name as it is. */
export function isLabelName(text: string, start: number, end: number): boolean {
  const first = text.charCodeAt(start);
  if (start === end || (first >= 0x30 && first <= 0x39)) return false;
  for (let at = start; at < end; at++) if (!isNameCode(text.charCodeAt(at))) return false;
  return true;
}
