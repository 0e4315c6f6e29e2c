import { MILLION } from '../cpu-account.js';
import { tables } from '../data/tables.js';
import type { ServerState } from '../server-state.js';
import { Session } from '../session.js';

const IO = 0.25;
const VACUUM_DELAY = { type: 'Timeout', event: 'VacuumDelay' };

/** Starts vacuum workers again and again: one, and on larger hosts one for every eight cores. */
export class AutovacuumLauncher {
  readonly #state: ServerState;
  readonly #sessions: Set<Session>;

  constructor(state: ServerState, sessions: Set<Session>) {
    this.#state = state;
    this.#sessions = sessions;
  }

  start(): void {
    const { account, parameters } = this.#state;
    const workers = Math.max(1, Math.round(account.cores / 8));
    const cpu = Math.round((account.cores * parameters.autovacuumCpuPercent * MILLION) / 100 / workers);
    for (let i = 0; i < workers; i++) this.#pause(cpu);
  }

  #pause(cpu: number): void {
    const { clock, random, parameters } = this.#state;
    clock.schedule(random.between(...parameters.autovacuumPause_s) * 1000, () => this.#run(cpu));
  }

  #run(cpu: number): void {
    const { clock, random, account, takePid, oldestXid, parameters } = this.#state;
    const session = new Session(clock, {
      pid: takePid(),
      datname: parameters.database,
      backendType: 'autovacuum worker',
    });
    const table = random.pick([...tables.keys()]);
    session.startStatement(
      `autovacuum: VACUUM ${random.next() < 0.5 ? 'ANALYZE ' : ''}public.${table}`,
      null,
      oldestXid(),
    );
    session.waitFor(VACUUM_DELAY);
    this.#sessions.add(session);
    const demand = { cpu, io: Math.round(IO * MILLION) };
    account.start(demand);
    clock.schedule(random.between(...parameters.autovacuumRun_s) * 1000, () => {
      account.stop(demand);
      this.#sessions.delete(session);
      this.#pause(cpu);
    });
  }
}
