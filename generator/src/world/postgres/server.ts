import { Backend } from './backend.js';
import { startBackground } from './background/background.js';
import { Connection } from './connection.js';
import { hashText } from './data/entity-id.js';
import type { StoredRow } from './data/schema.js';
import { DatabaseError, SQLSTATE } from './database-error.js';
import { NodeExporter } from './exporters/node-exporter.js';
import { PostgresExporter } from './exporters/postgres-exporter.js';
import { completeParameters, type PostgresParameters } from './parameters.js';
import { ServerState } from './server-state.js';
import { Session } from './session.js';
import type { ConnectOptions, DatabaseConnection, PostgresServerOptions, SessionRow } from './types.js';

/** Connections that only superusers get. */
const RESERVED_CONNECTIONS = 3;
const EPHEMERAL_PORTS = [32_768, 60_999] as const;

/**
 * A PostgreSQL 15 server in virtual time: it understands the application's statements, holds transactions and locks,
 * takes time and CPU for what it does, and shows its sessions as `pg_stat_activity` does.
 */
export class PostgresServer {
  readonly parameters: PostgresParameters;
  /** The system identifier, as collectors of sessions name the server. */
  readonly id: string;
  readonly #state: ServerState;
  /** In the order in which the processes were started. */
  readonly #sessions = new Set<Session>();
  readonly #connections = new Map<number, { readonly connection: Connection; readonly backend: Backend }>();
  readonly #postgresExporter: PostgresExporter;
  readonly #nodeExporter: NodeExporter;
  #connecting = 0;

  /** @throws {RangeError} naming a parameter that is out of its range */
  constructor({ clock, random, parameters }: PostgresServerOptions) {
    this.parameters = completeParameters(parameters);
    this.#state = new ServerState(clock, random, this.parameters);
    this.id = `7${String(random.nextUint32()).padStart(10, '0')}${String(random.nextUint32() % 1e8).padStart(8, '0')}`;
    startBackground(this.#state, this.#sessions);
    this.#postgresExporter = new PostgresExporter(this.#state, {
      sessions: this.#sessions,
      backends: () => [...this.#connections.values()].map(({ backend }) => backend),
      maxConnections: this.maxConnections,
    });
    this.#nodeExporter = new NodeExporter(this.#state, this.#sessions);
  }

  /** The setting `max_connections`. */
  get maxConnections(): number {
    return Math.round(this.parameters.maxConnections * Math.max(1, this.parameters.scale));
  }

  /** The server's clock, in microseconds since the start of the simulation. */
  get nowUs(): number {
    return this.#state.clock.nowUs;
  }

  /**
   * Opens a connection.
   * @throws {DatabaseError} 53300 when there are too many
   */
  async connect(options: ConnectOptions): Promise<DatabaseConnection> {
    const { clock, random } = this.#state;
    const used = this.#clientBackends() + this.#connecting;
    if (used >= this.maxConnections - RESERVED_CONNECTIONS) {
      throw new DatabaseError(
        SQLSTATE.tooManyConnections,
        used >= this.maxConnections
          ? 'sorry, too many clients already'
          : 'remaining connection slots are reserved for non-replication superuser connections',
        { severity: 'FATAL' },
      );
    }
    this.#connecting++;
    const delayMs = random.triangular(...this.parameters.connect_ms);
    await new Promise<void>((resolve) => clock.schedule(delayMs, resolve));
    this.#connecting--;
    return this.#open(options);
  }

  /** The rows of `pg_stat_activity`, the server's own processes included. */
  sessions(): readonly SessionRow[] {
    return [...this.#sessions];
  }

  /** Ends a client's session, as `pg_terminate_backend` does. @returns whether there was one */
  terminate(pid: number): boolean {
    const found = this.#connections.get(pid);
    found?.connection.terminate();
    return found !== undefined;
  }

  /** A row that was there before the simulation began, by its number (see `entityId`); undefined when there was none. */
  populationRow(table: string, n: number): Readonly<StoredRow> | undefined {
    const data = this.#state.database.table(table);
    return data.exists(n) ? data.populationRow(n) : undefined;
  }

  /** One scrape of postgres_exporter, as text. */
  postgresExporter(): string {
    return this.#postgresExporter.scrape();
  }

  /** One scrape of the database host's node_exporter, as text. */
  nodeExporter(): string {
    return this.#nodeExporter.scrape();
  }

  #clientBackends(): number {
    let count = 0;
    for (const { backendType } of this.#sessions) if (backendType === 'client backend') count++;
    return count;
  }

  #open({ applicationName, user = this.parameters.user, clientAddress }: ConnectOptions): Connection {
    const { clock, random, takePid } = this.#state;
    const session = new Session(clock, {
      pid: takePid(),
      datname: this.parameters.database,
      usename: user,
      applicationName,
      clientAddr: clientAddress ?? `10.20.4.${16 + (hashText(applicationName) % 200)}`,
      clientPort: random.integer(...EPHEMERAL_PORTS),
      backendType: 'client backend',
    });
    session.ready();
    this.#sessions.add(session);
    const backend = new Backend(this.#state, session);
    const connection = new Connection(backend, () => {
      this.#sessions.delete(session);
      this.#connections.delete(session.pid);
    });
    this.#connections.set(session.pid, { connection, backend });
    return connection;
  }
}
