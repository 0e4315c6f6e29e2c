/** Before anything is written: do the stores take data at all, and do they hold data that a load would double? */
import { METRIC, SERVICE } from 'interview-app/telemetry-names';
import { streamSelector } from '../sinks/loki-streams.js';
import { probeRemoteWrite } from '../sinks/prometheus.js';
import { probeTraces } from '../sinks/tempo.js';
import { UserError } from '../user-error.js';
import type { Clients } from './clients.js';
import { type Marks, marksInLoki, marksInPrometheus } from './marker.js';
import type { Run } from './run.js';

const DAY_MS = 24 * 60 * 60 * 1000;
/** How far around the run's window stores are asked for earlier loads: less than any store's default query limit. */
const MARGIN_MS = { loki: 14 * DAY_MS, tempo: 3 * DAY_MS };

const HOW_TO_WIPE =
  'Loading again would double what is there. Wipe the stores first (docker compose down --volumes; ' +
  'elsewhere stop them and empty their data directories), or load into another --tenant.';

/**
 * @throws {StoreError} when a store refuses an empty request
 * @throws {UserError} when one holds data of a load
 */
export async function preflight(clients: Clients, run: Run): Promise<void> {
  await Promise.all([probeRemoteWrite(clients.remoteWrite), probeTraces(clients.otlp)]);
  const findings = await Promise.all([
    inPrometheus(clients, run),
    inLoki(clients, run),
    inTempo(clients, run),
  ]);
  const told = findings.filter((finding) => finding !== undefined);
  if (told.length > 0) throw new UserError([...told, HOW_TO_WIPE].join('\n'));
}

async function inPrometheus({ prometheus }: Clients, run: Run): Promise<string | undefined> {
  const marked = tell('Prometheus', await marksInPrometheus(prometheus));
  if (marked) return marked;
  const seconds = (time_ms: number) => (time_ms / 1000).toFixed(3);
  const { data } = await prometheus.getJson<{ data: readonly unknown[] }>('/api/v1/series', {
    'match[]': METRIC.poolUtilization,
    start: seconds(run.start_ms),
    end: seconds(run.end_ms),
  });
  return data.length > 0 ? unmarked('Prometheus', METRIC.poolUtilization) : undefined;
}

async function inLoki({ loki }: Clients, run: Run): Promise<string | undefined> {
  const from_ms = run.start_ms - MARGIN_MS.loki;
  const to_ms = run.end_ms + MARGIN_MS.loki;
  const marked = tell('Loki', await marksInLoki(loki, from_ms, to_ms));
  if (marked) return marked;
  const selector = streamSelector({ service_name: SERVICE.api });
  const { data } = await loki.getJson<{ data: readonly unknown[] }>('/loki/api/v1/series', {
    'match[]': selector,
    start: `${run.start_ms}000000`,
    end: `${run.end_ms + 1}000000`,
  });
  return data.length > 0 ? unmarked('Loki', selector) : undefined;
}

/** Tempo has no marks: they would be traces among the others. Any span of the service is the sign of a load. */
async function inTempo({ tempo }: Clients, run: Run): Promise<string | undefined> {
  const query = `{ resource.service.name = "${SERVICE.api}" }`;
  const { traces = [] } = await tempo.getJson<{ traces?: readonly unknown[] }>('/api/search', {
    q: query,
    start: String(Math.floor((run.start_ms - MARGIN_MS.tempo) / 1000)),
    end: String(Math.ceil((run.end_ms + MARGIN_MS.tempo) / 1000)),
    limit: '1',
  });
  return traces.length > 0 ? unmarked('Tempo', query) : undefined;
}

function tell(store: string, { unfinished, complete }: Marks): string | undefined {
  if (unfinished.length > 0) {
    return `${store} holds a part of run ${unfinished.join(', ')}: its load was broken off before it was complete.`;
  }
  return complete.length > 0 ? `${store} holds run ${complete.join(', ')} already, complete.` : undefined;
}

function unmarked(store: string, what: string): string {
  return `${store} holds data of such a run already: ${what} has matches.`;
}
