/** Of the database server: its host, its sessions, the statements that the API sends. */
import { CONNECTION_STATE, LABEL, METRIC } from 'interview-app/telemetry-names';
import { API_JOB, DATABASE_NAME, FIGURES_OVER } from '../config.js';
import { type Labels, quantile, RATE, selector, sumRate } from './promql.js';

const HOST: Labels = { job: 'node' };
const SERVER: Labels = { job: 'postgres', datname: DATABASE_NAME };
const API: Labels = { job: API_JOB };

/** Share of the host's processors in use, 0 to 1. */
export function cpu(window = FIGURES_OVER): string {
  const used = (labels: Labels) => sumRate('node_cpu_seconds_total', labels, { window });
  // A share of what the modes come to, and not of the time: right at the start of the data too.
  return `1 - ${used({ ...HOST, mode: 'idle' })} / ${used(HOST)}`;
}

export function cpuByMode(): string {
  const busy = { ...HOST, mode: '!="idle"' };
  const of = (labels: Labels, by: readonly string[]) =>
    sumRate('node_cpu_seconds_total', labels, { by, window: RATE });
  return `${of(busy, ['mode'])} / scalar(${of(HOST, [])})`;
}

/** Share of time in which the disk was busy. */
export function diskBusy(): string {
  return `rate(node_disk_io_time_seconds_total${selector(HOST)}[${RATE}])`;
}

/** Share of the memory that is not available. */
export function memoryUsed(): string {
  return `1 - node_memory_MemAvailable_bytes${selector(HOST)} / node_memory_MemTotal_bytes${selector(HOST)}`;
}

export function load(minutes: 1 | 5 | 15): string {
  return `node_load${minutes}${selector(HOST)}`;
}

export function statementTime(q: number, window = FIGURES_OVER): string {
  return quantile(q, METRIC.queryDuration, API, { window });
}

export function statements(): string {
  return sumRate(`${METRIC.queryDuration}_count`, API, { by: [LABEL.operation], window: RATE });
}

/** Sessions at the server, by who opened them. */
export function sessionsByApplication(): string {
  return `sum by (application_name) (pg_stat_activity_count${selector({ ...SERVER, application_name: '!=""' })})`;
}

export function maxConnections(): string {
  return `max(pg_settings_max_connections${selector({ job: 'postgres' })})`;
}

/** Seconds that the oldest transaction of a state has been open. */
export function oldestTransaction(state: string): string {
  return `max(pg_stat_activity_max_tx_duration${selector({ ...SERVER, state })})`;
}

export function longestIdleInTransaction(): string {
  return oldestTransaction(CONNECTION_STATE.idleInTransaction);
}

export function transactions(end: 'commit' | 'rollback'): string {
  return sumRate(`pg_stat_database_xact_${end}`, SERVER, { window: RATE });
}

export function locks(): string {
  return `sum by (mode) (pg_locks_count${selector(SERVER)}) > 0`;
}

export function deadlocks(): string {
  return `sum(increase(pg_stat_database_deadlocks${selector(SERVER)}[${RATE}]))`;
}
