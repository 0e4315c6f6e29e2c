export interface Period {
  /** `2026-03` */
  readonly period: string;
  /** Its first instant, UTC. */
  readonly start: Date;
}

/** The billing period, a calendar month in UTC, that `time` is in, or one so many months away. */
export function periodOf(time: Date, monthsAway = 0): Period {
  const start = new Date(Date.UTC(time.getUTCFullYear(), time.getUTCMonth() + monthsAway));
  return { period: start.toISOString().slice(0, 7), start };
}
