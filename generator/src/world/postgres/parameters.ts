/** Shortest, most frequent and longest time of a statement on a server that has CPU to spare, in ms. */
export type Duration_ms = readonly [low: number, mode: number, high: number];

/** What a simulated server is like. Every member has its default, its unit and its range below. */
export interface PostgresParameters {
  /** Multiplies cores, memory and background work. 0.05 to 100. */
  readonly scale: number;
  /** CPU cores at scale 1. 1 to 128. */
  readonly cores: number;
  readonly memory_GiB: number;
  /** The application's database and the role that owns it. */
  readonly database: string;
  readonly user: string;
  /** Where the server listens, as exporters name it: `host:port`. */
  readonly address: string;
  /** Connections that the server accepts, three of them kept for superusers, at every scale. 10 to 100,000. */
  readonly maxConnections: number;
  /** Bytes of a statement's text that `pg_stat_activity` keeps. 100 to 1,048,576. */
  readonly trackActivityQuerySize: number;

  readonly connect_ms: Duration_ms;
  readonly read_ms: Duration_ms;
  readonly write_ms: Duration_ms;
  /** BEGIN, SET and the like, ROLLBACK, and COMMIT of what wrote nothing. */
  readonly control_ms: Duration_ms;
  /** COMMIT of a transaction that wrote: it flushes the log. */
  readonly commit_ms: Duration_ms;
  /** Share of a statement's time in which it needs a CPU; in the rest it waits for disk or network. 0.05 to 1. */
  readonly statementCpuShare: number;
  /** CPU time that a statement costs besides: network, log writer, and the vacuuming that it leads to. 0 to 20 ms. */
  readonly statementOverhead_ms: number;

  /** Analytic queries of the reporting role, in points of the host's CPU. 0 to 90. */
  readonly reportingCpuPercent: number;
  readonly reportingQuery_s: readonly [low: number, high: number];
  /** Pause between two of them. */
  readonly reportingPause_ms: readonly [low: number, high: number];
  /** One autovacuum worker at work, in points of the host's CPU at scale 1. 0 to 50. */
  readonly autovacuumCpuPercent: number;
  readonly autovacuumRun_s: readonly [low: number, high: number];
  readonly autovacuumPause_s: readonly [low: number, high: number];
  /** Checkpointer, writers, the kernel and the host's other processes, in points of the host's CPU. 0 to 50. */
  readonly hostCpuPercent: number;
  /** A DBA's psql sessions start this far apart on average. */
  readonly psqlEvery_s: number;
}

export const defaultParameters: PostgresParameters = {
  scale: 1,
  cores: 8,
  memory_GiB: 32,
  database: 'workflows',
  user: 'app',
  address: 'postgres:5432',
  maxConnections: 300,
  trackActivityQuerySize: 4096,
  connect_ms: [2, 3, 5],
  read_ms: [0.8, 1.5, 2.9],
  write_ms: [1, 1.8, 2.9],
  control_ms: [0.2, 0.3, 0.8],
  commit_ms: [0.3, 0.5, 0.8],
  statementCpuShare: 0.8,
  statementOverhead_ms: 0.5,
  reportingCpuPercent: 26,
  reportingQuery_s: [12, 55],
  reportingPause_ms: [40, 250],
  autovacuumCpuPercent: 1.5,
  autovacuumRun_s: [20, 70],
  autovacuumPause_s: [5, 20],
  hostCpuPercent: 3.5,
  psqlEvery_s: 400,
};

type Range = readonly [low: number, high: number];

const RANGES: Partial<Record<keyof PostgresParameters, Range>> = {
  scale: [0.05, 100],
  cores: [1, 128],
  memory_GiB: [1, 4096],
  maxConnections: [10, 100_000],
  trackActivityQuerySize: [100, 1_048_576],
  connect_ms: [0.1, 1000],
  read_ms: [0.05, 1000],
  write_ms: [0.05, 1000],
  control_ms: [0.05, 1000],
  commit_ms: [0.05, 1000],
  statementCpuShare: [0.05, 1],
  statementOverhead_ms: [0, 20],
  reportingCpuPercent: [0, 90],
  reportingQuery_s: [1, 3600],
  reportingPause_ms: [1, 600_000],
  autovacuumCpuPercent: [0, 50],
  autovacuumRun_s: [1, 3600],
  autovacuumPause_s: [1, 3600],
  hostCpuPercent: [0, 50],
  psqlEvery_s: [10, 86_400],
};

/**
 * Fills in the defaults.
 * @throws {RangeError} naming the parameter, its range and what was given
 */
export function completeParameters(given: Partial<PostgresParameters> = {}): PostgresParameters {
  const parameters = { ...defaultParameters, ...given };
  for (const [name, [low, high]] of Object.entries(RANGES)) {
    const numbers = [parameters[name as keyof PostgresParameters]].flat().map(Number);
    const inRange = numbers.every((number) => number >= low && number <= high);
    const ascending = numbers.every((number, i) => i === 0 || number >= (numbers[i - 1] as number));
    if (!inRange || !ascending) {
      throw new RangeError(
        `${name} must be ${numbers.length > 1 ? 'ascending and ' : ''}within ${low} to ${high}, not ${numbers}`,
      );
    }
  }
  return parameters;
}
