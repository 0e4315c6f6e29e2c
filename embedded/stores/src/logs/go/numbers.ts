/** Numbers as Go reads and writes them: the engine's answers and errors show both. */

const DECIMAL = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/;
const HEXADECIMAL = /^([+-]?)0[xX]([0-9a-fA-F]*)\.?([0-9a-fA-F]*)[pP]([+-]?\d+)$/;
const SPECIAL = /^([+-]?)(inf|infinity|nan)$/i;

export type ParsedNumber =
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'error'; readonly message: string };

/** As `strconv.ParseFloat(text, 64)`. */
export function parseFloat64(text: string): ParsedNumber {
  const value = readFloat64(text);
  if (value === undefined) return { kind: 'error', message: failure('ParseFloat', text, 'invalid syntax') };
  if (!Number.isFinite(value) && !SPECIAL.test(text)) {
    return { kind: 'error', message: failure('ParseFloat', text, 'value out of range') };
  }
  return { kind: 'number', value };
}

function readFloat64(text: string): number | undefined {
  if (DECIMAL.test(text)) return Number(text);
  const special = SPECIAL.exec(text);
  if (special) {
    const size = (special[2] as string).toLowerCase() === 'nan' ? Number.NaN : Number.POSITIVE_INFINITY;
    return special[1] === '-' ? -size : size;
  }
  const [, sign, whole = '', fraction = '', exponent] = HEXADECIMAL.exec(text) ?? [];
  if (exponent === undefined || whole + fraction === '') return undefined;
  const size = Number(`0x${whole}${fraction}`) * 2 ** (Number(exponent) - 4 * fraction.length);
  return sign === '-' ? -size : size;
}

/** As `strconv.Atoi(text)`; numbers beyond 2^53 are near enough for limits. */
export function parseInteger(text: string): ParsedNumber {
  if (!/^[+-]?\d+$/.test(text)) return { kind: 'error', message: failure('Atoi', text, 'invalid syntax') };
  const value = Number(text);
  if (Math.abs(value) > 2 ** 63)
    return { kind: 'error', message: failure('Atoi', text, 'value out of range') };
  return { kind: 'number', value };
}

function failure(operation: string, text: string, reason: string): string {
  return `strconv.${operation}: parsing ${JSON.stringify(text)}: ${reason}`;
}

/** As `strconv.FormatFloat(value, 'f', -1, 64)`: the shortest digits, never an exponent. */
export function formatFloat64(value: number): string {
  if (Number.isNaN(value)) return 'NaN';
  if (!Number.isFinite(value)) return value > 0 ? '+Inf' : '-Inf';
  if (Object.is(value, -0)) return '-0';
  const text = String(value);
  const [, sign = '', whole = '', fraction = '', exponent] =
    /^(-?)(\d+)(?:\.(\d+))?e([+-]\d+)$/.exec(text) ?? [];
  if (exponent === undefined) return text;
  const digits = whole + fraction;
  const point = whole.length + Number(exponent);
  if (point <= 0) return `${sign}0.${'0'.repeat(-point)}${digits}`;
  return `${sign}${digits.padEnd(point, '0')}`;
}

/** As `fmt.Sprint(value)`, that is `%v`: an exponent from 21 digits on and below 1e-4. */
export function sprintFloat64(value: number): string {
  const size = Math.abs(value);
  if (!Number.isFinite(value) || size === 0 || (size >= 1e-4 && size < 1e21)) return formatFloat64(value);
  return value.toExponential().replace(/e([+-])(\d)$/, 'e$10$2');
}
