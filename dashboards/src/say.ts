/** Thresholds as people read them. A no-break space stands before the unit. */
const NBSP = '\u00a0';

/** 0.05 is "5 %". */
export function percent(share: number): string {
  return `${Math.round(share * 1000) / 10}${NBSP}%`;
}

/** 0.05 is "50 ms", 5 is "5 s". */
export function seconds(time_s: number): string {
  return time_s < 1 ? `${Math.round(time_s * 1000)}${NBSP}ms` : `${time_s}${NBSP}s`;
}

export function count(value: number): string {
  return String(value);
}
