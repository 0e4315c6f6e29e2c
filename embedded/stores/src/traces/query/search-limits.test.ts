import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Budget } from '../../query/budget.js';
import { QueryError } from '../../query/query-error.js';
import { createTracesApi } from '../api.js';
import { TracesStore } from '../store.js';
import { search } from './search.js';

const SPANS = 200;

async function filled(): Promise<TracesStore> {
  const store = new TracesStore();
  const spans = Array.from({ length: SPANS }, (_, i) => ({
    traceId: String(i % 20).padStart(32, 'a'),
    spanId: String(i).padStart(16, 'b'),
    name: `span ${i}`,
    kind: 1,
    startTimeUnixNano: `${1_772_443_000 + i}000000000`,
    endTimeUnixNano: `${1_772_443_001 + i}000000000`,
    attributes: [],
  }));
  const body = Buffer.from(JSON.stringify({ resourceSpans: [{ scopeSpans: [{ spans }] }] }));
  const { status } = await createTracesApi(store, { isWritable: () => true })({
    method: 'POST',
    path: '/v1/traces',
    parameters: new URLSearchParams(),
    headers: { 'content-type': 'application/json' },
    body,
    signal: new AbortController().signal,
  });
  assert.equal(status, 200);
  return store;
}

async function found(spss: number): Promise<number> {
  const parameters = new URLSearchParams({ q: '{ name != "" }', limit: '20', spss: String(spss) });
  const { body } = await search(await filled(), parameters, new Budget({ timeout_ms: 60_000, values: 1000 }));
  return JSON.parse(String(body)).traces.length;
}

test('what an answer shows counts as held: all spans of many traces are too many, some of each are not', async () => {
  assert.equal(await found(1), 20);
  await assert.rejects(found(SPANS), (error) => error instanceof QueryError && error.kind === 'too_large');
});
