import { MILLION } from '../cpu-account.js';
import type { ServerState } from '../server-state.js';
import { Session } from '../session.js';
import { queryIdOf } from '../statements.js';

/** CPU that one process of a query needs at most, in cores: the rest of its time goes to reading. */
const PROCESS_CPU = 0.72;
const PROCESS_IO = 0.2;
const CPU_JITTER = 0.03;
const QUERIES = [
  `SELECT date_trunc('day', started_at) AS day, status, count(*) FROM executions WHERE started_at >= $1 GROUP BY 1, 2 ORDER BY 1`,
  `SELECT t.plan, percentile_cont(0.95) WITHIN GROUP (ORDER BY e.finished_at - e.started_at) FROM executions e JOIN tenants t ON t.id = e.tenant_id GROUP BY t.plan`,
  `SELECT tenant_id, sum(value) FROM usage_counters WHERE period >= $1 GROUP BY tenant_id ORDER BY 2 DESC`,
  `SELECT w.id, count(s.id) FROM workflows w JOIN execution_steps s ON s.step_key = w.name WHERE s.status = 'failed' GROUP BY w.id`,
  `SELECT dataset_id, avg(length(payload::text)) FROM dataset_records GROUP BY dataset_id`,
];

/**
 * The reporting role's sessions: long analytic queries back to back, each with one parallel worker where there are
 * processes left for one. Together they take the share of the host that the parameters say.
 */
export class Reporting {
  readonly #state: ServerState;
  readonly #sessions: Set<Session>;

  constructor(state: ServerState, sessions: Set<Session>) {
    this.#state = state;
    this.#sessions = sessions;
  }

  start(): void {
    const { account, parameters } = this.#state;
    const wanted = (account.cores * parameters.reportingCpuPercent) / 100;
    if (wanted === 0) return;
    const processes = Math.max(1, Math.ceil(wanted / PROCESS_CPU));
    for (let left = processes; left > 0; left -= 2) this.#startSession(Math.min(left, 2), wanted / processes);
  }

  /** @param processes that its queries run in @param cpu of each, in cores */
  #startSession(processes: number, cpu: number): void {
    const { clock, random, takePid, parameters } = this.#state;
    const session = new Session(clock, {
      pid: takePid(),
      datname: parameters.database,
      usename: 'reporting',
      applicationName: 'reporting',
      clientAddr: '10.20.7.21',
      clientPort: random.integer(32_768, 60_999),
      backendType: 'client backend',
      backendStartUs: -random.integer(3600, 40_000) * MILLION - random.integer(1, 999_999),
    });
    session.ready();
    this.#sessions.add(session);
    this.#startQuery(session, processes, cpu);
  }

  #startQuery(leader: Session, processes: number, cpu: number): void {
    const { clock, random, account, oldestXid, parameters } = this.#state;
    const query = random.pick(QUERIES);
    const workers = Array.from({ length: processes - 1 }, () => this.#startWorker(leader));
    const all = [leader, ...workers];
    const durationUs = Math.round(random.between(...parameters.reportingQuery_s) * MILLION);
    for (const session of all) {
      session.startStatement(query, queryIdOf(query), oldestXid());
      this.#showReads(session, durationUs);
    }
    const demand = {
      cpu: Math.round(processes * cpu * random.between(1 - CPU_JITTER, 1 + CPU_JITTER) * MILLION),
      io: Math.round(processes * PROCESS_IO * MILLION),
    };
    account.start(demand);
    clock.schedule(durationUs / 1000, () => {
      account.stop(demand);
      for (const worker of workers) this.#sessions.delete(worker);
      leader.finishStatement('idle');
      const pauseMs = random.between(...parameters.reportingPause_ms);
      clock.schedule(pauseMs, () => this.#startQuery(leader, processes, cpu));
    });
  }

  #startWorker(leader: Session): Session {
    const { clock, takePid, parameters } = this.#state;
    const worker = new Session(clock, {
      pid: takePid(),
      leaderPid: leader.pid,
      datname: parameters.database,
      usename: 'reporting',
      applicationName: leader.applicationName,
      backendType: 'parallel worker',
    });
    this.#sessions.add(worker);
    return worker;
  }

  /** Some of the time a query is seen reading. */
  #showReads(session: Session, durationUs: number): void {
    const { clock, random } = this.#state;
    const fromUs = clock.nowUs + Math.round(random.between(0.1, 0.6) * durationUs);
    session.waitFor(
      { type: 'IO', event: 'DataFileRead' },
      fromUs,
      fromUs + Math.round(PROCESS_IO * durationUs),
    );
  }
}
