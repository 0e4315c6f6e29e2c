/** Values as TraceQL knows them: of attributes, of what a span has by nature, and of what is computed from those. */

export const STATUSES = ['unset', 'ok', 'error'] as const;
export const KINDS = ['unspecified', 'internal', 'server', 'client', 'producer', 'consumer'] as const;

export type Value =
  | { readonly kind: 'nil' }
  | { readonly kind: 'string'; readonly value: string }
  /** `text` only where a double does not hold the number. */
  | { readonly kind: 'int'; readonly value: number; readonly text?: string }
  | { readonly kind: 'float'; readonly value: number }
  | { readonly kind: 'bool'; readonly value: boolean }
  /** In nanoseconds. */
  | { readonly kind: 'duration'; readonly value: number }
  /** By its code in OTLP. */
  | { readonly kind: 'status'; readonly value: number }
  /** By its code in OTLP. */
  | { readonly kind: 'spanKind'; readonly value: number }
  | { readonly kind: 'list'; readonly of: ElementKind; readonly values: readonly Value[] }
  /** What a trace has and a query does not see: maps, bytes, lists of unlike things. As JSON of OTLP. */
  | { readonly kind: 'opaque'; readonly any: AnyValue };

export type ElementKind = 'string' | 'int' | 'float' | 'bool';
export type ValueKind = Value['kind'];

/** `AnyValue` of OTLP in its JSON form. */
export type AnyValue = Readonly<Record<string, unknown>>;

export const NIL: Value = { kind: 'nil' };
export const TRUE: Value = { kind: 'bool', value: true };
export const FALSE: Value = { kind: 'bool', value: false };

export function stringValue(value: string): Value {
  return { kind: 'string', value };
}

export function boolValue(value: boolean): Value {
  return value ? TRUE : FALSE;
}

export function isNumeric(kind: ValueKind): boolean {
  return kind === 'int' || kind === 'float' || kind === 'duration';
}

/** As a double; NaN for what is no number. */
export function toNumber(value: Value): number {
  return value.kind === 'int' || value.kind === 'float' || value.kind === 'duration'
    ? value.value
    : Number.NaN;
}

/** Equal texts of one kind mean equal values: what grouping goes by. */
export function identity(value: Value): string {
  switch (value.kind) {
    case 'nil':
      return 'n';
    case 'string':
      return `s${value.value}`;
    case 'int':
      return `i${value.text ?? value.value}`;
    case 'list':
      return `l${value.of}${JSON.stringify(value.values.map(identity))}`;
    case 'opaque':
      return `o${JSON.stringify(value.any)}`;
    default:
      return `${value.kind}${value.value}`;
  }
}

/** As TraceQL writes it in answers, without quotes. */
export function toText(value: Value): string {
  switch (value.kind) {
    case 'nil':
      return 'nil';
    case 'string':
      return value.value;
    case 'int':
      return value.text ?? String(value.value);
    case 'float':
      return floatText(value.value);
    case 'bool':
      return String(value.value);
    case 'duration':
      return durationText(value.value);
    case 'status':
      return STATUSES[value.value] ?? `status(${value.value})`;
    case 'spanKind':
      return KINDS[value.value] ?? `kind(${value.value})`;
    case 'list':
      return `[${value.values.map((one) => (one.kind === 'string' ? `\`${one.value}\`` : toText(one))).join(', ')}]`;
    case 'opaque':
      return JSON.stringify(value.any);
  }
}

/** As `AnyValue` of OTLP, the way answers to searches and metrics carry values. */
export function toAnyValue(value: Value): AnyValue {
  switch (value.kind) {
    case 'int':
      return { intValue: toText(value) };
    case 'float':
      return { doubleValue: jsonNumber(value.value) };
    case 'bool':
      return { boolValue: value.value };
    case 'list':
      return { arrayValue: value.values.length > 0 ? { values: value.values.map(toAnyValue) } : {} };
    case 'opaque':
      return value.any;
    default:
      return { stringValue: toText(value) };
  }
}

/** Protobuf's JSON has no other way for these three. */
export function jsonNumber(value: number): number | string {
  if (Number.isFinite(value)) return value;
  return Number.isNaN(value) ? 'NaN' : value > 0 ? 'Infinity' : '-Infinity';
}

function floatText(value: number): string {
  if (!Number.isFinite(value)) return Number.isNaN(value) ? 'NaN' : value > 0 ? '+Inf' : '-Inf';
  const exponent = value === 0 ? 0 : Math.floor(Math.log10(Math.abs(value)));
  if (exponent < -4 || exponent >= 6) {
    const [mantissa = '', power = ''] = value.toExponential().split('e');
    return `${mantissa}e${power.replace(/^([+-])(\d)$/, '$10$2')}`;
  }
  const text = String(value);
  return text.includes('.') || text.includes('e') ? text : `${text}.0`;
}

/** A duration as Go prints it: `1h2m3.5s`, `301µs`. */
export function durationText(duration_ns: number): string {
  if (duration_ns === 0) return '0s';
  const sign = duration_ns < 0 ? '-' : '';
  const ns = Math.abs(duration_ns);
  if (ns < 1e3) return `${sign}${ns}ns`;
  if (ns < 1e6) return `${sign}${fraction(ns, 3)}µs`;
  if (ns < 1e9) return `${sign}${fraction(ns, 6)}ms`;
  const minutes = Math.floor(ns / 60e9);
  const seconds = `${fraction(ns - minutes * 60e9, 9)}s`;
  if (minutes === 0) return sign + seconds;
  const hours = Math.floor(minutes / 60);
  return `${sign}${hours > 0 ? `${hours}h` : ''}${minutes % 60}m${seconds}`;
}

/** A whole number with its last digits as a decimal fraction, exactly. */
function fraction(whole: number, digits: number): string {
  const text = String(whole).padStart(digits + 1, '0');
  const decimals = text.slice(-digits).replace(/0+$/, '');
  return text.slice(0, -digits) + (decimals ? `.${decimals}` : '');
}
