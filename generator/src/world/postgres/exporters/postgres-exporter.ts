import type { Backend } from '../backend.js';
import type { ServerState } from '../server-state.js';
import { Session } from '../session.js';
import { queryIdOf } from '../statements.js';
import type { SessionRow } from '../types.js';
import { exposition, type Labels, type MetricFamily, type Sample } from './exposition.js';

export interface PostgresExporterOptions {
  readonly sessions: Set<Session>;
  readonly backends: () => Iterable<Backend>;
  readonly maxConnections: number;
}

const STATES = [
  'active',
  'idle',
  'idle in transaction',
  'fastpath function call',
  'idle in transaction (aborted)',
  'disabled',
];
const OTHER_DATABASES = ['postgres', 'template0', 'template1'];
const LOCK_MODES = [
  'accessexclusivelock',
  'accesssharelock',
  'exclusivelock',
  'rowexclusivelock',
  'rowsharelock',
  'sharelock',
  'sharerowexclusivelock',
  'shareupdateexclusivelock',
  'sireadlock',
] as const;
const ACTIVITY_QUERY =
  'SELECT pg_database.datname, tmp.state, tmp2.usename, tmp2.application_name, COALESCE(count,0) as count, COALESCE(max_tx_duration,0) as max_tx_duration FROM pg_database LEFT JOIN pg_stat_activity';
const SCRAPE_MS = 18;

interface Group {
  readonly labels: Labels;
  count: number;
  maxDuration: number;
}

/** What postgres_exporter exposes of the server, by a connection of its own. */
export class PostgresExporter {
  readonly #state: ServerState;
  readonly #options: PostgresExporterOptions;
  readonly #session: Session;
  /** Every group of sessions that was ever there: one that is gone goes on as zero, for it would else be taken to last. */
  readonly #groups = new Map<string, Group>();

