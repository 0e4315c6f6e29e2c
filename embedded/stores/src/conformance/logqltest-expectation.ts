/** What an `eval` of a `.logqltest` script expects, against what came. */
import { parseFloat64 } from '../logs/go/numbers.js';
import { Labels } from '../logs/labels.js';
import type { Matrix } from '../logs/logql/matrix.js';
import { parseLabelsWithEmpty } from '../logs/push-protobuf.js';

/** A point that is not there is undefined. */
type Points = readonly (number | undefined)[];

export type Outcome =
  | { readonly kind: 'scalar'; readonly value: number }
  | { readonly kind: 'matrix'; readonly matrix: Matrix; readonly steps: number }
  | { readonly kind: 'error'; readonly message: string };

/** @returns how they differ, or undefined */
export function difference(expected: readonly string[], outcome: Outcome): string | undefined {
  const lines = expected.filter((line) => !line.startsWith('skip '));
  const failure = lines.find((line) => line.startsWith('expect fail'));
  if (failure !== undefined) return failureDifference(failure.slice('expect fail'.length).trim(), outcome);
  if (outcome.kind === 'error') return `failed: ${outcome.message}`;
  if (lines.includes('expect empty')) {
    return outcome.kind === 'matrix' && outcome.matrix.length === 0
      ? undefined
      : 'expected nothing, got something';
  }
  const isOrdered = lines.includes('expect ordered');
  const series = lines.filter((line) => line !== 'expect ordered');
  if (outcome.kind === 'scalar') return scalarDifference(series, outcome.value);
  return matrixDifference(series, outcome, isOrdered);
}

function failureDifference(qualifier: string, outcome: Outcome): string | undefined {
  if (outcome.kind !== 'error') return 'expected a failure, got an answer';
  const [, kind, text = ''] = /^(msg|regex):\s*(.*)$/.exec(qualifier) ?? [];
  if (kind === 'msg' && !outcome.message.includes(text))
    return `expected "${text}", failed by: ${outcome.message}`;
  if (kind === 'regex' && !new RegExp(text).test(outcome.message)) {
    return `expected /${text}/, failed by: ${outcome.message}`;
  }
  return undefined;
}

function scalarDifference(lines: readonly string[], value: number): string | undefined {
  const [line = ''] = lines;
  return lines.length === 1 && areClose(number(line), value) ? undefined : `expected ${line}, got ${value}`;
}

function matrixDifference(
  lines: readonly string[],
  { matrix, steps }: Extract<Outcome, { kind: 'matrix' }>,
  isOrdered: boolean,
): string | undefined {
  const found = matrix.map(({ labels, steps: at, values }) => {
    const points: (number | undefined)[] = new Array(steps).fill(undefined);
    for (const [index, step] of at.entries()) points[step] = values[index];
    return { labels: labels.key, text: String(labels), points };
  });
  const wanted = lines.map(parseSeries);
  const all = found
    .map(({ text, points }) => `${text} ${points.map((point) => point ?? '_').join(' ')}`)
    .join('; ');
  if (found.length !== wanted.length) return `expected ${wanted.length} series, got ${found.length}: ${all}`;
  for (const [index, { labels, points }] of wanted.entries()) {
    const partner = isOrdered ? found[index] : found.find((each) => each.labels === labels);
    const isSame =
      partner?.labels === labels &&
      points.length === steps &&
      points.every((p, i) => areClose(p, partner.points[i]));
    if (!isSame) return `expected ${lines[index]}, got ${all}`;
  }
  return undefined;
}

function parseSeries(line: string): { readonly labels: string; readonly points: Points } {
  const end = line.indexOf('}') + 1;
  const labels = end === 0 ? Labels.EMPTY : parseLabelsWithEmpty(line.slice(0, end));
  return { labels: labels.key, points: line.slice(end).trim().split(/\s+/).flatMap(parsePoint) };
}

const REPEATED = /^(?<base>.+?)(?<step>[+-][^+-]+)?x(?<count>\d+)$/;

function parsePoint(text: string): Points {
  if (text === '_') return [undefined];
  const { base, step = '0', count } = REPEATED.exec(text)?.groups ?? {};
  if (base === undefined) return [number(text)];
  return Array.from({ length: Number(count) + 1 }, (_, index) => number(base) + index * number(step));
}

function number(text: string): number {
  const parsed = parseFloat64(text);
  if (parsed.kind === 'error') throw new Error(parsed.message);
  return parsed.value;
}

const PRECISION = 1e-9;

function areClose(a: number | undefined, b: number | undefined): boolean {
  if (a === undefined || b === undefined) return a === b;
  if (Object.is(a, b) || a === b) return true;
  const distance = Math.abs(a - b);
  return distance <= PRECISION || distance / Math.max(Math.abs(a), Math.abs(b)) <= PRECISION;
}
