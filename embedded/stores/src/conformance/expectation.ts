/** What a case of a `promqltest` script expects, and what of it is not met. */
import { formatPlain } from '../metrics/format.js';
import type { Labels } from '../metrics/labels.js';
import { compileRegex } from '../metrics/matcher.js';
import type { Point, SeriesLine } from './notation.js';

export interface Match {
  readonly of: 'fail' | 'warn' | 'info' | 'no_warn' | 'no_info' | 'ordered';
  readonly how: 'any' | 'msg' | 'regex';
  readonly text: string;
}

export interface ExpectedValues {
  readonly series: readonly SeriesLine[];
  readonly scalar: number | undefined;
  readonly string: string | undefined;
  /** Of a range vector: when its samples are to be. */
  readonly samples: { readonly start_ms: number; readonly step_ms: number } | undefined;
}

export interface Expectation extends ExpectedValues {
  readonly matches: readonly Match[];
}

/** A result in the terms of the scripts. */
export interface FoundSeries {
  readonly labels: Labels;
  /** Time in milliseconds and value. */
  readonly points: readonly (readonly [number, number])[];
}

/** Relative, between what is expected and what is found. */
const TOLERANCE = 1e-6;
const SMALLEST_NORMAL = 2 ** -1022;

export function expectationOf(matches: readonly Match[], values: ExpectedValues): Expectation {
  return { ...values, matches };
}

/** @throws {Error} when it is no such line */
export function readExpectation(line: string): Match {
  const old = /^expected_fail_(message|regexp)\s+(.*)$/.exec(line);
  if (old) return { of: 'fail', how: old[1] === 'message' ? 'msg' : 'regex', text: old[2] as string };
  const [, of, how = 'any', text = ''] =
    /^expect\s+(ordered|fail|warn|no_warn|info|no_info)(?:\s+(regex|msg):(.+))?$/.exec(line) ?? [];
  if (!of) throw new Error(`not an expectation: ${line}`);
  return { of: of as Match['of'], how: how as Match['how'], text: text.trim() };
}

export function expects(expected: Expectation, of: Match['of']): boolean {
  return expected.matches.some((match) => match.of === of);
}

/** @returns what is wrong with the messages of one kind, or undefined */
export function checkMessages(
  expected: Expectation,
  of: 'fail' | 'warn' | 'info',
  messages: readonly string[],
): string | undefined {
  if (of !== 'fail' && expects(expected, `no_${of}`) && messages.length > 0) {
    return `expected no ${of}, got ${messages.join('; ')}`;
  }
  const matches = expected.matches.filter((match) => match.of === of);
  const unmet = matches.find((match) => !messages.some((message) => isMatch(match, message)));
  if (unmet) return `expected ${of} ${unmet.text}, got ${messages.join('; ') || 'none'}`;
  const extra = messages.find((message) => !matches.some((match) => isMatch(match, message)));
  return matches.length > 0 && extra !== undefined ? `unexpected ${of}: ${extra}` : undefined;
}

function isMatch({ how, text }: Match, message: string): boolean {
  if (how === 'any') return true;
  return how === 'msg' ? text === message : compileRegex(text).matcher(message).find();
}

/**
 * @param timeOf of the expected point with this index
 * @returns what differs, or undefined
 */
export function checkSeries(
  expected: readonly SeriesLine[],
  found: readonly FoundSeries[],
  timeOf: (index: number) => number,
): string | undefined {
  const byKey = new Map(expected.map((line) => [line.labels.key, line]));
  for (const { labels, points } of found) {
    const line = byKey.get(labels.key);
    if (!line) return `unexpected series ${labels} with ${show(points)}`;
    byKey.delete(labels.key);
    const wanted = pointsOf(line.points, timeOf);
    const same =
      wanted.length === points.length &&
      wanted.every(([time, value], index) => {
        const [foundTime, foundValue] = points[index] as readonly [number, number];
        return time === foundTime && isNearly(value, foundValue);
      });
    if (!same) return `expected ${labels} to be ${show(wanted)}, got ${show(points)}`;
  }
  const [missing] = byKey.values();
  return missing && `series ${missing.labels} is missing`;
}

function pointsOf(
  points: readonly Point[],
  timeOf: (index: number) => number,
): readonly (readonly [number, number])[] {
  return points.flatMap((point, index) =>
    point.kind === 'value' ? [[timeOf(index), point.value] as const] : [],
  );
}

/** @returns what differs, or undefined */
export function checkOrder(
  expected: readonly SeriesLine[],
  found: readonly FoundSeries[],
): string | undefined {
  const wrong = expected.findIndex(({ labels }, index) => labels.key !== found[index]?.labels.key);
  return wrong < 0 ? undefined : `expected ${expected[wrong]?.labels} at position ${wrong + 1}`;
}

/** @returns what differs, or undefined */
export function checkNumber(expected: number, found: number): string | undefined {
  return isNearly(expected, found)
    ? undefined
    : `expected ${formatPlain(expected)}, got ${formatPlain(found)}`;
}

function isNearly(a: number, b: number): boolean {
  if (a === b || (Number.isNaN(a) && Number.isNaN(b))) return true;
  const sum = Math.abs(a) + Math.abs(b);
  const difference = Math.abs(a - b);
  if (a === 0 || b === 0 || sum < SMALLEST_NORMAL) return difference < TOLERANCE * SMALLEST_NORMAL;
  return difference / Math.min(sum, Number.MAX_VALUE) < TOLERANCE;
}

function show(points: readonly (readonly [number, number])[]): string {
  return `[${points.map(([time, value]) => `${formatPlain(value)} @${time / 1000}`).join(' ')}]`;
}
