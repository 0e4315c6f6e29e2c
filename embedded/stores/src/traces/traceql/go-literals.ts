/** Literals as Go reads them: whole numbers, and strings in double quotes. */
import { GO_ESCAPES } from '../../query/go-escapes.js';
import { parseError } from './parse-error.js';
import type { Position } from './tokens.js';

export function parseInteger(text: string, at: Position): number {
  if (BigInt(text) > 0x7fffffffffffffffn) {
    throw parseError(`strconv.Atoi: parsing "${text}": value out of range`, at);
  }
  return Number(text);
}

const ESCAPES: Readonly<Record<string, string>> = { ...GO_ESCAPES, '"': '"' };

/** Go's escapes within double quotes. */
export function unescapeGo(raw: string, at: Position): string {
  return raw.replace(
    /\\(x[\da-fA-F]{2}|u[\da-fA-F]{4}|U[\da-fA-F]{8}|[0-7]{3}|.)/gsu,
    (_, sequence: string) => {
      const plain = ESCAPES[sequence];
      if (plain !== undefined) return plain;
      const code = /^[xuU]/.test(sequence)
        ? Number.parseInt(sequence.slice(1), 16)
        : Number.parseInt(sequence, 8);
      if (sequence.length === 1 || Number.isNaN(code) || code > 0x10ffff)
        throw parseError('invalid char escape', at);
      return String.fromCodePoint(code);
    },
  );
}
