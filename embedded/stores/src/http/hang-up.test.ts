import assert from 'node:assert/strict';
import { request } from 'node:http';
import { test } from 'node:test';
import { createMetricsApi } from '../metrics/api.js';
import { MetricsStore } from '../metrics/store.js';
import type { Api, ApiAnswer } from './api.js';
import { startServer } from './server.js';

/** Far more work than a query has time for, and little that it holds meanwhile. */
const LONG_QUERY = 'sum_over_time(vector(1)[1d:1s])';

test('a query ends when its client hangs up, and gives its turn back', async () => {
  const queries = createMetricsApi(new MetricsStore(), { isWritable: () => false });
  const answers: Promise<ApiAnswer>[] = [];
  let begun: () => void;
  const started = new Promise<void>((resolve) => {
    begun = resolve;
  });
  const api: Api = (asked) => {
    const answer = queries(asked);
    answers.push(answer);
    begun();
    return answer;
  };
  const server = await startServer({
    port: 0,
    apis: new Map([['/prometheus', api]]),
    turns: { atOnce: 1, patience_ms: 2 ** 30 },
  });
  try {
    const url = `${server.url}/prometheus/api/v1`;
    const client = request(`${url}/query_range?query=${LONG_QUERY}&start=0&end=1000000&step=100`);
    client.once('error', () => {}).end();
    await started;
    const waiting = fetch(`${url}/query?query=1`);
    client.destroy();
    const { body } = (await answers[0]) as ApiAnswer;
    assert.equal(JSON.parse(String(body)).errorType, 'canceled');
    assert.equal((await waiting).status, 200);
  } finally {
    await server.close();
  }
});
