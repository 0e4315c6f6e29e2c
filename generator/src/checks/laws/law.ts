import type { Observer } from '../measures/measure.js';
import type { MetricStore } from '../reading/metric-store.js';

export interface LawVerdict {
  /** One letter. */
  readonly id: string;
  /** What holds, in a line. */
  readonly law: string;
  readonly holds: boolean;
  /** How many things were compared, and how many of them did not agree. */
  readonly compared: number;
  readonly broken: number;
  /** The first few that did not agree, each told in a line. */
  readonly offenders: readonly string[];
  /** Something worth knowing although the law holds. */
  readonly note?: string;
}

/** Something on which two signals that were made independently have to agree. */
export interface Law extends Observer {
  verdict(metrics: MetricStore): LawVerdict;
}

const OFFENDERS_NAMED = 3;

/** Counts comparisons and keeps the first that fail. */
export class Findings {
  compared = 0;
  broken = 0;
  readonly offenders: string[] = [];

  check(agrees: boolean, describe: () => string): void {
    this.compared++;
    if (agrees) return;
    this.broken++;
    if (this.offenders.length < OFFENDERS_NAMED) this.offenders.push(describe());
  }

  /** A law that found nothing to compare does not hold, unless `mayBeEmpty`. */
  verdict(
    id: string,
    law: string,
    { note, mayBeEmpty = false }: { readonly note?: string; readonly mayBeEmpty?: boolean } = {},
  ): LawVerdict {
    const isEmpty = this.compared === 0 && !mayBeEmpty;
    return {
      id,
      law,
      holds: this.broken === 0 && !isEmpty,
      compared: this.compared,
      broken: this.broken,
      offenders: isEmpty ? ['there is nothing to compare'] : this.offenders,
      ...(note !== undefined && { note }),
    };
  }
}

/** An instant of the window for people: seconds from its start. */
export function at(time_us: number): string {
  return `+${(time_us / 1e6).toFixed(3)} s`;
}
