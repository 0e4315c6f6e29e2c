/** Results of queries as JSON text. */
import type { Budget } from '../../query/budget.js';
import { formatPlain, formatTimestamp, formatValue } from '../format.js';
import type { Labels } from '../labels.js';
import type { QueryResult } from '../promql/query.js';
import { type Grid, type RangeSeries, timeOf, type Vector, type VectorSeries } from '../promql/value.js';
import { type Remarks, TRUNCATED } from './answers.js';

export interface WrittenResult extends Required<Remarks> {
  readonly text: string;
}

/** @param limit of series */
export async function writeInstant(
  result: QueryResult,
  time_ms: number,
  limit: number,
  budget: Budget,
): Promise<WrittenResult> {
  const { value } = result;
  switch (value.kind) {
    case 'scalar':
      return { ...result, text: pair('scalar', time_ms, formatPlain(value.values[0] as number)) };
    case 'string':
      return { ...result, text: pair('string', time_ms, value.value) };
    case 'vector': {
      const time = formatTimestamp(time_ms);
      const present = value.series.filter((series) => series.present[0] === 1);
      return written('vector', present, limit, result, budget, ({ labels, values }) => {
        const point = `[${time},"${formatValue(values[0] as number)}"]`;
        return `{"metric":${metric(labels)},"value":${point}}`;
      });
    }
    case 'matrix':
      return written('matrix', value.series, limit, result, budget, writeSamples);
  }
}

/** @param limit of series */
export async function writeRange(
  result: QueryResult<Vector>,
  grid: Grid,
  limit: number,
  budget: Budget,
): Promise<WrittenResult> {
  const times = Array.from({ length: grid.count }, (_, step) => formatTimestamp(timeOf(grid, step)));
  const present = result.value.series.filter((series) => series.present.includes(1));
  return written('matrix', present, limit, result, budget, (series) => writeSteps(series, times));
}

async function written<T extends VectorSeries | RangeSeries>(
  resultType: string,
  series: readonly T[],
  limit: number,
  { warnings, infos }: QueryResult,
  budget: Budget,
  write: (one: T) => string,
): Promise<WrittenResult> {
  const parts: string[] = [];
  for (const one of series.slice(0, limit)) {
    parts.push(write(one));
    budget.spend(one.values.length);
    await budget.breathe();
  }
  return {
    text: `{"resultType":"${resultType}","result":[${parts.join(',')}]}`,
    warnings: series.length > limit ? [...warnings, TRUNCATED] : warnings,
    infos,
  };
}

/** Of a scalar or string: the time is a plain number there, the value never has an exponent. */
function pair(resultType: string, time_ms: number, value: string): string {
  return `{"resultType":"${resultType}","result":[${time_ms / 1000},${JSON.stringify(value)}]}`;
}

function writeSteps({ labels, values, present }: VectorSeries, times: readonly string[]): string {
  const points: string[] = [];
  for (let step = 0; step < present.length; step++) {
    if (present[step] === 1) points.push(`[${times[step]},"${formatValue(values[step] as number)}"]`);
  }
  return `{"metric":${metric(labels)},"values":[${points.join(',')}]}`;
}

function writeSamples({ labels, times, values }: RangeSeries): string {
  const points = Array.from(
    times,
    (time, index) => `[${formatTimestamp(time)},"${formatValue(values[index] as number)}"]`,
  );
  return `{"metric":${metric(labels)},"values":[${points.join(',')}]}`;
}

function metric(labels: Labels): string {
  return JSON.stringify(labels.toObject());
}
