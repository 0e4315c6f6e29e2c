/** Durations in ns, in the two notations of the engine: Prometheus' (`1d2h`) and Go's (`1h2.5s`). */

export type ParsedDuration =
  | { readonly kind: 'duration'; readonly ns: number }
  | { readonly kind: 'error'; readonly message: string };

const SECOND_NS = 1e9;

const PROMETHEUS_UNITS: readonly (readonly [unit: string, ns: number])[] = [
  ['y', 365 * 86_400 * SECOND_NS],
  ['w', 7 * 86_400 * SECOND_NS],
  ['d', 86_400 * SECOND_NS],
  ['h', 3600 * SECOND_NS],
  ['m', 60 * SECOND_NS],
  ['s', SECOND_NS],
  ['ms', 1e6],
];

/** As Prometheus' `model.ParseDuration`: whole numbers, each unit at most once, the largest first. */
export function parsePrometheusDuration(text: string): ParsedDuration {
  const error = (message: string): ParsedDuration => ({ kind: 'error', message });
  if (text === '0') return { kind: 'duration', ns: 0 };
  if (text === '') return error('empty duration string');
  let ns = 0;
  let last = -1;
  for (let at = 0; at < text.length; ) {
    const [part, count, unit] = /^(\d+)([^0-9.]*)/.exec(text.slice(at)) ?? [];
    if (part === undefined) return error(`not a valid duration string: ${JSON.stringify(text)}`);
    at += part.length;
    if (unit === '') return error(`not a valid duration string: ${JSON.stringify(text)}`);
    const index = PROMETHEUS_UNITS.findIndex(([name]) => name === unit);
    if (index < 0) return error(`unknown unit ${JSON.stringify(unit)} in duration ${JSON.stringify(text)}`);
    if (index <= last) return error(`not a valid duration string: ${JSON.stringify(text)}`);
    last = index;
    ns += Number(count) * (PROMETHEUS_UNITS[index]?.[1] ?? 0);
  }
  if (ns > 2 ** 63) return error('duration out of range');
  return { kind: 'duration', ns };
}

const GO_UNITS: ReadonlyMap<string, number> = new Map([
  ['ns', 1],
  ['us', 1e3],
  ['µs', 1e3],
  ['μs', 1e3],
  ['ms', 1e6],
  ['s', SECOND_NS],
  ['m', 60 * SECOND_NS],
  ['h', 3600 * SECOND_NS],
]);

/** As Go's `time.ParseDuration`. */
export function parseGoDuration(text: string): ParsedDuration {
  const error = (message: string): ParsedDuration => ({
    kind: 'error',
    message: `time: ${message} ${JSON.stringify(text)}`,
  });
  const sign = text.startsWith('-') ? -1 : 1;
  let rest = text.replace(/^[+-]/, '');
  if (rest === '0') return { kind: 'duration', ns: 0 };
  if (rest === '') return error('invalid duration');
  let ns = 0;
  while (rest !== '') {
    const [part, count = '', unit = ''] = /^(\d+\.?\d*|\.\d+)([^0-9.]*)/.exec(rest) ?? [];
    if (part === undefined) return error('invalid duration');
    if (unit === '') return error('missing unit in duration');
    const size = GO_UNITS.get(unit);
    if (size === undefined) return error(`unknown unit ${JSON.stringify(unit)} in duration`);
    const [whole = '0', fraction = ''] = count.split('.');
    ns += Number(whole) * size + Math.trunc(Number(`0.${fraction || '0'}`) * size);
    rest = rest.slice(part.length);
  }
  if (ns > 2 ** 63) return error('invalid duration');
  return { kind: 'duration', ns: sign * ns };
}

/** As Prometheus' `model.Duration` prints itself: weeks, days and years only where nothing is left over. */
export function formatPrometheusDuration(ns: number): string {
  let ms = Math.floor(ns / 1e6);
  if (ms === 0) return '0s';
  let text = '';
  for (const [unit, size_ns] of PROMETHEUS_UNITS) {
    const size = size_ns / 1e6;
    if (unit === 'y' || unit === 'w' ? ms % size !== 0 : ms < size) continue;
    const count = Math.floor(ms / size);
    if (count > 0) text += `${count}${unit}`;
    ms -= count * size;
  }
  return text;
}

/** As Go's `time.Duration` prints itself: `1h0m0s`, `1.5s`, `250ms`. */
export function formatGoDuration(ns: number): string {
  if (ns === 0) return '0s';
  const sign = ns < 0 ? '-' : '';
  const size = Math.abs(ns);
  const small = ([1, 1e3, 1e6] as const).find((unit) => size < unit * 1000 && size < SECOND_NS);
  if (small !== undefined) return `${sign}${size / small}${{ 1: 'ns', 1000: 'µs', 1000000: 'ms' }[small]}`;
  const hours = Math.floor(size / (3600 * SECOND_NS));
  const minutes = Math.floor(size / (60 * SECOND_NS)) % 60;
  const seconds = `${(size % (60 * SECOND_NS)) / SECOND_NS}s`;
  if (hours > 0) return `${sign}${hours}h${minutes}m${seconds}`;
  return minutes > 0 ? `${sign}${minutes}m${seconds}` : `${sign}${seconds}`;
}
