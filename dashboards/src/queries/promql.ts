/** PromQL from parts. Durations are PromQL's or Grafana's own variables. */
import type { Threshold } from '../config.js';

/** Grafana's choice for rates: four scrapes at least, and the panel's resolution. */
export const RATE = '$__rate_interval';

/** Start of the dashboard's range, as Unix seconds. */
const START = '$' + '{__from:date:seconds}';

export type Labels = Readonly<Record<string, string>>;

/** `{a="x", b=~"y"}`; a value that begins with an operator keeps it: `=~"..."`, `!="..."`. */
export function selector(labels: Labels): string {
  const matchers = Object.entries(labels).map(([name, value]) =>
    /^(=~|!=|!~)/.test(value) ? `${name}${value}` : `${name}="${value}"`,
  );
  return matchers.length === 0 ? '' : `{${matchers.join(', ')}}`;
}

export function rate(metric: string, labels: Labels, window: string): string {
  return `rate(${metric}${selector(labels)}[${window}])`;
}

export function sumRate(metric: string, labels: Labels, { by, window }: Grouping): string {
  return `${sumBy(by)}(${rate(metric, labels, window)})`;
}

export interface Grouping {
  readonly by?: readonly string[];
  readonly window: string;
}

export function sumBy(by: readonly string[] = []): string {
  return by.length === 0 ? 'sum' : `sum by (${by.join(', ')}) `;
}

export function quantile(
  q: number,
  histogram: string,
  labels: Labels,
  { by = [], window }: Grouping,
): string {
  return `histogram_quantile(${q}, ${sumRate(`${histogram}_bucket`, labels, { by: ['le', ...by], window })})`;
}

/** Mean of a histogram. */
export function mean(histogram: string, labels: Labels, grouping: Grouping): string {
  return `${sumRate(`${histogram}_sum`, labels, grouping)} / ${sumRate(`${histogram}_count`, labels, grouping)}`;
}

/** How many are under way at once on average: rate times mean duration. */
export function inFlight(histogram: string, labels: Labels, grouping: Grouping): string {
  return sumRate(`${histogram}_sum`, labels, grouping);
}

/** Makes every range of an expression end `window` after the start of the dashboard's range. */
export function atStart(expression: string, window: string): string {
  return expression.replaceAll(/\[[^\]]+\]/g, `[${window}] @ ${START} offset -${window}`);
}

export interface Wording {
  /** A threshold as people read it: `5 %`. */
  readonly say: (value: number) => string;
  /** Counts reach a threshold, measures pass it. */
  readonly counts?: boolean;
}

/** Gives a figure a label that says on which side of its thresholds it is, so that colour is not alone in saying it. */
export function withState(expression: string, { warn, over }: Threshold, { say, counts }: Wording): string {
  const passed = (value: number) => (counts ? `${say(value)} or more` : `over ${say(value)}`);
  const state = (value: string, words: string) => `label_replace(${value}, "state", "${words}", "", "")`;
  return [
    state(`(${expression}) >= ${over}`, `▲ ${passed(over)}`),
    state(`((${expression}) >= ${warn}) < ${over}`, `◆ ${passed(warn)}`),
    state(`(${expression}) < ${warn}`, `under ${say(warn)}`),
  ].join(' or ');
}

/** The moments at which a condition begins to hold that has not held for ten minutes: one point each. */
export function onset(condition: string): string {
  return `(${condition}) unless count_over_time((${condition})[10m:15s] offset 15s)`;
}

/**
 * The Unix time in ms at which an expression last had a value, told for five minutes: an annotation query is evaluated
 * at steps of Grafana's choice, which may pass a single point by.
 */
export function momentOf(expression: string, { delay_s = 0 }: { readonly delay_s?: number } = {}): string {
  const offset = delay_s === 0 ? '' : ` offset ${delay_s}s`;
  return `1000 * (${delay_s} + last_over_time(((${expression}) * 0 + time())[5m:15s]${offset}))`;
}
