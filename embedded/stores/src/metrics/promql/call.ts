/** Function calls: each name is in one of the tables of functions of its kind. */
import type { Call } from './ast.js';
import type { Context } from './context.js';
import { DATES, ofDates } from './date-functions.js';
import { BUCKET_FUNCTIONS } from './histogram-functions.js';
import { LABEL_FUNCTIONS } from './label-functions.js';
import { BY_VALUE, ofNumbers } from './number-functions.js';
import { overRange, RANGE_FUNCTIONS } from './range-functions.js';
import type { Grid, Value } from './value.js';
import { VECTOR_FUNCTIONS } from './vector-functions.js';

/** What a function gets that is more than a number to a number. */
export interface Invocation {
  readonly call: Call;
  readonly args: readonly Value[];
  readonly grid: Grid;
  readonly context: Context;
}

export async function callFunction(
  call: Call,
  args: readonly Value[],
  grid: Grid,
  context: Context,
): Promise<Value> {
  const invocation = { call, args, grid, context };
  const { name } = call;
  const ranged = RANGE_FUNCTIONS.get(name);
  if (ranged) return overRange(ranged, invocation);
  const size = args.reduce((sum, arg) => sum + (arg.kind === 'vector' ? arg.series.length : 1), 0);
  await context.worked(size * grid.count);
  const byValue = BY_VALUE.get(name);
  if (byValue) return ofNumbers(byValue, invocation);
  const date = DATES.get(name);
  if (date) return ofDates(date, invocation);
  const whole = VECTOR_FUNCTIONS.get(name) ?? LABEL_FUNCTIONS.get(name) ?? BUCKET_FUNCTIONS.get(name);
  if (!whole) throw new Error(`the function ${name} has a signature and no implementation`);
  return whole(invocation);
}
