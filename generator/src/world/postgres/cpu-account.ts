import type { VirtualClock } from '../../simulation/clock.js';

/** What runs needs so much of a core and of the disk. In millionths, whole: sums of them stay exact. */
export interface Demand {
  readonly cpu: number;
  readonly io: number;
}

/** Seconds since the start, of all cores together. */
export interface CpuUse {
  readonly user: number;
  readonly system: number;
  readonly iowait: number;
  readonly disk: number;
}

export const MILLION = 1_000_000;

const SYSTEM_SHARE = 0.16;
/** Of what is charged beside statements: network and log. */
const CHARGED_SYSTEM_SHARE = 0.6;
/** Share of the time that something waits for the disk in which the kernel books a core as waiting. */
const IOWAIT_SHARE = 0.03;
/** Share of that time in which the disk itself is at work. */
const DISK_SHARE = 0.12;

/** Adds up what the host's cores did: at every instant they do what runs then, but no more than there are cores. */
export class CpuAccount {
  readonly cores: number;
  readonly #clock: VirtualClock;
  #cpu = 0;
  #io = 0;
  #sinceUs: number;
  #cpuSeconds = 0;
  #ioSeconds = 0;
  #diskSeconds = 0;
  #chargedSeconds = 0;

  constructor(clock: VirtualClock, cores: number) {
    this.#clock = clock;
    this.#sinceUs = clock.nowUs;
    this.cores = cores;
  }

  /** Cores' worth of work that is running. */
  get load(): number {
    return this.#cpu / MILLION;
  }

  start({ cpu, io }: Demand): void {
    this.#addUp();
    this.#cpu += cpu;
    this.#io += io;
  }

  stop({ cpu, io }: Demand): void {
    this.#addUp();
    this.#cpu -= cpu;
    this.#io -= io;
  }

  /** Books CPU time that is not tied to a process. */
  charge(ms: number): void {
    this.#chargedSeconds += ms / 1000;
  }

  use(): CpuUse {
    this.#addUp();
    return {
      user: this.#cpuSeconds * (1 - SYSTEM_SHARE) + this.#chargedSeconds * (1 - CHARGED_SYSTEM_SHARE),
      system: this.#cpuSeconds * SYSTEM_SHARE + this.#chargedSeconds * CHARGED_SYSTEM_SHARE,
      iowait: this.#ioSeconds * IOWAIT_SHARE,
      disk: this.#diskSeconds,
    };
  }

  #addUp(): void {
    const seconds = (this.#clock.nowUs - this.#sinceUs) / MILLION;
    if (seconds === 0) return;
    this.#sinceUs = this.#clock.nowUs;
    const io = this.#io / MILLION;
    this.#cpuSeconds += seconds * Math.min(this.#cpu / MILLION, this.cores);
    this.#ioSeconds += seconds * io;
    this.#diskSeconds += seconds * Math.min(io * DISK_SHARE, 1);
  }
}
