const MICROSECONDS = { ms: 1000, s: 1_000_000, minute: 60_000_000, hour: 3_600_000_000 };

/** A duration as Go's `time.Duration` prints itself: `350µs`, `1.5ms`, `22.134567s`, `1h0m2.5s`. @param us whole */
export function goDuration(us: number): string {
  if (us < 0) return `-${goDuration(-us)}`;
  if (us === 0) return '0s';
  if (us < MICROSECONDS.ms) return `${us}µs`;
  if (us < MICROSECONDS.s) return `${decimal(us, MICROSECONDS.ms)}ms`;
  const hours = Math.floor(us / MICROSECONDS.hour);
  const minutes = Math.floor((us % MICROSECONDS.hour) / MICROSECONDS.minute);
  const seconds = `${decimal(us % MICROSECONDS.minute, MICROSECONDS.s)}s`;
  if (hours > 0) return `${hours}h${minutes}m${seconds}`;
  return minutes > 0 ? `${minutes}m${seconds}` : seconds;
}

/** `us / unit` with as many decimals as it needs, without the errors of a division. */
function decimal(us: number, unit: number): string {
  const whole = Math.floor(us / unit);
  const rest = us - whole * unit;
  if (rest === 0) return String(whole);
  return `${whole}.${String(rest + unit)
    .slice(1)
    .replace(/0+$/, '')}`;
}
