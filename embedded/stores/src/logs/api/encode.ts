/** Answers as the engine writes them. */
import { formatFloat64 } from '../go/numbers.js';
import { compareText, Labels } from '../labels.js';
import type { LogEntry } from '../logql/evaluate-logs.js';
import { shift } from '../logql/evaluate-range.js';
import type { Matrix, Steps } from '../logql/matrix.js';
import type { Instant } from '../stream.js';

/** Nanoseconds since 1970. */
export function nanoseconds({ ms, ns }: Instant): string {
  if (ms > 0) return `${ms}${String(ns).padStart(6, '0')}`;
  return String(BigInt(ms) * 1_000_000n + BigInt(ns));
}

type Value = readonly [time: string, line: string, labels?: object];

/**
 * Lines by the labels that they have in common.
 * @param categorized keep a line's structured metadata, and what was parsed out of it, apart from its stream
 */
export function encodeStreams(entries: readonly LogEntry[], categorized: boolean) {
  const streams = new Map<string, { labels: Labels; values: Value[] }>();
  for (const { time, line, labels } of entries) {
    const { stream: own, metadata, parsed } = labels;
    const all = categorized ? own : Labels.of([...own.pairs, ...metadata.pairs, ...parsed.pairs]);
    let stream = streams.get(all.key);
    if (!stream) {
      stream = { labels: all, values: [] };
      streams.set(all.key, stream);
    }
    const at = nanoseconds(time);
    stream.values.push(categorized ? [at, line, categoriesOf(metadata, parsed)] : [at, line]);
  }
  return [...streams.values()]
    .map(({ labels, values }) => ({ name: String(labels), stream: labels.record(), values }))
    .sort((a, b) => compareText(a.name, b.name))
    .map(({ stream, values }) => ({ stream, values }));
}

function categoriesOf(metadata: Labels, parsed: Labels): object {
  return {
    ...(metadata.pairs.length > 0 ? { structuredMetadata: metadata.record() } : {}),
    ...(parsed.pairs.length > 0 ? { parsed: parsed.record() } : {}),
  };
}

export function encodeMatrix(matrix: Matrix, { start, step_ns }: Steps) {
  const seconds = (step: number) => shift(start, step * step_ns).ms / 1000;
  return [...matrix]
    .sort((a, b) => Labels.compare(a.labels, b.labels))
    .map(({ labels, steps, values }) => ({
      metric: labels.record(),
      values: steps.map((step, index) => [seconds(step), formatFloat64(values[index] as number)]),
    }));
}

/** @param sorted by value: the query has asked for an order of its own */
export function encodeVector(matrix: Matrix, time: Instant, sorted: boolean) {
  const ordered = sorted ? matrix : [...matrix].sort((a, b) => Labels.compare(a.labels, b.labels));
  return ordered.map(({ labels, values }) => ({
    metric: labels.record(),
    value: [time.ms / 1000, formatFloat64(values[0] as number)],
  }));
}

/** The engine's time of a scalar is one that ran over; clients that know it leave it alone. */
export function encodeScalar(value: number, { ms }: Instant) {
  const time = BigInt.asIntN(64, BigInt(ms) * 1_000_000_000n) / 1_000_000n;
  return [Number(time), formatFloat64(value)];
}
