/**
 * Malformed and mutated queries and bodies: the stores answer each of them in time, and never with an error of their
 * own. A failure prints its seed and path; `FUZZ_SEED=N FUZZ_RUNS=N npm test -- fuzz` tries others.
 */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { type ChildStores, startChild } from './support/child.js';
import { readCorpus } from './support/corpus.js';
import { loadExtras } from './support/load.js';
import { EXTRA_MOMENTS, fillIn } from './support/moments.js';
import { mutatedBytes, mutation, ODD_VALUES, SPOILERS } from './support/mutations.js';
import type { Query } from './support/query.js';
import { writtenBodies } from './support/written-bodies.js';

const SEED = Number(process.env.FUZZ_SEED ?? 20_260_302);
/** Of requests, over all tests of this file. */
const RUNS = Number(process.env.FUZZ_RUNS ?? 12_000);
/** Of one request: far more than any takes, and less than what a query may run for. */
const BUDGET_MS = 10_000;

/** Times that a piece is repeated, and how long a query of that length may take to be refused. */
const LONG = 40_000;
const LONG_BUDGET_MS = 3000;

let stores: ChildStores;
before(async () => {
  stores = await startChild('3');
  await loadExtras(stores);
});
after(() => stores?.stop());

const corpus = readCorpus(
  'promql.txt',
  'promql-extra.txt',
  'logql.txt',
  'logql-extra.txt',
  'traceql.txt',
  'traceql-extra.txt',
  'wrong.txt',
).map((query) => fillIn(query, EXTRA_MOMENTS));

/** The name of the parameter that holds the query's text. */
const TEXTS: ReadonlySet<string> = new Set(['query', 'q', 'match[]', 'tags']);
const texts = corpus.flatMap(({ parameters }) =>
  parameters.filter(([name]) => TEXTS.has(name)).map(([, value]) => value),
);

interface Request {
  readonly method: string;
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Uint8Array | URLSearchParams;
}

/** @throws {assert.AssertionError} when the answer is late, an error of the stores, or not what it says it is */
async function send({ method, url, headers = {}, body }: Request): Promise<{ status: number; text: string }> {
  const start = performance.now();
  const response = await fetch(url, {
    method,
    headers,
    signal: AbortSignal.timeout(BUDGET_MS),
    ...(body ? { body } : {}),
  });
  const text = await response.text();
  const seconds = ((performance.now() - start) / 1000).toFixed(1);
  assert.ok(response.status < 500, `${response.status} after ${seconds} s: ${text.slice(0, 500)}`);
  const isJson = response.headers.get('content-type')?.startsWith('application/json');
  if (isJson && method !== 'HEAD' && response.status !== 204) JSON.parse(text);
  stores.expectAlive();
  return { status: response.status, text };
}

function toRequest(query: Query, parameters: readonly (readonly [string, string])[]): Request {
  const encoded = new URLSearchParams(parameters.map(([name, value]): [string, string] => [name, value]));
  const url = `${stores[query.store]}${query.path}`;
  if (query.method === 'POST') return { method: 'POST', url, body: encoded };
  // Longer addresses are refused by the server before any store has seen them.
  const address = `${url}?${encoded}`;
  return address.length < 60_000 ? { method: 'GET', url: address } : { method: 'POST', url, body: encoded };
}

function runs(share: number): fc.Parameters<unknown> {
  return { seed: SEED, numRuns: Math.ceil(RUNS * share), endOnFailure: false };
}

test('mutated queries', async () => {
  const withText = corpus.filter(({ parameters }) => parameters.some(([name]) => TEXTS.has(name)));
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...withText),
      fc.array(mutation(texts), { minLength: 1, maxLength: 4 }),
      async (query, mutations) => {
        const parameters = query.parameters.map(([name, value]) =>
          TEXTS.has(name)
            ? ([name, mutations.reduce((text, mutate) => mutate(text), value)] as const)
            : ([name, value] as const),
        );
        await send(toRequest(query, parameters));
      },
    ),
    runs(0.6),
  );
});

