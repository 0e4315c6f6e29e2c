/** Loads a run into three stores by the loader's own code, and proves that all of it arrived. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { backfill } from 'generator/backfill/backfill';
import { connect } from 'generator/backfill/clients';
import { type Endpoints, readEndpoints } from 'generator/backfill/options';
import { formatReceipt } from 'generator/backfill/receipt';
import { createProgress } from 'generator/progress';
import type { HttpClient } from 'generator/sinks/http';
import { pushStreams } from 'generator/sinks/loki';
import type { LokiStream } from 'generator/sinks/loki-streams';
import { writeSeries } from 'generator/sinks/prometheus';
import type { WireSeries } from 'generator/sinks/prometheus-encoding';
import { exportTraces } from 'generator/sinks/tempo';
import { FROZEN_FOLDER } from './frozen-run.js';
import type { StoreUrls } from './query.js';

export interface WritableStores extends StoreUrls {
  /** Where OTLP is taken, without `/v1/traces`. */
  readonly otlp: string;
}

/**
 * @param note told what the loader says
 * @throws {Error} with the receipt, when not all of it arrived
 */
export async function loadRun(
  folder: string,
  stores: WritableStores,
  note: (text: string) => void = () => undefined,
): Promise<void> {
  const silent = createProgress({ write: () => undefined });
  const progress = { stage: silent.stage.bind(silent), note, end: silent.end.bind(silent) };
  const receipt = await backfill(folder, { endpoints: await endpointsOf(stores), progress });
  if (!receipt.ready) throw new Error(formatReceipt(receipt));
}

/** What lies beside the frozen run: values, lines and spans of kinds that the service never emits. */
export async function loadExtras(stores: WritableStores): Promise<void> {
  const clients = connect(await endpointsOf(stores), {});
  const read = (name: string) => readFile(path.join(FROZEN_FOLDER, name), 'utf8');
  const series = JSON.parse(await read('extra-metrics.json')) as readonly ExtraSeries[];
  await writeSeries(clients.remoteWrite, series.map(toWire));
  await pushStreams(clients.loki, JSON.parse(await read('extra-logs.json')) as readonly LokiStream[]);
  const traces = await read('extra-traces.json');
  await exportTraces(clients.otlp, Buffer.from(traces));
  await untilSearchable(clients.tempo, new Set(traces.match(/"traceId": "\w{32}"/g)).size);
}

const PATIENCE_MS = 60_000;

/** Tempo gives a trace by its id at once, and lets it be found by what is in it some seconds later. */
async function untilSearchable(client: HttpClient, traces: number): Promise<void> {
  const query = { q: '{ resource.service.name =~ "extra-.*" }', start: '0', end: '4102444800' };
  for (const start = performance.now(); performance.now() - start < PATIENCE_MS; await sleep(200)) {
    const answer = await client.getJson<{ readonly traces?: readonly unknown[] }>('/api/search', query);
    if (answer.traces?.length === traces) return;
  }
  throw new Error(`Tempo does not find the ${traces} traces beside the run`);
}

interface ExtraSeries {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly start_ms: number;
  /** One every 15 s; those that JSON lacks as text, null where there is none. */
  readonly values: readonly (number | string | null)[];
}

function toWire({ name, labels, start_ms, values }: ExtraSeries): WireSeries {
  const samples = values.flatMap((value, i) =>
    value === null ? [] : [{ time_ms: start_ms + i * 15_000, value: Number(value) }],
  );
  return {
    name,
    labels,
    timestamps_ms: samples.map(({ time_ms }) => time_ms),
    values: samples.map(({ value }) => value),
    exemplars: [],
  };
}

function endpointsOf({ prometheus, loki, tempo, otlp }: WritableStores): Promise<Endpoints> {
  return readEndpoints({ prometheus, loki, tempo, otlp });
}
