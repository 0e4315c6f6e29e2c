/** Arguments of template functions, as Go and sprig take them. */
import { parseFloat64 } from '../go/numbers.js';
import { TemplateError, TimeValue, typeName, type Value } from './values.js';

export interface TemplateFunction {
  /** How many, or how few and how many. */
  readonly arguments: readonly [fewest: number, most?: number];
  readonly call: (values: readonly Value[]) => Value;
}

/** @throws {TemplateError} */
export function text(value: Value): string {
  if (typeof value !== 'string') {
    throw new TemplateError(`wrong type for value; expected string; got ${typeName(value)}`);
  }
  return value;
}

/** @throws {TemplateError} */
export function integer(value: Value): number {
  if (typeof value !== 'number' || !Number.isInteger(value)) {
    throw new TemplateError(`wrong type for value; expected int; got ${typeName(value)}`);
  }
  return value;
}

/** @throws {TemplateError} */
export function time(value: Value): TimeValue {
  if (value instanceof TimeValue) return value;
  throw new TemplateError(`wrong type for value; expected time.Time; got ${typeName(value)}`);
}

/** Anything as a whole number, 0 for what is none: sprig's way. */
export function castInteger(value: Value): number {
  if (typeof value === 'string') return Number(/^([+-]?\d+)(?:\.\d*)?$/.exec(value)?.[1] ?? 0);
  return typeof value === 'number' ? Math.trunc(value) : Number(value === true);
}

/** Anything as a number, 0 for what is none: sprig's way. */
export function castFloat(value: Value): number {
  if (typeof value === 'string') {
    const parsed = parseFloat64(value);
    return parsed.kind === 'number' ? parsed.value : 0;
  }
  return typeof value === 'number' ? value : Number(value === true);
}

export function ofTexts(count: number, call: (...texts: readonly string[]) => Value): TemplateFunction {
  return { arguments: [count], call: (values) => call(...values.map(text)) };
}
