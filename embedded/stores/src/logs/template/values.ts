/** Values of templates, and how Go prints and compares them. */
import { sprintFloat64 } from '../go/numbers.js';
import { type Moment, printTime } from '../go/time-layout.js';

export class TimeValue {
  readonly moment: Moment;

  constructor(moment: Moment) {
    this.moment = moment;
  }
}

/** The labels of a line, made into one value only when a template wants all of them. */
export class LabelSource {
  /** Undefined where there is none. */
  readonly get: (name: string) => string | undefined;
  readonly all: () => ReadonlyMap<string, string>;

  constructor(get: (name: string) => string | undefined, all: () => ReadonlyMap<string, string>) {
    this.get = get;
    this.all = all;
  }

  static of(labels: ReadonlyMap<string, string>): LabelSource {
    return new LabelSource(
      (name) => labels.get(name),
      () => labels,
    );
  }
}

export type Value =
  | LabelSource
  | string
  | number
  | boolean
  | undefined
  | TimeValue
  | readonly Value[]
  | { readonly [key: string]: Value };

/** Fails one line, which keeps its text and gets `__error__`. */
export class TemplateError extends Error {}

export function isTrue(value: Value): boolean {
  if (value === undefined) return false;
  if (value instanceof TimeValue) return true;
  if (value instanceof LabelSource) return value.all().size > 0;
  if (Array.isArray(value)) return value.length > 0;
  return typeof value === 'object' ? Object.keys(value).length > 0 : Boolean(value);
}

/** As `%v`. */
export function print(value: Value): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'number') return sprintFloat64(value);
  if (value === undefined) return '<no value>';
  if (value instanceof TimeValue) return printTime(value.moment);
  if (typeof value === 'boolean') return String(value);
  if (Array.isArray(value)) return `[${value.map(printInner).join(' ')}]`;
  const entries: (readonly [string, Value])[] =
    value instanceof LabelSource ? [...value.all()] : Object.entries(value as Record<string, Value>);
  const sorted = entries.sort(([a], [b]) => (a < b ? -1 : 1));
  return `map[${sorted.map(([key, inner]) => `${key}:${printInner(inner)}`).join(' ')}]`;
}

function printInner(value: Value): string {
  return value === undefined ? '<nil>' : print(value);
}

export function typeName(value: Value): string {
  if (value === undefined) return 'nil';
  if (typeof value === 'number') return Number.isInteger(value) ? 'int' : 'float64';
  if (typeof value === 'string') return 'string';
  if (typeof value === 'boolean') return 'bool';
  if (value instanceof TimeValue) return 'time.Time';
  if (value instanceof LabelSource) return 'map[string]string';
  return Array.isArray(value) ? '[]interface {}' : 'map[string]interface {}';
}

/** @throws {TemplateError} on values of different kinds */
export function areEqual(a: Value, b: Value): boolean {
  if (typeof a !== typeof b || (typeof a === 'object' && !(a instanceof TimeValue))) {
    throw new TemplateError('incompatible types for comparison');
  }
  if (a instanceof TimeValue && b instanceof TimeValue) return printTime(a.moment) === printTime(b.moment);
  return a === b;
}

/** @throws {TemplateError} on values that have no order, or of different kinds */
export function isLess(a: Value, b: Value): boolean {
  if (typeof a === 'number' && typeof b === 'number') return a < b;
  if (typeof a === 'string' && typeof b === 'string') return a < b;
  throw new TemplateError('incompatible types for comparison');
}
