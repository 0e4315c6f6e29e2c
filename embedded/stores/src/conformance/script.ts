/** Reads `promqltest` scripts: https://github.com/prometheus/prometheus/tree/main/promql/promqltest. */
import { parseDuration } from '../metrics/promql/durations.js';
import { type Expectation, expectationOf, type Match, readExpectation } from './expectation.js';
import { parseNumber, parseSeriesLine, type SeriesLine } from './notation.js';

export interface Load {
  readonly kind: 'load';
  readonly step_ms: number;
  /** Whether classic histograms are to be loaded as native ones too. */
  readonly native: boolean;
  readonly series: readonly SeriesLine[];
}

export interface Evaluation {
  readonly kind: 'eval';
  readonly line: number;
  /** The command as written. */
  readonly what: string;
  readonly query: string;
  readonly start_ms: number;
  /** Undefined for an instant. */
  readonly range: { readonly end_ms: number; readonly step_ms: number } | undefined;
  readonly expected: Expectation;
}

export type Command = Load | Evaluation | { readonly kind: 'clear' };

const LOAD = /^load(_with_nhcb)?\s+(\S+)$/;
const INSTANT = /^eval(?:_(fail|warn|ordered|info))?\s+instant\s+(?:at\s+(\S+)\s+)?(.+)$/;
const RANGE = /^eval(?:_(fail|warn|info))?\s+range\s+from\s+(\S+)\s+to\s+(\S+)\s+step\s+(\S+)\s+(.+)$/;
const SCALAR = /^[+-]?(?:\d[\d.]*(?:e[+-]?\d+)?|inf|nan)$/i;

/** @throws {Error} naming the line that is no command */
export function parseScript(text: string): readonly Command[] {
  return [...blocks(text)].map(({ line, lines: [head = '', ...body] }) => {
    if (head === 'clear') return { kind: 'clear' };
    const load = LOAD.exec(head);
    if (load) {
      const series = body.map((one) => at(line, () => parseSeriesLine(one)));
      return { kind: 'load', step_ms: duration(load[2] as string, line), native: Boolean(load[1]), series };
    }
    return at(line, () => parseEvaluation(head, body, line));
  });
}

interface Block {
  readonly line: number;
  readonly lines: readonly string[];
}

/** A command and the lines that belong to it, up to an empty line. */
function* blocks(text: string): Generator<Block> {
  let lines: string[] = [];
  let first = 0;
  const all = text.split('\n').map((line) => (/^\s*#/.test(line) ? '' : line.trim()));
  for (const [index, line] of [...all, ''].entries()) {
    const starts = /^(load|clear|eval)(_\w+)?(\s|$)/.test(line);
    if (lines.length > 0 && (line === '' || starts)) {
      yield { line: first, lines };
      lines = [];
    }
    if (line === '') continue;
    if (lines.length === 0) first = index + 1;
    lines.push(line);
  }
}

function parseEvaluation(head: string, body: readonly string[], line: number): Evaluation {
  const instant = INSTANT.exec(head);
  const range = RANGE.exec(head);
  if (!instant && !range) throw new Error(`not a command: ${head}`);
  const [modifier, start, query] = instant
    ? [instant[1], instant[2] ?? '0s', instant[3]]
    : [range?.[1], range?.[2], range?.[5]];
  return {
    kind: 'eval',
    line,
    what: head,
    query: query as string,
    start_ms: duration(start as string, line),
    range: range
      ? { end_ms: duration(range[3] as string, line), step_ms: duration(range[4] as string, line) }
      : undefined,
    expected: parseExpected(modifier, body),
  };
}

function parseExpected(modifier: string | undefined, body: readonly string[]): Expectation {
  const matches: Match[] = modifier ? [{ of: modifier as Match['of'], how: 'any', text: '' }] : [];
  const series: SeriesLine[] = [];
  let scalar: number | undefined;
  let samplesFrom_ms: number | undefined;
  let step_ms = 0;
  let string: string | undefined;
  for (const line of body) {
    const window = /^expect range vector from (\S+) to (\S+) step (\S+)$/.exec(line);
    const literal = /^expect string (.+)$/.exec(line);
    if (window) {
      samplesFrom_ms = duration(window[1] as string, 0);
      step_ms = duration(window[3] as string, 0);
    } else if (literal) string = unquoted(literal[1] as string);
    else if (/^(expect\s|expected_fail)/.test(line)) matches.push(readExpectation(line));
    else if (SCALAR.test(line)) scalar = parseNumber(line);
    else series.push(parseSeriesLine(line));
  }
  const samples = samplesFrom_ms === undefined ? undefined : { start_ms: samplesFrom_ms, step_ms };
  return expectationOf(matches, { series, scalar, string, samples });
}

function unquoted(text: string): string {
  return text.startsWith('`') ? text.slice(1, -1) : (JSON.parse(text) as string);
}

function duration(text: string, line: number): number {
  const duration_ms = parseDuration(text);
  if (duration_ms === undefined) throw new Error(`line ${line}: not a duration: ${text}`);
  return duration_ms;
}

function at<T>(line: number, read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw new Error(`line ${line}: ${(error as Error).message}`);
  }
}
