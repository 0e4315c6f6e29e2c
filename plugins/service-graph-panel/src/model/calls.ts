/** Calls over time: from the series of one edge to its figures in a window. */
import { type BucketHistory, boundOf, bucketsIn, quantileHistory } from './buckets';
import { quantileOf } from './quantile';
import type { EdgeRole } from './roles';
import type { Series } from './series';
import type { Figures, History, Quantile, Values } from './types';
import {
  addValues,
  isNumber,
  meanAt,
  sumAt,
  total,
  unionOf,
  valuesAt,
  weightedMeanAt,
  worstAt,
} from './values';
import { pointsWithin } from './windows';

export interface Calls {
  /** ms, ascending */
  readonly times: readonly number[];
  readonly rate: Values;
  readonly failed: Values;
  /** Seconds of calls a second, which is the number of calls in flight. */
  readonly seconds: Values;
  readonly p50_s: Values;
  readonly p95_s: Values;
  readonly p99_s: Values;
  readonly buckets: readonly BucketHistory[];
}

/**
 * Adds up the series of one edge (or of one route on it).
 * @param series any number for each role
 * @param failuresKnown whether a missing series of failed calls means that none failed
 */
export function collectCalls(series: readonly Series[], failuresKnown: boolean): Calls {
  const of = (role: EdgeRole) => series.filter((each) => each.role === role);
  const timed = series.filter((each) => each.role !== 'bucket');
  const times = unionOf((timed.length > 0 ? timed : series).map((each) => each.times));
  const rate = sumAt(times, of('rate')) ?? sumAt(times, of('count')) ?? times.map(() => null);
  const failed = sumAt(times, of('failed'));
  return {
    times,
    rate,
    failed: rate.map((calls, i) => (calls === null ? null : (failed?.[i] ?? (failuresKnown ? 0 : null)))),
    seconds: secondsAt(times, rate, series),
    p50_s: worstAt(times, of('p50')),
    p95_s: worstAt(times, of('p95')),
    p99_s: worstAt(times, of('p99')),
    buckets: of('bucket').flatMap(({ labels, ...each }) => {
      const bound_s = boundOf(labels.le);
      return Number.isNaN(bound_s) ? [] : [{ bound_s, times: each.times, values: each.values }];
    }),
  };
}

/** Adds the calls of several edges; quantiles other than from buckets are those of the busiest one. */
export function addCalls(all: readonly Calls[]): Calls {
  const times = unionOf(all.map((calls) => calls.times));
  const sum = (pick: (calls: Calls) => Values) =>
    addValues(all.map((calls) => valuesAt(times, calls.times, pick(calls))));
  const busiest = [...all].sort((a, b) => total(b.rate) - total(a.rate))[0];
  const ofBusiest = (pick: (calls: Calls) => Values) =>
    busiest ? valuesAt(times, busiest.times, pick(busiest)) : times.map(() => null);
  return {
    times,
    rate: sum((calls) => calls.rate),
    failed: sum((calls) => calls.failed),
    seconds: sum((calls) => calls.seconds),
    p50_s: ofBusiest((calls) => calls.p50_s),
    p95_s: ofBusiest((calls) => calls.p95_s),
    p99_s: ofBusiest((calls) => calls.p99_s),
    buckets: all.every((calls) => calls.buckets.length > 0) ? all.flatMap((calls) => calls.buckets) : [],
  };
}

export interface FiguresInput {
  /** ms */
  readonly window: readonly [number, number];
  readonly pointCovers_s: number;
  /** Where the histograms end; a quantile there is not to be trusted. */
  readonly highestBound_s: number | undefined;
}

/** The figures of a window. */
export function figuresOf(calls: Calls, input: FiguresInput): Figures {
  const points = pointsWithin(calls.times, input.window, input.pointCovers_s);
  const rate = meanAt(calls.rate, points);
  const failed = meanAt(calls.failed, points);
  const timed = points.filter((i) => isNumber(calls.seconds[i]));
  const timedRate = meanAt(calls.rate, timed);
  const inFlight = meanAt(calls.seconds, timed);
  const buckets = bucketsIn(calls.buckets, input.window, input.pointCovers_s);
  const quantile = (q: number, values: Values): Quantile | null =>
    (buckets ? quantileOf(q, buckets) : null) ??
    marked(weightedMeanAt(values, calls.rate, points), input.highestBound_s);
  return {
    rate,
    errors: rate !== null && rate > 0 && failed !== null ? Math.min(1, failed / rate) : null,
    mean_s: inFlight !== null && timedRate !== null && timedRate > 0 ? inFlight / timedRate : null,
    p50: quantile(0.5, calls.p50_s),
    p95: quantile(0.95, calls.p95_s),
    p99: quantile(0.99, calls.p99_s),
    inFlight,
  };
}

/** The same calls as lines to draw; `null` when there is but one point. */
export function historyOf(calls: Calls): History | null {
  if (calls.times.length < 2) return null;
  const ratio = (a: Values, b: Values) =>
    a.map((value, i) => {
      const by = b[i];
      return value === null || by === null || by === undefined || by <= 0 ? null : value / by;
    });
  return {
    times: calls.times,
    rate: calls.rate,
    errors: ratio(calls.failed, calls.rate),
    mean_s: ratio(calls.seconds, calls.rate),
    p95_s: calls.p95_s,
    inFlight: calls.seconds,
    quantiles: quantileHistory(calls.buckets),
  };
}

/** Seconds of calls a second: the histogram's sum where there is one, otherwise rate times mean latency. */
function secondsAt(times: readonly number[], rate: Values, series: readonly Series[]): Values {
  const sums = sumAt(
    times,
    series.filter((each) => each.role === 'sum'),
  );
  if (sums) return sums;
  const latencies = series.filter((each) => each.role === 'latency');
  const rates = series.filter((each) => each.role === 'rate' || each.role === 'count');
  const parts = latencies.map((latency) => {
    const own =
      latencies.length === 1
        ? rate
        : (sumAt(times, rates.filter(sameLabels(latency))) ?? times.map(() => null));
    const values = valuesAt(times, latency.times, latency.values);
    return own.map((calls, i) => product(calls, values[i]));
  });
  return parts.length > 0 ? addValues(parts) : times.map(() => null);
}

/** No calls take no time, even where a mean of nothing is not a number. */
function product(calls: number | null, latency_s: number | null | undefined): number | null {
  if (calls === 0) return 0;
  return calls === null || latency_s === null || latency_s === undefined ? null : calls * latency_s;
}

function sameLabels(one: Series): (other: Series) => boolean {
  const own = labelKey(one);
  return (other) => labelKey(other) === own;
}

const NOT_COMPARED = new Set(['__name__', 'connection_type']);

function labelKey({ labels }: Series): string {
  return Object.entries(labels)
    .filter(([name]) => !NOT_COMPARED.has(name))
    .map(([name, value]) => `${name}=${value}`)
    .sort()
    .join(',');
}

function marked(value_s: number | null, highestBound_s: number | undefined): Quantile | null {
  if (value_s === null) return null;
  return { value_s, above: highestBound_s !== undefined && value_s >= highestBound_s };
}
