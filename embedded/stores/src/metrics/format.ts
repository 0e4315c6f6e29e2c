/** Numbers as Go's strconv and the engine's API print them. */

/** `strconv.FormatFloat(value, 'f', -1, 64)`: as many digits as it takes, never an exponent. */
export function formatPlain(value: number): string {
  const text = formatSpecial(value) ?? String(value);
  const exponentAt = text.indexOf('e');
  if (exponentAt < 0) return text;
  const exponent = Number(text.slice(exponentAt + 1));
  const negative = text.startsWith('-');
  const [whole = '', fraction = ''] = text.slice(negative ? 1 : 0, exponentAt).split('.');
  const digits = whole + fraction;
  const point = whole.length + exponent;
  const sign = negative ? '-' : '';
  if (point <= 0) return `${sign}0.${'0'.repeat(-point)}${digits}`;
  return `${sign}${digits.padEnd(point, '0')}`;
}

/** A sample's value in an answer: with an exponent below 1e-6 and from 1e21 on. */
export function formatValue(value: number): string {
  const text = formatSpecial(value) ?? String(value);
  return withGoExponent(text);
}

/** `%g`: with an exponent below 1e-4 and from 1e21 on. */
export function formatShort(value: number): string {
  const special = formatSpecial(value);
  if (special !== undefined) return special;
  const small = value !== 0 && Math.abs(value) < 1e-4;
  return withGoExponent(small ? value.toExponential() : String(value));
}

/** Seconds, with three decimals unless they are zero. */
export function formatTimestamp(time_ms: number): string {
  const whole = Math.trunc(time_ms / 1000);
  const fraction = Math.abs(time_ms % 1000);
  const sign = time_ms < 0 && whole === 0 ? '-' : '';
  return fraction === 0 ? `${whole}` : `${sign}${whole}.${String(fraction).padStart(3, '0')}`;
}

function formatSpecial(value: number): string | undefined {
  if (Number.isNaN(value)) return 'NaN';
  if (value === Number.POSITIVE_INFINITY) return '+Inf';
  if (value === Number.NEGATIVE_INFINITY) return '-Inf';
  return Object.is(value, -0) ? '-0' : undefined;
}

/** Go writes at least two digits of an exponent. */
function withGoExponent(text: string): string {
  return text.replace(/e([+-])(\d)$/, 'e$10$2');
}
