import type { DataFrame } from '@grafana/data';
import { type ConnectionSeconds, type GroupBy, readConnectionSeconds } from '../model/connection-seconds';
import { readStates, type StateSeries } from '../model/pool-metrics';
import * as queries from '../model/queries';
import { readSeries } from '../model/series';
import { readSnapshot, type SnapshotResult } from '../model/snapshot';
import { countStepMs, gridFromCounts, type SnapshotGrid } from '../model/snapshot-grid';
import { readTrace, type Trace } from '../model/trace';
import { runQuery } from './run-query';

/** More sessions than any server should have, and fewer than Loki refuses to give. */
const MAX_LINES = 5000;

export interface SnapshotSource {
  readonly datasourceUid: string;
  readonly selector: string;
  readonly application: string;
  readonly intervalMs: number;
}

export interface Range {
  readonly fromMs: number;
  readonly toMs: number;
}

export interface Recorded {
  readonly kind: 'recorded';
  readonly grid: SnapshotGrid;
  /** Only when they were asked for. */
  readonly states: StateSeries | undefined;
}

export type Recording = Recorded | { readonly kind: 'nothing'; readonly elsewhereMs: number | undefined };

/** Which snapshots there are within a range; when there are none, where the newest one is. */
export async function loadRecording(
  source: SnapshotSource,
  { fromMs, toMs }: Range,
  { byState, signal }: { readonly byState: boolean; readonly signal: AbortSignal },
): Promise<Recording> {
  const { selector, application, intervalMs, datasourceUid } = source;
  const stepMs = countStepMs(toMs - fromMs, intervalMs);
  const range = (expr: string) =>
    runQuery({ datasourceUid, target: rangeTarget(expr, stepMs), fromMs, toMs, stepMs }, signal);
  const grid = gridFromCounts(await range(queries.snapshotCounts(selector, stepMs)), { intervalMs, stepMs });
  if (!grid) return { kind: 'nothing', elsewhereMs: await newestSnapshot(source, toMs, signal) };
  if (!byState) return { kind: 'recorded', grid, states: undefined };
  const frames = await range(queries.snapshotCountsByState(selector, application, stepMs));
  return { kind: 'recorded', grid, states: readStates(readSeries(frames)) };
}

/** As far as stores usually let one query reach. */
const NEAR_MS = 10 * 86_400_000;

/** The time of the newest line of the days around a range, or of the last days. */
async function newestSnapshot(
  { selector, datasourceUid }: SnapshotSource,
  toMs: number,
  signal: AbortSignal,
): Promise<number | undefined> {
  const target = { ...logTarget(selector, 1), direction: 'backward' };
  for (const endMs of [toMs + NEAR_MS, Date.now()]) {
    const query = { datasourceUid, target, fromMs: endMs - 2 * NEAR_MS, toMs: endMs, stepMs: 60_000 };
    const snapshot = readSnapshot(await runQuery(query, signal).catch(() => []), 1000);
    if (snapshot.kind === 'snapshot') return snapshot.timeMs;
  }
  return undefined;
}

/**
 * The snapshot of the interval that ends at an instant, and nothing else. Loki counts `(from, to]` but lists
 * `[from, to)`: one millisecond later they are the same.
 */
export async function loadSnapshot(
  { datasourceUid, selector, intervalMs }: SnapshotSource,
  instantMs: number,
  signal: AbortSignal,
): Promise<SnapshotResult> {
  const fromMs = instantMs - intervalMs + 1;
  const query = { datasourceUid, target: logTarget(selector, MAX_LINES), fromMs, toMs: instantMs + 1 };
  return readSnapshot(await runQuery({ ...query, stepMs: intervalMs }, signal), intervalMs);
}

export async function loadConnectionSeconds(
  source: SnapshotSource,
  { fromMs, toMs }: Range,
  { groupBy, signal }: { readonly groupBy: GroupBy; readonly signal: AbortSignal },
): Promise<ConnectionSeconds> {
  const { datasourceUid, selector, application, intervalMs } = source;
  const windowMs = toMs - fromMs;
  const expr = queries.connectionSeconds(selector, { application, groupBy, windowMs });
  const target = { expr, queryType: 'instant' };
  const frames = await runQuery({ datasourceUid, target, fromMs, toMs, stepMs: windowMs }, signal);
  return readConnectionSeconds(frames, groupBy, intervalMs);
}

export type TraceResult =
  | { readonly kind: 'trace'; readonly trace: Trace }
  /** The store did not have it, and its request may not have ended yet. */
  | { readonly kind: 'notYet' }
  | { readonly kind: 'missing'; readonly why: string };

export interface TraceRequest extends Range {
  readonly traceId: string;
  /** Whether its request may have been under way when the store was filled. */
  readonly maybeOpen: boolean;
}

/**
 * A trace by its id. That a store does not have it is an answer, not an error; where that is to be expected, it is
 * looked for first, because browsers report an answer of "not found" as a failure of the page.
 */
export async function loadTrace(
  datasourceUid: string,
  { traceId, maybeOpen, fromMs, toMs }: TraceRequest,
  signal: AbortSignal,
): Promise<TraceResult> {
  const ask = (query: string) => {
    const target = { queryType: 'traceql', tableType: 'traces', query, limit: 1 };
    return runQuery({ datasourceUid, target, fromMs, toMs, stepMs: 1000 }, signal);
  };
  try {
    if (maybeOpen && !(await ask(queries.traceSearch(traceId)).then(hasRows, () => true))) {
      return { kind: 'notYet' };
    }
    const trace = readTrace(await ask(traceId));
    return trace ? { kind: 'trace', trace } : { kind: 'missing', why: 'not in the store' };
  } catch (error) {
    signal.throwIfAborted();
    return { kind: 'missing', why: error instanceof Error ? error.message : String(error) };
  }
}

function hasRows(frames: readonly DataFrame[]): boolean {
  return frames.some((frame) => frame.length > 0);
}

function logTarget(expr: string, maxLines: number) {
  return { expr, queryType: 'range', maxLines };
}

function rangeTarget(expr: string, stepMs: number) {
  return { expr, queryType: 'range', step: `${stepMs / 1000}s` };
}
