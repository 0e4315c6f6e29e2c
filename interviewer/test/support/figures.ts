/** Figures as panels write them: `35%`, `4.6 ms`, `200 of 200`. */
import assert from 'node:assert/strict';
import { CHECKS, type Check, type Range } from '../../src/six-steps.js';

/** In the units of the queries: seconds, and shares of 1. */
const UNIT: Readonly<Record<string, number>> = { '%': 0.01, µs: 1e-6, ms: 0.001, s: 1, min: 60 };

/** @returns the last figure of a text, in seconds, as a share, or as it is */
export function figureOf(text: string): number {
  const found = [...text.matchAll(/(\d[\d,]*(?:\.\d+)?)\s*(%|µs|ms|min|s\b)?/g)].at(-1);
  assert.ok(found, `no figure in "${text}"`);
  const [, digits = '', unit = ''] = found;
  return Number(digits.replaceAll(',', '')) * (UNIT[unit] ?? 1);
}

/** One of the answer key's, by the beginning of its name. */
export function checkOf(quantity: string): Check {
  const found = CHECKS.filter((check) => check.quantity.startsWith(quantity));
  const [check] = found;
  assert.ok(check && found.length === 1, quantity);
  return check;
}

export function assertWithin(value: number, { min, max }: Range, what: string): void {
  assert.ok(value >= min && value <= max, `${what}: ${value} is not within ${min} and ${max}`);
}
