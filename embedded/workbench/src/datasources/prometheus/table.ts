import { type DataFrame, type Field, FieldType } from '@grafana/data';

/**
 * All series of one query as one table: time, a column for each label, and the value.
 * @param frames of one refId, as `seriesFrames` makes them
 * @param valueName `Value`, or `Value #A` where a panel has several tables
 */
export function tableFrame(frames: readonly DataFrame[], valueName: string): DataFrame {
  const time: Field = { name: 'Time', type: FieldType.time, config: {}, values: [] };
  const value: Field = { name: valueName, type: FieldType.number, config: {}, values: [] };
  const labels = labelFields(frames);
  for (const { fields, length } of frames) {
    const [times, values] = fields;
    for (let row = 0; row < length; row++) {
      time.values.push(times?.values[row]);
      value.values.push(values?.values[row]);
      for (const field of labels) field.values.push(labelValue(field, values?.labels?.[field.name]));
    }
  }
  const [first] = frames;
  return {
    ...(first?.refId !== undefined && { refId: first.refId }),
    meta: { ...first?.meta, preferredVisualisationType: 'table' },
    fields: first?.fields.length ? [time, ...labels, value] : [],
    length: time.values.length,
  };
}

function labelFields(frames: readonly DataFrame[]): Field[] {
  const names = new Set(frames.flatMap(({ fields }) => Object.keys(fields[1]?.labels ?? {}).sort()));
  return [...names].map((name) => ({
    name,
    type: name === 'le' ? FieldType.number : FieldType.string,
    config: { filterable: true },
    values: [],
  }));
}

function labelValue(field: Field, text: string | undefined): unknown {
  if (field.type !== FieldType.number) return text ?? '';
  return text === '+Inf' ? Infinity : Number(text);
}

/** Which of a panel's table queries is which: the name of its value column. */
export function valueName(refId: string, tables: number): string {
  return tables > 1 ? `Value #${refId}` : 'Value';
}
