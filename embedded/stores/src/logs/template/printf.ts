/** Go's `printf`, with the verbs that make sense for what a log line has. */
import { quote } from '../go/strings.js';
import { print, typeName, type Value } from './values.js';

const LONGEST_PAD = 10_000;
const VERB = /%(?<flags>[-+# 0]*)(?<width>\d+)?(?:\.(?<precision>\d*))?(?<verb>.)/gs;

interface Options {
  readonly flags: string;
  readonly precision: number | undefined;
}

export function printf(format: string, values: readonly Value[]): string {
  let at = 0;
  const text = format.replace(VERB, (...match) => {
    const { flags = '', width, precision, verb } = match.at(-1) as Record<string, string | undefined>;
    if (verb === '%') return '%';
    if (at >= values.length) return `%!${verb}(MISSING)`;
    const value = values[at++];
    const options = { flags, precision: precision === undefined ? undefined : Number(precision) };
    return pad(formatOne(verb as string, value, options), {
      flags,
      width: Number(width ?? 0),
      verb: verb as string,
    });
  });
  if (at === values.length) return text;
  const extra = values.slice(at).map((value) => `${typeName(value)}=${print(value)}`);
  return `${text}%!(EXTRA ${extra.join(', ')})`;
}

function formatOne(verb: string, value: Value, { flags, precision }: Options): string {
  const wrong = `%!${verb}(${typeName(value)}=${print(value)})`;
  const signed = (number: number, text: string) => (flags.includes('+') && number >= 0 ? `+${text}` : text);
  if (verb === 'v') return print(value);
  if (typeof value === 'number') {
    if (verb === 'd') return Number.isInteger(value) ? signed(value, String(value)) : wrong;
    if (verb === 'x' || verb === 'X' || verb === 'o' || verb === 'b') return inBase(verb, value);
    if (verb === 'f') return signed(value, value.toFixed(Math.min(precision ?? 6, 100)));
    if (verb === 'e') {
      const text = value.toExponential(Math.min(precision ?? 6, 100));
      return signed(value, text.replace(/e([+-])(\d)$/, 'e$10$2'));
    }
    return verb === 'g' ? print(value) : wrong;
  }
  if (verb === 't') return typeof value === 'boolean' ? String(value) : wrong;
  if (typeof value !== 'string') return verb === 's' && typeof value === 'object' ? print(value) : wrong;
  if (verb === 's') return precision === undefined ? value : [...value].slice(0, precision).join('');
  if (verb === 'q') return quote(value);
  if (verb === 'x' || verb === 'X') {
    const hexadecimal = Buffer.from(value).toString('hex');
    return verb === 'x' ? hexadecimal : hexadecimal.toUpperCase();
  }
  return wrong;
}

function inBase(verb: string, value: number): string {
  const text = Math.trunc(value).toString({ x: 16, X: 16, o: 8, b: 2 }[verb]);
  return verb === 'X' ? text.toUpperCase() : text;
}

function pad(text: string, { flags, width, verb }: { flags: string; width: number; verb: string }): string {
  const length = Math.min(width, LONGEST_PAD);
  const missing = length - [...text].length;
  if (missing <= 0) return text;
  if (flags.includes('-')) return text + ' '.repeat(missing);
  if (!flags.includes('0') || 'svq'.includes(verb)) return ' '.repeat(missing) + text;
  const sign = /^[+-]/.exec(text)?.[0] ?? '';
  return sign + '0'.repeat(missing) + text.slice(sign.length);
}
