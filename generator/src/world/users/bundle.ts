/** Workflow definitions as callers of the API send them. */
import type { Random } from '../../simulation/random.js';
import { CONNECTORS, SUBJECTS } from '../postgres/data/table.js';

const ACTIVITIES = ['intake', 'routing', 'sync', 'approval', 'escalation', 'archive', 'digest'];
const STEPS = [8, 11] as const;
/** One in so many definitions ends with a delay, which the validation service objects to. */
const FAULTY_ONE_IN = 40;

interface Step {
  readonly key: string;
  readonly kind: string;
  readonly connector?: string;
  readonly dependsOn: readonly string[];
  readonly config: Readonly<Record<string, unknown>>;
}

export interface Definition {
  readonly name: string;
  readonly version: number;
  readonly steps: readonly Step[];
}

/** A valid definition. @param name unique in its tenant */
export function definition(name: string, random: Random): Definition {
  const count = random.integer(...STEPS);
  const steps = Array.from({ length: count }, (_, i): Step => {
    const isDelay = i === count - 1 && random.integer(1, FAULTY_ONE_IN) === 1;
    const kind = isDelay ? 'delay' : random.pick(['http', 'transform', 'branch', 'notify'] as const);
    const dependsOn = i === 0 ? [] : [`step-${i}`];
    const config = { description: `${kind} ${i + 1}`, timeoutSeconds: random.integer(5, 60) };
    const step = { key: `step-${i + 1}`, kind, dependsOn, config };
    return kind === 'http' || kind === 'notify' ? { ...step, connector: random.pick(CONNECTORS) } : step;
  });
  return { name, version: 1, steps };
}

/** Names that no definition had before. */
export class Names {
  readonly #random: Random;
  #count = 0;

  constructor(random: Random) {
    this.#random = random;
  }

  next(): string {
    return `${this.#random.pick(SUBJECTS)} ${this.#random.pick(ACTIVITIES)} ${++this.#count}`;
  }
}