  constructor(state: ServerState, options: PostgresExporterOptions) {
    const { clock, random, takePid, parameters } = state;
    this.#state = state;
    this.#options = options;
    this.#session = new Session(clock, {
      pid: takePid(),
      datname: 'postgres',
      usename: 'postgres_exporter',
      applicationName: 'postgres_exporter',
      clientAddr: '127.0.0.1',
      clientPort: random.integer(32_768, 60_999),
      backendType: 'client backend',
    });
    this.#session.ready();
    options.sessions.add(this.#session);
    for (const datname of [parameters.database, ...OTHER_DATABASES]) {
      for (const state of STATES) this.#group({ datname, state });
    }
  }

  scrape(): string {
    this.#query();
    return exposition([...this.#activity(), ...this.#settings(), ...this.#databases(), this.#locks()]);
  }

  /** The exporter's own query is part of what it sees. */
  #query(): void {
    const { clock, account, oldestXid } = this.#state;
    const demand = { cpu: 600_000, io: 0 };
    this.#session.startStatement(ACTIVITY_QUERY, queryIdOf(ACTIVITY_QUERY), oldestXid());
    account.start(demand);
    clock.schedule(SCRAPE_MS, () => {
      account.stop(demand);
      this.#session.finishStatement('idle');
    });
  }

  #activity(): MetricFamily[] {
    for (const group of this.#groups.values()) {
      group.count = 0;
      group.maxDuration = 0;
    }
    const { nowUs } = this.#state.clock;
    for (const session of this.#options.sessions) {
      if (session.state === null || session.datname === null) continue;
      const group = this.#group(labelsOf(session));
      group.count++;
      if (session.xactStartUs !== null) {
        group.maxDuration = Math.max(group.maxDuration, (nowUs - session.xactStartUs) / 1e6);
      }
    }
    const groups = [...this.#groups.values()];
    return [
      gauge(
        'pg_stat_activity_count',
        'number of connections in this state',
        groups.map(({ labels, count }) => ({ labels, value: count })),
      ),
      gauge(
        'pg_stat_activity_max_tx_duration',
        'max duration in seconds any active transaction has been running',
        groups.map(({ labels, maxDuration }) => ({ labels, value: maxDuration })),
      ),
    ];
  }

  #group(labels: Labels): Group {
    const all = { ...NO_LABELS, ...labels };
    const key = Object.values(all).join('\n');
    let group = this.#groups.get(key);
    if (group === undefined) {
      group = { labels: all, count: 0, maxDuration: 0 };
      this.#groups.set(key, group);
    }
    return group;
  }

  #settings(): MetricFamily[] {
    const { parameters } = this.#state;
    const labels = { server: parameters.address };
    const help = 'Server Parameter: max_connections. Sets the maximum number of concurrent connections.';
    return [
      gauge(
        'pg_up',
        'Whether the last scrape of metrics from PostgreSQL was able to connect to the server.',
        [{ labels: {}, value: 1 }],
      ),
      gauge('pg_settings_max_connections', help, [{ labels, value: this.#options.maxConnections }]),
    ];
  }

  #databases(): MetricFamily[] {
    const { counts, parameters } = this.#state;
    const datname = parameters.database;
    const labels = { datid: '16384', datname };
    let backends = 0;
    for (const session of this.#options.sessions) if (session.datname === datname) backends++;
    // The real exporter's names have no _total, so their type is left open.
    const counter = (column: string, help: string, value: number): MetricFamily => ({
      name: `pg_stat_database_${column}`,
      help,
      type: 'unknown',
      samples: [{ labels, value }],
    });
    return [
      gauge('pg_stat_database_numbackends', 'Number of backends currently connected to this database.', [
        { labels, value: backends },
      ]),
      counter(
        'xact_commit',
        'Number of transactions in this database that have been committed',
        counts.commits,
      ),
      counter(
        'xact_rollback',
        'Number of transactions in this database that have been rolled back',
        counts.rollbacks,
      ),
      counter('tup_returned', 'Number of rows returned by queries in this database', counts.returned),
      counter('tup_inserted', 'Number of rows inserted by queries in this database', counts.inserted),
      counter('tup_updated', 'Number of rows updated by queries in this database', counts.updated),
      counter('tup_deleted', 'Number of rows deleted by queries in this database', counts.deleted),
      counter('deadlocks', 'Number of deadlocks detected in this database', counts.deadlocks),
    ];
  }

  #locks(): MetricFamily {
    const { database } = this.#state.parameters;
    const counts = Object.fromEntries(LOCK_MODES.map((mode) => [mode, 0])) as Record<
      (typeof LOCK_MODES)[number],
      number
    >;
    for (const { session, touched, waitsFor } of this.#options.backends()) {
      if (session.xactStartUs !== null) counts.exclusivelock++; // its virtual transaction
      if (session.backendXid !== null) counts.exclusivelock++;
      if (waitsFor !== undefined) counts.sharelock++;
      for (const [{ table }, written] of touched) {
        const relations = 1 + table.unique.length;
        if (written) counts.rowexclusivelock += relations;
        else counts.accesssharelock += relations;
      }
    }
    const samples = [database, ...OTHER_DATABASES].flatMap((datname) =>
      LOCK_MODES.map(
        (mode): Sample => ({ labels: { datname, mode }, value: datname === database ? counts[mode] : 0 }),
      ),
    );
    return gauge('pg_locks_count', 'Number of locks', samples);
  }
}

const NO_LABELS: Labels = {
  datname: '',
  state: '',
  usename: '',
  application_name: '',
  backend_type: '',
  wait_event_type: '',
  wait_event: '',
};

function labelsOf(session: SessionRow): Labels {
  return {
    datname: session.datname ?? '',
    state: session.state ?? '',
    usename: session.usename ?? '',
    application_name: session.applicationName,
    backend_type: session.backendType,
    wait_event_type: session.waitEventType ?? '',
    wait_event: session.waitEvent ?? '',
  };
}

function gauge(name: string, help: string, samples: readonly Sample[]): MetricFamily {
  return { name, help, type: 'gauge', samples };
}
