const UNITS = [
  [86_400_000, 'd', 3_600_000, 'h'],
  [3_600_000, 'h', 60_000, 'm'],
  [60_000, 'm', 1000, 's'],
] as const;

/** A duration as one reads it: `10.1 s`, `350 ms`, `42.5 µs`, `2m 5s`. */
export function formatDuration(ms: number): string {
  if (!Number.isFinite(ms)) return '';
  const sign = ms < 0 ? '-' : '';
  const size = Math.abs(ms);
  for (const [unit, name, smaller, smallerName] of UNITS) {
    if (size < unit) continue;
    const rest = Math.round((size % unit) / smaller);
    return `${sign}${Math.floor(size / unit)}${name}${rest > 0 ? ` ${rest}${smallerName}` : ''}`;
  }
  if (size >= 1000) return `${sign}${digits(size / 1000)} s`;
  if (size >= 1) return `${sign}${digits(size)} ms`;
  return size === 0 ? '0 ms' : `${sign}${digits(size * 1000)} µs`;
}

function digits(value: number): string {
  return String(Number(value.toFixed(value >= 100 ? 0 : value >= 10 ? 1 : 2)));
}
