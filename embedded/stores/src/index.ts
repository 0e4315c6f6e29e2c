/** The three stores in this process, behind the HTTP APIs of Prometheus, Loki and Tempo. */
import type { Api } from './http/api.js';
import { startServer } from './http/server.js';
import { createLogsApi } from './logs/api.js';
import { LogsStore } from './logs/store.js';
import { createMetricsApi } from './metrics/api.js';
import { MetricsStore } from './metrics/store.js';
import { createTracesApi } from './traces/api.js';
import { TracesStore } from './traces/store.js';

export type { Api, ApiAnswer, ApiRequest } from './http/api.js';

/** Base addresses: each is followed by the engine's own paths, Tempo's by OTLP's `/v1/traces` too. */
export const BASES = {
  prometheus: '/stores/prometheus',
  loki: '/stores/loki',
  tempo: '/stores/tempo',
} as const;

export interface StoresOptions {
  /** 0 for any that is free. */
  readonly port: number;
  /** Answers what is asked beside the stores: the workbench's pages, for instance. */
  readonly others?: Api;
}

export interface RunningStores {
  readonly url: string;
  readonly port: number;
  /** Base addresses of the engines. */
  readonly urls: Readonly<Record<keyof typeof BASES, string>>;
  /** From now on nothing is written any more. */
  readonly seal: () => void;
  readonly close: () => Promise<void>;
}

/**
 * Starts empty stores, on this machine alone, that take data until they are sealed.
 * @throws what `listen` throws: `EADDRINUSE` when the port is taken
 */
export async function startStores({ port, others }: StoresOptions): Promise<RunningStores> {
  let sealed = false;
  const options = { isWritable: () => !sealed };
  const apis = new Map<string, Api>([
    [BASES.prometheus, createMetricsApi(new MetricsStore(), options)],
    [BASES.loki, createLogsApi(new LogsStore(), options)],
    [BASES.tempo, createTracesApi(new TracesStore(), options)],
  ]);
  const server = await startServer({ port, apis, ...(others ? { others } : {}) });
  return {
    ...server,
    urls: {
      prometheus: server.url + BASES.prometheus,
      loki: server.url + BASES.loki,
      tempo: server.url + BASES.tempo,
    },
    seal: () => {
      sealed = true;
    },
  };
}
