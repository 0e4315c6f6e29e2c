/** The part of a Grafana data frame that the model reads, so that it needs nothing of Grafana at run time. */
export interface FrameField {
  readonly name: string;
  readonly type: string;
  readonly labels?: Readonly<Record<string, string>> | undefined;
  readonly values: ArrayLike<unknown>;
}

export interface Frame {
  readonly name?: string | undefined;
  readonly refId?: string | undefined;
  readonly length: number;
  readonly fields: readonly FrameField[];
}

export function fieldNamed(frame: Frame, ...names: readonly string[]): FrameField | undefined {
  for (const name of names) {
    const field = frame.fields.find((candidate) => candidate.name === name);
    if (field) return field;
  }
  return undefined;
}

export function fieldOfType(frame: Frame, type: string): FrameField | undefined {
  return frame.fields.find((field) => field.type === type);
}

/** A cell as text; empty when there is none. */
export function textAt(field: FrameField | undefined, index: number): string {
  const value = field?.values[index];
  return value === undefined || value === null ? '' : String(value);
}

/** A cell as a finite number, or `undefined`. */
export function numberAt(field: FrameField | undefined, index: number): number | undefined {
  const value = field?.values[index];
  if (value === undefined || value === null || value === '') return undefined;
  const number = Number(value);
  return Number.isFinite(number) ? number : undefined;
}
