/** Durations as Prometheus writes them: `1h30m`, units from large to small, each at most once. */

const DURATION = /^(?:(\d+)y)?(?:(\d+)w)?(?:(\d+)d)?(?:(\d+)h)?(?:(\d+)m)?(?:(\d+)s)?(?:(\d+)ms)?$/;
const UNITS_MS = [365 * 86_400_000, 7 * 86_400_000, 86_400_000, 3_600_000, 60_000, 1000, 1];
const UNIT_NAMES = ['y', 'w', 'd', 'h', 'm', 's', 'ms'];

/** The longest that Go's durations hold, in milliseconds. */
export const DURATION_MAX_MS = 2 ** 63 / 1e6;

/** @returns undefined when the text is no duration, infinity for one that is too long */
export function parseDuration(text: string): number | undefined {
  if (text === '0') return 0;
  const parts = text === '' ? null : DURATION.exec(text);
  if (!parts) return undefined;
  const total = UNITS_MS.reduce((sum, unit_ms, index) => sum + Number(parts[index + 1] ?? 0) * unit_ms, 0);
  return total < DURATION_MAX_MS ? total : Number.POSITIVE_INFINITY;
}

/** `90000` is `1m30s`; weeks and years only where nothing else is needed. */
export function formatDuration(duration_ms: number): string {
  if (duration_ms === 0) return '0s';
  let rest = Math.abs(duration_ms);
  let text = duration_ms < 0 ? '-' : '';
  UNITS_MS.forEach((unit_ms, index) => {
    const whole = Math.floor(rest / unit_ms);
    if (whole === 0 || (index < 2 && rest % unit_ms !== 0)) return;
    text += `${whole}${UNIT_NAMES[index]}`;
    rest -= whole * unit_ms;
  });
  return text;
}
