/** Asks running stores what the six steps' queries show. */
import type { Check, Range } from './six-steps.js';

export interface Stores {
  readonly prometheus: string;
  readonly loki: string;
}

/** ISO times of a run, as its manifest has them. */
export interface RunWindow {
  readonly start: string;
  readonly incident: string;
  readonly steady: string;
  readonly end: string;
}

export interface Outcome {
  readonly check: Check;
  /** NaN when the query gave nothing. */
  readonly value: number;
  readonly met: boolean;
}

interface Series {
  readonly metric: Readonly<Record<string, string>>;
  readonly values: readonly (readonly [number, string])[];
}

/** Shares and seconds are compared with targets to this relative precision: sums of floats. */
const PRECISION = 1e-9;

/** @throws {Error} when a store refuses a query */
export async function evaluate(
  checks: readonly Check[],
  stores: Stores,
  window: RunWindow,
): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  for (const check of checks) outcomes.push(await evaluateOne(check, stores, window));
  return outcomes;
}

async function evaluateOne(check: Check, stores: Stores, window: RunWindow): Promise<Outcome> {
  const series = (await ask(check, stores, window)).filter((each) => matches(each, check.series ?? {}));
  const value = reduce(check, series);
  const slack = Math.abs(value) * PRECISION;
  return { check, value, met: value >= check.min - slack && value <= check.max + slack };
}

function matches({ metric }: Series, labels: Readonly<Record<string, string>>): boolean {
  return Object.entries(labels).every(([name, value]) => metric[name] === value);
}

function reduce({ reduce: how, within }: Check, series: readonly Series[]): number {
  if (how === 'series') return series.length;
  const values = series.flatMap((each) => each.values.map(([, value]) => Number(value)));
  if (values.length === 0) return Number.NaN;
  if (how === 'min') return Math.min(...values);
  if (how === 'max') return Math.max(...values);
  if (how === 'share') return values.filter((value) => isWithin(value, within)).length / values.length;
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function isWithin(value: number, range: Range | undefined): boolean {
  return range !== undefined && value >= range.min && value <= range.max;
}

/** Ranges reach back by up to five minutes: the first of them has to lie in the part that is meant. */
const REACH_S = 300;

/** Database sessions are looked at this often. */
const SNAPSHOTS_S = 5;

/** Loki groups by at most 500 traces in one answer; there are a hundred in this time. */
const LOKI_SLICE_S = 120;

async function ask(
  { store, query, over }: Check,
  stores: Stores,
  window: RunWindow,
): Promise<readonly Series[]> {
  const to = seconds(over === 'baseline' ? window.incident : window.end);
  const from = seconds(over === 'steady' ? window.steady : window.start) + REACH_S;
  if (store === 'prometheus') {
    return queryRange(`${stores.prometheus}/api/v1`, { query: fillIn(query), from, to, step_s: 15 });
  }
  const answers: (readonly Series[])[] = [];
  for (let start = from; start <= to; start += LOKI_SLICE_S) {
    const end = Math.min(to, start + LOKI_SLICE_S - SNAPSHOTS_S);
    answers.push(
      await queryRange(`${stores.loki}/loki/api/v1`, { query, from: start, to: end, step_s: SNAPSHOTS_S }),
    );
  }
  return answers.flat();
}

/** @throws {Error} when the store refuses it */
async function queryRange(
  base: string,
  {
    query,
    from,
    to,
    step_s,
  }: { readonly query: string; readonly from: number; readonly to: number; readonly step_s: number },
): Promise<readonly Series[]> {
  const range = { start: `${from}`, end: `${to}`, step: `${step_s}` };
  const response = await fetch(`${base}/query_range?${new URLSearchParams({ query, ...range })}`);
  const text = await response.text();
  if (!response.ok) throw new Error(`${base} answers ${response.status} to ${query}: ${text}`);
  const { data } = JSON.parse(text) as { data: { result: readonly Series[] } };
  return data.result;
}

function seconds(time: string): number {
  return new Date(time).valueOf() / 1000;
}

/** A dashboard's variables, as they are when it opens. */
function fillIn(query: string): string {
  return query.replaceAll(/\$(service|route|called)\b/g, '.*');
}

/** One line for each check, for a terminal. */
export function formatOutcomes(outcomes: readonly Outcome[]): string {
  return outcomes
    .map(({ check, value, met }) => {
      const range = `${number(check.min)} to ${number(check.max)}`;
      const where = `${check.dashboard} / ${check.panel}`;
      return `${met ? 'ok  ' : 'MISS'} ${check.step}  ${check.quantity}: ${number(value)} (${range})  ${where}`;
    })
    .join('\n');
}

function number(value: number): string {
  return Number.isFinite(value) ? String(Number(value.toPrecision(4))) : String(value);
}
