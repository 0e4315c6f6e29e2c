import { type DataFrame, type DataLink, DataTopic, type Field, FieldType } from '@grafana/data';
import { groupBy } from 'lodash';
import { type ExemplarSeries, sampleValue } from './answer';

export interface TraceDestination {
  readonly name: string;
  readonly datasourceUid: string;
  readonly datasourceName: string;
}

interface Point {
  readonly timeMs: number;
  readonly value: number;
  readonly labels: Readonly<Record<string, string>>;
}

/** Exemplars as dots of a graph, thinned out, whose trace ids lead to their traces. */
export function exemplarFrame(
  series: readonly ExemplarSeries[],
  {
    refId,
    stepMs,
    destinations,
  }: { refId: string; stepMs: number; destinations: readonly TraceDestination[] },
): DataFrame | undefined {
  const points = thinOut(series.flatMap(pointsOf), stepMs);
  if (points.length === 0) return undefined;
  const names = [...new Set(points.flatMap(({ labels }) => Object.keys(labels)))].sort();
  return {
    name: 'exemplar',
    refId,
    meta: { dataTopic: DataTopic.Annotations, custom: { resultType: 'exemplar' } },
    fields: [
      { name: 'Time', type: FieldType.time, config: {}, values: points.map(({ timeMs }) => timeMs) },
      { name: 'Value', type: FieldType.number, config: {}, values: points.map(({ value }) => value) },
      ...names.map((name) => labelField(name, points, destinations)),
    ],
    length: points.length,
  };
}

function pointsOf({ seriesLabels, exemplars }: ExemplarSeries): Point[] {
  return exemplars.map(({ timestamp, value, labels }) => ({
    timeMs: Math.round(timestamp * 1000),
    value: sampleValue(value),
    labels: { ...seriesLabels, ...labels },
  }));
}

/**
 * There may be thousands, and most lie on top of each other: of every step the highest stays, and of the others those that
 * are at least two standard deviations below the one that stayed before.
 */
function thinOut(points: readonly Point[], stepMs: number): Point[] {
  const apart = 2 * standardDeviation(points.map(({ value }) => value));
  const bySteps = groupBy(points, ({ timeMs }) => Math.floor(timeMs / stepMs));
  const kept: Point[] = [];
  for (const step of Object.values(bySteps)) {
    let last = Infinity;
    for (const point of step.sort((one, other) => other.value - one.value)) {
      if (last - point.value < apart) continue;
      kept.push(point);
      last = point.value;
    }
  }
  return kept.sort((one, other) => one.timeMs - other.timeMs);
}

function standardDeviation(values: readonly number[]): number {
  if (values.length < 2) return 0;
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return Math.sqrt(squares / (values.length - 1));
}

function labelField(
  name: string,
  points: readonly Point[],
  destinations: readonly TraceDestination[],
): Field {
  const links = destinations.filter((each) => each.name === name).map(traceLink);
  return {
    name,
    type: FieldType.string,
    config: links.length > 0 ? { links } : {},
    values: points.map(({ labels }) => labels[name] ?? ''),
  };
}

function traceLink({ datasourceUid, datasourceName }: TraceDestination): DataLink {
  return {
    title: `Query with ${datasourceName}`,
    url: '',
    internal: {
      query: { refId: 'A', query: '${__value.raw}', queryType: 'traceql' } as never,
      datasourceUid,
      datasourceName,
    },
  };
}
