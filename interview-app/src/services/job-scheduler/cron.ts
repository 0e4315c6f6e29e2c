/** The five fields of a cron expression, each as the set of values it allows. */
export interface Cron {
  readonly minutes: ReadonlySet<number>;
  readonly hours: ReadonlySet<number>;
  readonly daysOfMonth: ReadonlySet<number>;
  readonly months: ReadonlySet<number>;
  readonly daysOfWeek: ReadonlySet<number>;
}

const FIELDS = [
  { name: 'minute', low: 0, high: 59 },
  { name: 'hour', low: 0, high: 23 },
  { name: 'day of month', low: 1, high: 31 },
  { name: 'month', low: 1, high: 12 },
  { name: 'day of week', low: 0, high: 6 },
] as const;

const MINUTE_MS = 60_000;
/** No day of a calendar is further away than the next 29 February of a given weekday. */
const HORIZON_DAYS = 366 * 28;

/**
 * Parses `minute hour day-of-month month day-of-week`; each field is `*`, numbers, ranges and steps (`1-5`, `0,30`, `*\/15`).
 * @throws {RangeError} naming the field that is not understood
 */
export function parseCron(expression: string): Cron {
  const parts = expression.trim().split(/\s+/);
  if (parts.length !== FIELDS.length) throw new RangeError('a cron expression has five fields');
  const [minutes, hours, daysOfMonth, months, daysOfWeek] = FIELDS.map((field, index) =>
    parseField(parts[index] ?? '', field),
  ) as [Set<number>, Set<number>, Set<number>, Set<number>, Set<number>];
  return { minutes, hours, daysOfMonth, months, daysOfWeek };
}

function parseField(text: string, field: (typeof FIELDS)[number]): Set<number> {
  const values = new Set<number>();
  for (const part of text.split(',')) {
    const match = /^(?:\*|(\d{1,2})(?:-(\d{1,2}))?)(?:\/(\d{1,2}))?$/.exec(part);
    const low = match?.[1] === undefined ? field.low : Number(match[1]);
    const high = match?.[1] === undefined ? field.high : Number(match[2] ?? match[1]);
    const step = Number(match?.[3] ?? 1);
    if (match === null || low < field.low || high > field.high || low > high || step === 0) {
      throw new RangeError(`the ${field.name} "${text}" is not within ${field.low}-${field.high}`);
    }
    for (let value = low; value <= high; value += step) values.add(value);
  }
  return values;
}

/**
 * The first whole minute after `after` that the expression allows, in UTC. When both days are restricted, both must fit.
 * @throws {RangeError} when there is none, as for 31 February
 */
export function nextRun(cron: Cron, after: Date): Date {
  const time = new Date(Math.floor(after.getTime() / MINUTE_MS) * MINUTE_MS + MINUTE_MS);
  for (let day = 0; day <= HORIZON_DAYS; day++) {
    if (allowsDay(cron, time)) {
      const found = firstTimeOfDay(cron, time);
      if (found !== undefined) return found;
    }
    time.setUTCHours(24, 0, 0, 0);
  }
  throw new RangeError('the cron expression never comes due');
}

function allowsDay(cron: Cron, time: Date): boolean {
  return (
    cron.months.has(time.getUTCMonth() + 1) &&
    cron.daysOfMonth.has(time.getUTCDate()) &&
    cron.daysOfWeek.has(time.getUTCDay())
  );
}

function firstTimeOfDay(cron: Cron, from: Date): Date | undefined {
  for (let hour = from.getUTCHours(); hour < 24; hour++) {
    if (!cron.hours.has(hour)) continue;
    for (let minute = hour === from.getUTCHours() ? from.getUTCMinutes() : 0; minute < 60; minute++) {
      if (!cron.minutes.has(minute)) continue;
      const found = new Date(from);
      found.setUTCHours(hour, minute, 0, 0);
      return found;
    }
  }
  return undefined;
}