test('queries of any length', async () => {
  const pieces = ['(', '{', 'sum(', '-', '!', ' true &&', '1+', '|= "a" ', '[1m]', '"', '\\', '#\n', 'a.'];
  const asked = [
    ['prometheus', '/api/v1/query', 'query'],
    ['loki', '/loki/api/v1/query', 'query'],
    ['tempo', '/api/search', 'q'],
    ['tempo', '/api/metrics/query', 'q'],
  ] as const;
  for (const [store, at, name] of asked) {
    for (const piece of pieces) {
      for (const start of ['', '{ ', '{job="a"} | json ', 'up + ']) {
        const start_ms = performance.now();
        await send({
          method: 'POST',
          url: `${stores[store]}${at}`,
          body: new URLSearchParams([[name, start + piece.repeat(LONG)]]),
        });
        const ms = performance.now() - start_ms;
        assert.ok(ms < LONG_BUDGET_MS, `${ms.toFixed(0)} ms for ${start}${piece} and so on, in ${store}`);
      }
    }
  }
});

test('odd times, steps, limits and paths', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...corpus),
      fc.array(fc.tuple(fc.nat(), fc.constantFrom(...ODD_VALUES), fc.constantFrom('set', 'drop', 'double')), {
        minLength: 1,
        maxLength: 3,
      }),
      fc.constantFrom('', '', '', '/', '//x', '/../..', '/%00', '/%2e%2e'),
      fc.constantFrom('GET', 'GET', 'POST', 'PUT', 'DELETE', 'HEAD', 'OPTIONS'),
      async (query, changes, suffix, method) => {
        let parameters = [...query.parameters];
        for (const [at, value, kind] of changes) {
          const i = at % Math.max(1, parameters.length);
          const [name = 'x'] = parameters[i] ?? [];
          if (kind === 'drop') parameters = parameters.filter((_, j) => j !== i);
          else if (kind === 'set') parameters[i] = [name, value];
          else parameters.push([name, value]);
        }
        const request = toRequest({ ...query, path: query.path + suffix }, parameters);
        await send(request.method === 'GET' ? { ...request, method } : request);
      },
    ),
    runs(0.2),
  );
});

test('a query that is syntactically wrong is never an empty success', async () => {
  const right = corpus.filter(
    ({ wrong, parameters, path: at }) =>
      !wrong && !at.includes('tag') && parameters.some(([name]) => name === 'query' || name === 'q'),
  );
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...right), fc.constantFrom(...SPOILERS), async (query, spoil) => {
      const parameters = query.parameters.map(
        ([name, value]) => [name, name === 'query' || name === 'q' ? spoil(value) : value] as const,
      );
      const { status, text } = await send(toRequest(query, parameters));
      assert.ok(status >= 400, `${status}: ${text.slice(0, 300)}`);
      assert.notEqual(text.trim(), '', 'an error without a text');
    }),
    runs(0.1),
  );
});

test('mutated bodies', async () => {
  const bodies = await writtenBodies();
  await fc.assert(
    fc.asyncProperty(
      fc
        .constantFrom(...bodies)
        .chain((target) => mutatedBytes(target.body).map((body) => ({ ...target, body }))),
      fc.constantFrom('as it is', 'gzip', 'said to be gzip', 'another type'),
      async ({ store, path: at, headers, body: mutated, encode = (as: Uint8Array) => as }, how) => {
        const body = encode(mutated);
        await send({
          method: 'POST',
          url: `${stores[store]}${at}`,
          headers: {
            ...headers,
            ...(how.includes('gzip') ? { 'Content-Encoding': 'gzip' } : {}),
            ...(how === 'another type' ? { 'Content-Type': 'text/plain' } : {}),
          },
          body: how === 'gzip' ? gzipSync(body) : body,
        });
      },
    ),
    runs(0.1),
  );
});
