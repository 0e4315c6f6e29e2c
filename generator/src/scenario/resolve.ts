/** From a scenario's parameter specs and what a user overrides to the values of one run. */
import { SCRAPE_INTERVAL_S } from './grid.js';
import type { ParameterSpec, ParameterSpecs, Parameters } from './types.js';

/** A parameter that can't be used; the message names it and what is allowed. */
export class ParameterError extends Error {
  override name = 'ParameterError';
}

export interface ResolveOptions {
  /** What the user gave, by parameter name; checked here. */
  readonly overrides: Readonly<Record<string, unknown>>;
  /** Multiplies rates, clients, connections. */
  readonly scale: number;
}

/**
 * The values of all parameters.
 * @throws {ParameterError} for an unknown parameter and for a value out of its range
 */
export function resolveParameters(parameterSpecs: ParameterSpecs, options: ResolveOptions): Parameters {
  const specs: Readonly<Record<string, ParameterSpec>> = { ...parameterSpecs };
  const { overrides, scale } = options;
  if (!(scale >= 0.1 && scale <= 100)) throw new ParameterError(`scale is ${scale}: allowed are 0.1 to 100`);
  for (const [name, value] of Object.entries(overrides)) {
    const spec = specs[name];
    if (spec === undefined) {
      throw new ParameterError(`unknown parameter "${name}": allowed are ${Object.keys(specs).join(', ')}`);
    }
    checkValue(name, spec, value);
  }
  const values = Object.entries(specs).map(([name, spec]) => {
    const value = overrides[name] ?? spec.default;
    if (spec.scales === undefined || typeof value !== 'number') return [name, value];
    return [name, spec.integer ? Math.round(value * scale) : value * scale];
  });
  const parameters = Object.fromEntries(values) as unknown as Parameters;
  checkWindow(parameters);
  return parameters;
}

/** The last scrape, and the last sample of sessions, are to fall on the window's end. */
function checkWindow({ baseline_s, incident_s, settling_s }: Parameters): void {
  const window_s = baseline_s + incident_s;
  if (window_s % SCRAPE_INTERVAL_S !== 0) {
    throw new ParameterError(
      `baseline_s and incident_s are ${window_s} s together: allowed are whole multiples of ${SCRAPE_INTERVAL_S} s`,
    );
  }
  if (settling_s >= incident_s) {
    throw new ParameterError(`settling_s is ${settling_s}: allowed is less than incident_s, ${incident_s} s`);
  }
}

function checkValue(name: string, spec: ParameterSpec, value: unknown): void {
  const unit = spec.unit === '1' ? '' : ` ${spec.unit}`;
  const range = `${spec.min} to ${spec.max}${unit}${spec.integer ? ', whole' : ''}`;
  if (typeof spec.default === 'number') {
    if (!isAllowed(spec, value)) throw refusal(name, value, `a number, ${range}`);
    return;
  }
  const length = spec.default.length;
  const isList =
    Array.isArray(value) && value.length === length && value.every((item) => isAllowed(spec, item));
  const ascends = isList && value.every((item, i) => i === 0 || item >= value[i - 1]);
  if (!ascends) throw refusal(name, value, `${length} ascending numbers, each ${range}`);
}

function isAllowed({ min, max, integer }: ParameterSpec, value: unknown): boolean {
  return typeof value === 'number' && value >= min && value <= max && (!integer || Number.isInteger(value));
}

function refusal(name: string, value: unknown, allowed: string): ParameterError {
  return new ParameterError(`parameter "${name}" is ${JSON.stringify(value)}: allowed is ${allowed}`);
}
