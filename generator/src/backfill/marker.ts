/**
 * The mark that a load leaves in Prometheus and Loki, so that the next one knows: `started` before the first sample of
 * the run, `complete` after the receipt. It lies within the run's window, because a sample of "now" could keep
 * Prometheus from taking an old run, and under names that no dashboard asks for.
 */
import type { HttpClient } from '../sinks/http.js';
import { pushStreams } from '../sinks/loki.js';
import { streamSelector } from '../sinks/loki-streams.js';
import { writeSeries } from '../sinks/prometheus.js';
import type { Clients } from './clients.js';
import type { Run } from './run.js';

export type MarkerState = 'started' | 'complete';

export const MARKER_METRIC = 'incident_backfill_info';
export const MARKER_JOB = 'incident-backfill';

/** Writes the mark to both stores, Prometheus first. @throws {StoreError} when one refuses it */
export async function writeMarker(clients: Clients, run: Run, state: MarkerState): Promise<void> {
  const time_ms = state === 'started' ? run.start_ms : run.end_ms;
  const labels = { job: MARKER_JOB, run: run.id, state };
  const series = { name: MARKER_METRIC, labels, timestamps_ms: [time_ms], values: [1], exemplars: [] };
  await writeSeries(clients.remoteWrite, [series]);
  const line = `backfill of run ${run.id}: ${state}`;
  const entries = [{ timestamp_ns: `${time_ms}000000`, line, metadata: {} }];
  await pushStreams(clients.loki, [{ labels, entries }]);
}

/** What a store tells of earlier loads. */
export interface Marks {
  /** Runs whose load began and did not end. */
  readonly unfinished: readonly string[];
  readonly complete: readonly string[];
}

interface SeriesAnswer {
  readonly data: readonly Readonly<Record<string, string>>[];
}

/** Marks of any time. */
export async function marksInPrometheus(client: HttpClient): Promise<Marks> {
  const answer = await client.getJson<SeriesAnswer>('/api/v1/series', { 'match[]': MARKER_METRIC });
  return sortMarks(answer.data);
}

/** Marks of runs that ended within the given time, in ms. */
export async function marksInLoki(client: HttpClient, from_ms: number, to_ms: number): Promise<Marks> {
  const answer = await client.getJson<SeriesAnswer>('/loki/api/v1/series', {
    'match[]': streamSelector({ job: MARKER_JOB }),
    start: `${from_ms}000000`,
    end: `${to_ms}000000`,
  });
  return sortMarks(answer.data);
}

function sortMarks(series: readonly Readonly<Record<string, string>>[]): Marks {
  const runsIn = (state: MarkerState) => [
    ...new Set(series.filter((labels) => labels.state === state).map(({ run = 'unknown' }) => run)),
  ];
  const complete = runsIn('complete');
  return { complete, unfinished: runsIn('started').filter((run) => !complete.includes(run)) };
}
