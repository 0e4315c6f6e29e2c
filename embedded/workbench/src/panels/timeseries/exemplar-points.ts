import { type DataFrame, type Field, FieldType } from '@grafana/data';

/** The exemplars among the frames that come beside a panel's series. */
export function exemplarFrames(frames: readonly DataFrame[]): DataFrame[] {
  return frames.filter(({ name, length }) => name === 'exemplar' && length > 0);
}

/** The series that an exemplar is one of: the one with most labels of those whose labels it all has. */
export function seriesOf(frame: DataFrame, row: number, fields: readonly Field[]): Field | undefined {
  const labels = new Map(frame.fields.map(({ name, values }) => [name, values[row]]));
  const count = ({ labels: own = {} }: Field) => Object.keys(own).length;
  return fields
    .filter(({ type }) => type === FieldType.number)
    .filter(({ labels: own = {} }) =>
      Object.entries(own).every(([name, value]) => name === '__name__' || labels.get(name) === value),
    )
    .sort((one, other) => count(other) - count(one))[0];
}
