/** A duration in seconds, as short as it can be read: `0.3 ms`, `340 ms`, `2.50 s`, `23.7 s`, `12 min`, `1.5 h`. */
export function formatDuration(seconds: number | undefined): string {
  if (seconds === undefined || !Number.isFinite(seconds)) return '–';
  if (seconds < 0.9995) return `${(seconds * 1000).toFixed(seconds < 0.0095 ? 1 : 0)} ms`;
  if (seconds < 100) return `${seconds.toFixed(seconds < 9.995 ? 2 : 1)} s`;
  if (seconds < 5400) return `${Math.floor(seconds / 60)} min`;
  return `${(seconds / 3600).toFixed(1)} h`;
}

/** An offset with its sign, in seconds: `+0.020`, `−5.188`. */
export function formatOffset(seconds: number): string {
  const text = Math.abs(seconds).toFixed(3);
  return `${seconds < 0 && Number(text) > 0 ? '−' : '+'}${text}`;
}

/** A part of a whole; never rounded to 0 % or 100 % when it is not that. */
export function formatShare(part: number, whole: number): string {
  if (part === 0 || whole === 0) return '0 %';
  const percent = (100 * part) / whole;
  if (part === whole) return '100 %';
  if (percent < 0.1) return '< 0.1 %';
  if (percent > 99.9) return '> 99.9 %';
  return `${percent.toFixed(percent > 10 && percent < 99 ? 0 : 1)} %`;
}

export function formatRate(perSecond: number | undefined): string {
  if (perSecond === undefined || !Number.isFinite(perSecond)) return '–';
  return `${perSecond >= 100 ? formatCount(Math.round(perSecond)) : perSecond.toFixed(1)} /s`;
}

export function formatCount(count: number): string {
  return String(Math.round(count)).replace(/\B(?=(\d{3})+$)/g, ',');
}

export function plural(count: number, one: string, many = `${one}s`): string {
  return `${formatCount(count)} ${count === 1 ? one : many}`;
}

export interface Clock {
  /** `14:29:45` */
  readonly seconds: (timeMs: number) => string;
  /** `14:29` */
  readonly minutes: (timeMs: number) => string;
  /** `UTC`, `GMT+1`, ... */
  readonly zone: string;
}

const clocks = new Map<string, Clock>();

/** @param timeZone the dashboard's: `browser`, `utc` or an IANA name; an unknown one counts as the browser's */
export function clockFor(timeZone: string): Clock {
  const known = clocks.get(timeZone);
  if (known) return known;
  const clock = createClock(timeZone);
  clocks.set(timeZone, clock);
  return clock;
}

function createClock(timeZone: string): Clock {
  const zone = timeZone === 'utc' ? 'UTC' : timeZone === 'browser' || timeZone === '' ? undefined : timeZone;
  const base = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const;
  const format = (options: Intl.DateTimeFormatOptions) => {
    try {
      return new Intl.DateTimeFormat('en-GB', { ...options, timeZone: zone });
    } catch {
      return new Intl.DateTimeFormat('en-GB', options);
    }
  };
  const seconds = format({ ...base, second: '2-digit' });
  const minutes = format(base);
  const parts = format({ hour: '2-digit', timeZoneName: 'short' }).formatToParts(0);
  return {
    seconds: (timeMs) => seconds.format(timeMs),
    minutes: (timeMs) => minutes.format(timeMs),
    zone: parts.find((part) => part.type === 'timeZoneName')?.value ?? '',
  };
}
