import type { Random } from '../../simulation/random.js';
import { type CpuAccount, type Demand, MILLION } from './cpu-account.js';
import type { Duration_ms, PostgresParameters } from './parameters.js';
import type { WaitEvent } from './session.js';

export type CostKind = 'read' | 'write' | 'control' | 'commit';

/** How one execution of a statement goes. */
export interface Cost {
  readonly durationUs: number;
  readonly demand: Demand;
  /** What it waits for while it needs no CPU, if anything shows. */
  readonly wait: WaitEvent | undefined;
  readonly waitFromUs: number;
  readonly waitToUs: number;
}

/** Quantiles in a deck: enough for a fine distribution, few enough for each minute to see all of it. */
const DECK_SIZE = 50;

/** What statements wait for, each as often as it stands here. */
const WAITS: Readonly<Record<CostKind, readonly (WaitEvent | undefined)[]>> = {
  read: [
    { type: 'IO', event: 'DataFileRead' },
    undefined,
    { type: 'LWLock', event: 'BufferMapping' },
    undefined,
  ],
  write: [
    { type: 'LWLock', event: 'WALInsert' },
    undefined,
    { type: 'IO', event: 'DataFileExtend' },
    undefined,
  ],
  control: [undefined],
  commit: [
    { type: 'IO', event: 'WALSync' },
    { type: 'LWLock', event: 'WALWrite' },
    { type: 'IO', event: 'WALSync' },
  ],
};

/** Draws what statements cost. The more the cores have to do, the longer the part takes that needs one. */
export class Costs {
  readonly #account: CpuAccount;
  readonly #parameters: PostgresParameters;
  readonly #random: Random;
  readonly #decks: Readonly<Record<CostKind, () => number>>;
  #drawn = 0;

  constructor(account: CpuAccount, random: Random, parameters: PostgresParameters) {
    this.#account = account;
    this.#parameters = parameters;
    this.#random = random;
    const deck = () => random.deck(DECK_SIZE);
    this.#decks = { read: deck(), write: deck(), control: deck(), commit: deck() };
  }

  draw(kind: CostKind): Cost {
    const { statementCpuShare, statementOverhead_ms } = this.#parameters;
    const unloadedUs = this.#random.triangular(...this.#durations(kind), this.#decks[kind]()) * 1000;
    const cpuUs = unloadedUs * statementCpuShare;
    const waitUs = unloadedUs - cpuUs;
    const stretch = Math.max(1, (this.#account.load + statementCpuShare) / this.#account.cores);
    const durationUs = Math.max(1, Math.round(waitUs + cpuUs * stretch));
    const waits = WAITS[kind];
    const wait = waits[this.#drawn++ % waits.length];
    this.#account.charge(statementOverhead_ms);
    const waitFromUs = Math.round((cpuUs * stretch) / 2);
    return {
      durationUs,
      demand: {
        cpu: Math.round((MILLION * cpuUs) / durationUs),
        io: wait?.type === 'IO' ? Math.round((MILLION * waitUs) / durationUs) : 0,
      },
      wait,
      waitFromUs,
      waitToUs: waitFromUs + Math.round(waitUs),
    };
  }

  #durations(kind: CostKind): Duration_ms {
    switch (kind) {
      case 'read':
        return this.#parameters.read_ms;
      case 'write':
        return this.#parameters.write_ms;
      case 'control':
        return this.#parameters.control_ms;
      case 'commit':
        return this.#parameters.commit_ms;
    }
  }
}
