/** The running stack: programs that are started together, watched, and ended together. */
import { Engine } from './engine.js';
import type { ProgramName } from './programs.js';
import type { ProgramSettings } from './settings.js';

export interface Running {
  /** Rejects when a program ends by itself. */
  readonly watch: () => Promise<never>;
  /** Returns when all of them are gone. */
  readonly stop: () => Promise<void>;
}

export class Stack<Name extends ProgramName = ProgramName> {
  readonly #settings: Readonly<Record<Name, ProgramSettings>>;
  readonly #engines: Engine[] = [];
  readonly #killAll = () => {
    for (const engine of this.#engines) engine.kill();
  };

  constructor(settings: Readonly<Record<Name, ProgramSettings>>) {
    this.#settings = settings;
    // However this process ends, nothing that it started is left behind.
    process.once('exit', this.#killAll);
  }

  /** @throws {UserError} naming a program that does not come up */
  async start(names: readonly Name[]): Promise<void> {
    const engines = names.map((name) => new Engine(this.#settings[name]));
    this.#engines.push(...engines);
    await Promise.all(engines.map((engine) => engine.waitUntilReady()));
  }

  url(name: Name): string {
    return this.#settings[name].url;
  }

  get pids(): Readonly<Partial<Record<ProgramName, number>>> {
    return Object.fromEntries(this.#engines.map(({ settings, pid }) => [settings.name, pid]));
  }

  /** Rejects when one of the programs ends by itself, with the end of its log. */
  watch(): Promise<never> {
    return Promise.race(
      this.#engines.map(async (engine) => {
        const how = await engine.ended;
        throw engine.failure(`ended by itself (${how})`);
      }),
    );
  }

  /** Returns when all of them are gone. */
  async stop(): Promise<void> {
    await Promise.all(this.#engines.map((engine) => engine.stop()));
    process.off('exit', this.#killAll);
  }
}
