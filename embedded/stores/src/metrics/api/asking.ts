/** For tests: asking the API without a server. */
import assert from 'node:assert/strict';
import type { ApiAnswer } from '../../http/api.js';
import { createMetricsApi, type MetricsApiOptions } from '../api.js';
import { Labels } from '../labels.js';
import { type IncomingSeries, MetricsStore } from '../store.js';

/** Two series, one with an exemplar. */
export const SERIES: readonly IncomingSeries[] = [
  {
    labels: labelsOf({ __name__: 'up', job: 'api' }),
    times: Float64Array.of(0, 60_000, 120_500),
    values: Float64Array.of(1, 1e-7, Number.NaN),
    staleTimes: [],
    exemplars: [{ labels: labelsOf({ trace_id: 'abc' }), value: 1e-7, timestamp_ms: 60_250 }],
  },
  {
    labels: labelsOf({ __name__: 'up', job: 'db' }),
    times: Float64Array.of(60_000),
    values: Float64Array.of(2),
    staleTimes: [],
    exemplars: [],
  },
];

function labelsOf(labels: Readonly<Record<string, string>>): Labels {
  return Labels.of(Object.entries(labels));
}

export type Ask = (method: string, address: string, sent?: Uint8Array) => Promise<ApiAnswer>;

export function apiOf(options: Partial<MetricsApiOptions> = {}, store = new MetricsStore()): Ask {
  const api = createMetricsApi(store, { isWritable: () => true, ...options });
  return (method, address, sent = new Uint8Array()) => {
    const { pathname, searchParams: parameters } = new URL(address, 'http://localhost');
    const { signal } = new AbortController();
    return api({ method, path: decodeURIComponent(pathname), parameters, headers: {}, body: sent, signal });
  };
}

export function filled(options: Partial<MetricsApiOptions> = {}): Ask {
  const store = new MetricsStore();
  store.append(SERIES);
  return apiOf(options, store);
}

export async function data(ask: Ask, address: string, method = 'GET'): Promise<unknown> {
  const { status, body: text } = await ask(method, address);
  assert.equal(status, 200, `${text}`);
  const answer = JSON.parse(`${text}`) as { status: string; data: unknown };
  assert.equal(answer.status, 'success');
  return answer.data;
}

export async function error(ask: Ask, address: string): Promise<string> {
  const { status, body: text } = await ask('GET', address);
  const answer = JSON.parse(`${text}`) as { status: string; errorType: string; error: string };
  assert.equal(answer.status, 'error');
  return `${status} ${answer.errorType} ${answer.error}`;
}
