import { MILLION } from '../cpu-account.js';
import type { ServerState } from '../server-state.js';
import { Session } from '../session.js';
import { queryIdOf } from '../statements.js';

const STATEMENTS = [
  `SELECT relname, n_dead_tup, last_autovacuum FROM pg_stat_user_tables ORDER BY n_dead_tup DESC LIMIT 20;`,
  `SELECT pg_size_pretty(pg_database_size(current_database()));`,
  `SELECT indexrelname, idx_scan FROM pg_stat_user_indexes WHERE idx_scan = 0;`,
  `SELECT slot_name, active, restart_lsn FROM pg_replication_slots;`,
];
const STATEMENTS_A_SESSION = [2, 6] as const;
const STATEMENT_MS = [4, 60] as const;
const THINKING_S = [5, 40] as const;

/** A DBA who looks after the server now and then, by psql on its host. */
export class DbaShell {
  readonly #state: ServerState;
  readonly #sessions: Set<Session>;

  constructor(state: ServerState, sessions: Set<Session>) {
    this.#state = state;
    this.#sessions = sessions;
  }

  start(): void {
    const { clock, random, parameters } = this.#state;
    clock.schedule(random.exponential(parameters.psqlEvery_s * 1000), () => this.#connect());
  }

  #connect(): void {
    const { clock, random, takePid, parameters } = this.#state;
    const session = new Session(clock, {
      pid: takePid(),
      datname: parameters.database,
      usename: 'postgres',
      applicationName: 'psql',
      clientPort: -1,
      backendType: 'client backend',
    });
    session.ready();
    this.#sessions.add(session);
    this.#think(session, random.integer(...STATEMENTS_A_SESSION));
  }

  #think(session: Session, statementsLeft: number): void {
    const { clock, random } = this.#state;
    clock.schedule(random.between(...THINKING_S) * 1000, () => {
      if (statementsLeft > 0) {
        this.#run(session, statementsLeft - 1);
      } else {
        this.#sessions.delete(session);
        this.start();
      }
    });
  }

  #run(session: Session, statementsLeft: number): void {
    const { clock, random, account, oldestXid } = this.#state;
    const query = random.pick(STATEMENTS);
    const demand = { cpu: MILLION / 2, io: MILLION / 4 };
    session.startStatement(query, queryIdOf(query), oldestXid());
    account.start(demand);
    clock.schedule(random.between(...STATEMENT_MS), () => {
      account.stop(demand);
      session.finishStatement('idle');
      this.#think(session, statementsLeft);
    });
  }
}
