import type { AppLine } from '../reading/read-logs.js';
import { type Measure, type MeasureContext, type Measured, one } from './measure.js';
import { percent } from './statistics.js';

const OTHERS_NAMED = 4;

/** How many lines the app wrote, and which share of them each group of events has. */
export class LogMeasure implements Measure {
  readonly #groups: MeasureContext['measuring']['logGroups'];
  readonly #lines = new Map<string, number>();
  #total = 0;

  constructor({ measuring }: MeasureContext) {
    this.#groups = measuring.logGroups;
  }

  line({ event }: AppLine): void {
    this.#total++;
    this.#lines.set(event, (this.#lines.get(event) ?? 0) + 1);
  }

  results(): Record<string, Measured> {
    const others = new Map(this.#lines);
    const results: Record<string, Measured> = { 'logs.lines': one(this.#total) };
    for (const [group, events] of Object.entries(this.#groups)) {
      const lines = events.reduce((sum, event) => sum + (others.get(event) ?? 0), 0);
      for (const event of events) others.delete(event);
      results[`logs.${group}_percent`] = one(percent(lines, this.#total));
    }
    const rest = [...others].sort(([, a], [, b]) => b - a);
    const lines = rest.reduce((sum, [, count]) => sum + count, 0);
    const named = rest.slice(0, OTHERS_NAMED).map(([event, count]) => `${event} ${count}`);
    results['logs.other_percent'] = one(percent(lines, this.#total), named.join(', '));
    return results;
  }
}
