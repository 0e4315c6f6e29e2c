/** Numbers as the panel writes them: few digits, a no-break space before the unit, and a dash for what is not known. */

export const NBSP = '\u00a0';
export const UNKNOWN = '–';

/** A number with about two or three significant digits: 0.74, 5.6, 17.8, 202, 1,400. */
export function significant(value: number): string {
  const size = Math.abs(value);
  if (size >= 99.5) return grouped(Math.round(value));
  if (size >= 19.95) return value.toFixed(0);
  if (size >= 9.95) return trimmed(value.toFixed(1));
  if (size >= 0.995) return value.toFixed(1);
  return value === 0 ? '0' : value.toFixed(size < 0.00995 ? 3 : 2);
}

/** @param value seconds */
export function formatSeconds(value: number | null | undefined): string {
  if (!isKnown(value)) return UNKNOWN;
  if (value >= 99.5) return `${Math.round(value)}${NBSP}s`;
  if (value >= 9.995) return `${value.toFixed(1)}${NBSP}s`;
  if (value >= 0.9995) return `${value.toFixed(2)}${NBSP}s`;
  if (value >= 0.00995) return `${Math.round(value * 1000)}${NBSP}ms`;
  return value === 0 ? `0${NBSP}s` : `${(value * 1000).toFixed(1)}${NBSP}ms`;
}

/** As formatSeconds, with one digit less where room is short. */
export function formatSecondsShort(value: number | null | undefined): string {
  if (!isKnown(value) || value < 0.9995) return formatSeconds(value);
  return `${value >= 9.95 ? Math.round(value) : trimmed(value.toFixed(1))}${NBSP}s`;
}

/** @param value events a second */
export function formatRate(value: number | null | undefined): string {
  return isKnown(value) ? `${significant(value)}/s` : UNKNOWN;
}

/** @param value a share, 0 to 1 */
export function formatPercent(value: number | null | undefined): string {
  if (!isKnown(value)) return UNKNOWN;
  const percent = value * 100;
  const small = percent > 0 && percent < 0.995;
  // 99.7 % is not all: what is short of everything never reads as 100 %.
  const nearlyAll = percent >= 99.5 && percent < 99.995;
  return `${small || nearlyAll ? Math.min(percent, 99.9).toFixed(1) : Math.round(percent)}${NBSP}%`;
}

/** A count that may be a mean: <0.1, 0.4, 8.9, 16. */
export function formatCount(value: number | null | undefined): string {
  if (!isKnown(value)) return UNKNOWN;
  if (value === 0) return '0';
  if (value > 0 && value < 0.05) return '<0.1';
  return value >= 9.5 ? grouped(Math.round(value)) : value.toFixed(1);
}

function isKnown(value: number | null | undefined): value is number {
  return value !== null && value !== undefined && Number.isFinite(value);
}

function trimmed(text: string): string {
  return text.endsWith('.0') ? text.slice(0, -2) : text;
}

function grouped(value: number): string {
  return String(value).replace(/\B(?=(\d{3})+$)/g, ',');
}
