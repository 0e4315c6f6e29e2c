import { type DataFrame, DataFrameType, type Field, FieldType } from '@grafana/data';

/** Less is noise of the division that `rate` makes, not an observation. */
const NOTHING = 1e-9;

interface Bucket {
  readonly bound: number;
  readonly name: string;
  readonly valueAt: ReadonlyMap<number, number>;
}

/**
 * Series of a histogram's buckets, each of which counts everything up to its bound, as rows of a heatmap, each of which
 * counts what is between its bound and the one below.
 */
export function heatmapFrame(frames: readonly DataFrame[]): DataFrame | undefined {
  const buckets = frames
    .filter(({ fields }) => fields.length > 1)
    .map(bucketOf)
    .sort((one, other) => one.bound - other.bound);
  const [first] = frames;
  if (buckets.length === 0 || !first) return undefined;
  const times = [...new Set(buckets.flatMap(({ valueAt }) => [...valueAt.keys()]))].sort((a, b) => a - b);
  const step = first.fields[0]?.config.interval;
  const rows = buckets.map(
    ({ name, valueAt }, index): Field => ({
      name,
      type: FieldType.number,
      config: { displayNameFromDS: name },
      labels: { le: name },
      values: times.map((time) => between(valueAt.get(time), buckets[index - 1]?.valueAt.get(time))),
    }),
  );
  return {
    ...(first.refId !== undefined && { refId: first.refId }),
    meta: { ...first.meta, type: DataFrameType.HeatmapRows },
    fields: [
      { name: 'Time', type: FieldType.time, config: step ? { interval: step } : {}, values: times },
      ...rows,
    ],
    length: times.length,
  };
}

function bucketOf({ fields }: DataFrame): Bucket {
  const [time, value] = fields;
  const name = value?.labels?.le ?? value?.config.displayNameFromDS ?? value?.name ?? '';
  return {
    name,
    bound: name === '+Inf' ? Infinity : Number(name),
    valueAt: new Map(time?.values.map((at: number, row: number) => [at, value?.values[row] as number])),
  };
}

function between(upTo: number | undefined, below: number | undefined): number | null {
  if (upTo === undefined) return null;
  const count = upTo - (below ?? 0);
  return count > NOTHING ? count : 0;
}
