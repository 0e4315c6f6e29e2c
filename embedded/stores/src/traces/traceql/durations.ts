/** Durations as Prometheus and Go write them, in nanoseconds. */

const PROMETHEUS = /^(?:(\d+)y)?(?:(\d+)w)?(?:(\d+)d)?(?:(\d+)h)?(?:(\d+)m)?(?:(\d+)s)?(?:(\d+)ms)?$/;
const PROMETHEUS_UNITS_MS = [365 * 86_400_000, 7 * 86_400_000, 86_400_000, 3_600_000, 60_000, 1000, 1];
const GO_PART = /(\d+\.?\d*|\.\d+)(ns|us|µs|μs|ms|s|m|h)/y;
const GO_UNITS_NS: Readonly<Record<string, number>> = {
  ns: 1,
  us: 1e3,
  µs: 1e3,
  μs: 1e3,
  ms: 1e6,
  s: 1e9,
  m: 60e9,
  h: 3600e9,
};
const LONGEST_NS = 2 ** 63;

/** As TraceQL reads them: first as Prometheus does (`1d`), then as Go does (`1.5s`). */
export function parseDuration(text: string): number | undefined {
  return parsePrometheusDuration(text) ?? parseGoDuration(text);
}

export function parsePrometheusDuration(text: string): number | undefined {
  const parts = text === '' ? undefined : PROMETHEUS.exec(text);
  if (!parts) return text === '0' ? 0 : undefined;
  const sum_ms = PROMETHEUS_UNITS_MS.reduce(
    (sum, unit, index) => sum + unit * Number(parts[index + 1] ?? 0),
    0,
  );
  return sum_ms * 1e6 < LONGEST_NS ? sum_ms * 1e6 : undefined;
}

export function parseGoDuration(text: string): number | undefined {
  const sign = text.startsWith('-') ? -1 : 1;
  const unsigned = text.replace(/^[+-]/, '');
  if (unsigned === '0') return 0;
  let sum = 0;
  GO_PART.lastIndex = 0;
  for (let at = 0; at < unsigned.length; at = GO_PART.lastIndex) {
    const part = GO_PART.exec(unsigned);
    if (!part) return undefined;
    const [, number = '', unit = ''] = part;
    const [whole = '', decimals = ''] = number.split('.');
    const scale = GO_UNITS_NS[unit] as number;
    sum += Number(whole) * scale + Math.trunc(Number(`0.${decimals || 0}`) * scale + 1e-6);
  }
  return unsigned === '' || sum >= LONGEST_NS ? undefined : sign * sum;
}
