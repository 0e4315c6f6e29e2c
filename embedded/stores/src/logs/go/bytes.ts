/** Sizes such as `1.5KiB`, as the engine's go-humanize reads and writes them. */
import { parseFloat64 } from './numbers.js';

export type ParsedBytes =
  | { readonly kind: 'bytes'; readonly bytes: number }
  | { readonly kind: 'error'; readonly message: string };

const PREFIXES = ['k', 'm', 'g', 't', 'p', 'e'];

const UNITS: ReadonlyMap<string, number> = new Map([
  ['', 1],
  ['b', 1],
  ...PREFIXES.flatMap((prefix, index): (readonly [string, number])[] => [
    [prefix, 1000 ** (index + 1)],
    [`${prefix}b`, 1000 ** (index + 1)],
    [`${prefix}i`, 1024 ** (index + 1)],
    [`${prefix}ib`, 1024 ** (index + 1)],
  ]),
]);

/** As `humanize.ParseBytes`. */
export function parseBytes(text: string): ParsedBytes {
  const [, digits = ''] = /^([\d.,]*)/.exec(text) ?? [];
  const parsed = parseFloat64(digits.replaceAll(',', ''));
  if (parsed.kind === 'error') return parsed;
  const unit = text.slice(digits.length).trim().toLowerCase();
  const size = UNITS.get(unit);
  if (size === undefined) return { kind: 'error', message: `unhandled size name: ${unit}` };
  const bytes = parsed.value * size;
  if (bytes >= 2 ** 64) return { kind: 'error', message: `too large: ${text}` };
  return { kind: 'bytes', bytes: Math.trunc(bytes) };
}

/** As `humanize.Bytes`, without its space: `1.5MB`. */
export function formatBytes(bytes: number): string {
  if (bytes < 10) return `${bytes}B`;
  const exponent = Math.min(Math.floor(Math.log(bytes) / Math.log(1000)), PREFIXES.length);
  const value = Math.floor((bytes / 1000 ** exponent) * 10 + 0.5) / 10;
  const unit = exponent === 0 ? 'B' : `${exponent === 1 ? 'k' : PREFIXES[exponent - 1]?.toUpperCase()}B`;
  return `${value < 10 ? value.toFixed(1) : value.toFixed(0)}${unit}`;
}
