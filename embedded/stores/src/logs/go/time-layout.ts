/** Times by Go's layouts, which show what 2 January 2006, 15:04:05 looks like. UTC only. */

const MONTHS = 'January February March April May June July August September October November December'.split(
  ' ',
);
const DAYS = 'Sunday Monday Tuesday Wednesday Thursday Friday Saturday'.split(' ');

const TOKEN =
  /January|Jan|Monday|Mon|MST|Z07:00|Z0700|Z07|-07:00|-0700|-07|2006|__2|_2|002|01|02|03|04|05|06|15|PM|pm|[.,]0+|[.,]9+|1|2|3|4|5/g;

export interface Moment {
  readonly ms: number;
  /** Within the millisecond. */
  readonly ns: number;
}

/** As Go's `time.Time.Format`. */
export function formatTime(layout: string, moment: Moment): string {
  const date = new Date(moment.ms);
  return layout.replace(TOKEN, (token) => part(token, date, moment));
}

function part(token: string, date: Date, { ms, ns }: Moment): string {
  const pad = (value: number, length = 2) => String(value).padStart(length, '0');
  const month = MONTHS[date.getUTCMonth()] as string;
  const day = DAYS[date.getUTCDay()] as string;
  const hours = date.getUTCHours();
  const twelve = hours % 12 || 12;
  const ofYear = Math.floor((ms - Date.UTC(date.getUTCFullYear(), 0)) / 86_400_000) + 1;
  const fixed: Readonly<Record<string, string>> = {
    January: month,
    Jan: month.slice(0, 3),
    Monday: day,
    Mon: day.slice(0, 3),
    MST: 'UTC',
    'Z07:00': 'Z',
    Z0700: 'Z',
    Z07: 'Z',
    '-07:00': '+00:00',
    '-0700': '+0000',
    '-07': '+00',
    '2006': pad(date.getUTCFullYear(), 4),
    '06': pad(date.getUTCFullYear() % 100),
    '01': pad(date.getUTCMonth() + 1),
    '1': String(date.getUTCMonth() + 1),
    '02': pad(date.getUTCDate()),
    _2: String(date.getUTCDate()).padStart(2),
    '2': String(date.getUTCDate()),
    '002': pad(ofYear, 3),
    __2: String(ofYear).padStart(3),
    '15': pad(hours),
    '03': pad(twelve),
    '3': String(twelve),
    '04': pad(date.getUTCMinutes()),
    '4': String(date.getUTCMinutes()),
    '05': pad(date.getUTCSeconds()),
    '5': String(date.getUTCSeconds()),
    PM: hours < 12 ? 'AM' : 'PM',
    pm: hours < 12 ? 'am' : 'pm',
  };
  return fixed[token] ?? fraction(token, date.getUTCMilliseconds() * 1e6 + ns);
}

function fraction(token: string, ns: number): string {
  const digits = String(ns)
    .padStart(9, '0')
    .slice(0, token.length - 1)
    .padEnd(token.length - 1, '0');
  if (token[1] === '0') return token[0] + digits;
  const short = digits.replace(/0+$/, '');
  return short === '' ? '' : token[0] + short;
}

/** As Go's `time.Time.String` of a time in UTC. */
export function printTime(moment: Moment): string {
  return formatTime('2006-01-02 15:04:05.999999999 -0700 MST', moment);
}

const READERS: Readonly<Record<string, string>> = {
  January: `(?<month>${MONTHS.join('|')})`,
  Jan: `(?<month>${MONTHS.map((month) => month.slice(0, 3)).join('|')})`,
  Monday: `(?:${DAYS.join('|')})`,
  Mon: `(?:${DAYS.map((day) => day.slice(0, 3)).join('|')})`,
  MST: '(?:UTC|GMT)',
  'Z07:00': '(?<zone>Z|[+-]\\d\\d:\\d\\d)',
  Z0700: '(?<zone>Z|[+-]\\d{4})',
  Z07: '(?<zone>Z|[+-]\\d\\d)',
  '-07:00': '(?<zone>[+-]\\d\\d:\\d\\d)',
  '-0700': '(?<zone>[+-]\\d{4})',
  '-07': '(?<zone>[+-]\\d\\d)',
  '2006': '(?<year>\\d{4})',
  '06': '(?<year>\\d{2})',
  '01': '(?<month>\\d{2})',
  '1': '(?<month>\\d{1,2})',
  '02': '(?<day>\\d{2})',
  _2: ' ?(?<day>\\d{1,2})',
  '2': '(?<day>\\d{1,2})',
  '15': '(?<hour>\\d{2})',
  '03': '(?<hour>\\d{2})',
  '3': '(?<hour>\\d{1,2})',
  '04': '(?<minute>\\d{2})',
  '4': '(?<minute>\\d{1,2})',
  '05': '(?<second>\\d{2})(?<fraction>[.,]\\d+)?',
  '5': '(?<second>\\d{1,2})(?<fraction>[.,]\\d+)?',
  PM: '(?<half>AM|PM)',
  pm: '(?<half>am|pm)',
};

/** As Go's `time.Parse`, as far as one layout names nothing twice. @returns undefined when the text does not fit */
export function parseTime(layout: string, text: string): Moment | undefined {
  const groups = readerOf(layout)?.exec(text)?.groups;
  if (!groups) return undefined;
  const number = (name: string, otherwise: number) => Number(groups[name] ?? otherwise);
  const { month = '1', half } = groups;
  const named = MONTHS.findIndex((name) => /^\D/.test(month) && name.startsWith(month));
  const year = number('year', 0);
  const hour = half === undefined ? number('hour', 0) : (number('hour', 0) % 12) + (/p/i.test(half) ? 12 : 0);
  const date = new Date(0);
  date.setUTCFullYear(
    groups.year?.length === 2 ? year + (year < 69 ? 2000 : 1900) : year,
    named >= 0 ? named : Number(month) - 1,
    number('day', 1),
  );
  date.setUTCHours(hour, number('minute', 0), number('second', 0));
  const ns = Number((groups.fraction ?? '').slice(1).padEnd(9, '0').slice(0, 9));
  return { ms: date.valueOf() - zone_ms(groups.zone) + Math.floor(ns / 1e6), ns: ns % 1e6 };
}

/** @returns undefined for a layout that names something twice */
function readerOf(layout: string): RegExp | undefined {
  let pattern = '';
  let at = 0;
  const literal = (end?: number) => layout.slice(at, end).replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
  for (const { 0: token, index } of layout.matchAll(TOKEN)) {
    // Fractions are read with the seconds.
    pattern += literal(index) + (READERS[token] ?? '');
    at = index + token.length;
  }
  try {
    return new RegExp(`^${pattern}${literal()}$`);
  } catch {
    return undefined;
  }
}

function zone_ms(zone: string | undefined): number {
  const [, sign, hours = '0', minutes = '0'] = /^([+-])(\d\d):?(\d\d)?$/.exec(zone ?? '') ?? [];
  return (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes)) * 60_000;
}
