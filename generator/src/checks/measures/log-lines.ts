import type { AppLine } from '../reading/read-logs.js';
import { type Measure, type MeasureContext, type Measured, one } from './measure.js';
import { percent } from './statistics.js';

/** How many lines the app wrote, and which share of them each group of events has. */
export class LogMeasure implements Measure {
  readonly #groupOf = new Map<string, string>();
  readonly #lines = new Map<string, number>([['other', 0]]);
  #total = 0;

  constructor({ measuring }: MeasureContext) {
    for (const [group, events] of Object.entries(measuring.logGroups)) {
      this.#lines.set(group, 0);
      for (const event of events) this.#groupOf.set(event, group);
    }
  }

  line({ event }: AppLine): void {
    const group = this.#groupOf.get(event) ?? 'other';
    this.#total++;
    this.#lines.set(group, (this.#lines.get(group) ?? 0) + 1);
  }

  results(): Record<string, Measured> {
    const shares = Array.from(this.#lines, ([group, lines]) => [
      `logs.${group}_percent`,
      one(percent(lines, this.#total)),
    ]);
    return { 'logs.lines': one(this.#total), ...Object.fromEntries(shares) };
  }
}
