import assert from 'node:assert/strict';
import { test } from 'node:test';
import { normalise } from './normalise.js';
import type { Query, StoreName } from './query.js';

function query(store: StoreName, path: string, parameters: Query['parameters'] = []): Query {
  return { store, path, parameters, source: 'here', method: 'GET', categorize: false, wrong: false };
}

function content(asked: Query, body: unknown, status = 200) {
  return normalise(asked, { status, body: JSON.stringify(body) }).content;
}

const A = { metric: { a: '1' }, value: [1, '2'] };
const B = { metric: { b: '1' }, value: [1, '1'] };
const vector = (...result: readonly unknown[]) => ({
  status: 'success',
  data: { resultType: 'vector', result },
});

test('Prometheus: vectors have no order, unless the query gives them one', () => {
  const unsorted = query('prometheus', '/api/v1/query', [['query', 'up']]);
  assert.deepEqual(content(unsorted, vector(A, B)), content(unsorted, vector(B, A)));
  const ordered = query('prometheus', '/api/v1/query', [['query', 'sort(up)']]);
  assert.notDeepEqual(content(ordered, vector(A, B)), content(ordered, vector(B, A)));
});

test('Prometheus: of an error its kind counts, not its text', () => {
  const asked = query('prometheus', '/api/v1/query');
  const error = (errorType: string, text: string) =>
    content(asked, { status: 'error', errorType, error: text }, 400);
  assert.deepEqual(error('bad_data', 'one'), error('bad_data', 'other'));
  assert.notDeepEqual(error('bad_data', 'one'), error('execution', 'one'));
});

test('Loki: lines keep their order, but for those of one moment and what a limit cuts off', () => {
  const answer = (...values: readonly (readonly [string, string])[]) => ({
    status: 'success',
    data: { resultType: 'streams', result: [{ stream: { a: 'b' }, values }], stats: { any: Math.random() } },
  });
  const asked = query('loki', '/loki/api/v1/query_range');
  const same = content(asked, answer(['3', 'c'], ['2', 'x'], ['2', 'y']));
  assert.deepEqual(content(asked, answer(['3', 'c'], ['2', 'y'], ['2', 'x'])), same);
  assert.notDeepEqual(content(asked, answer(['2', 'x'], ['2', 'y'], ['3', 'c'])), same);
  assert.notDeepEqual(content(asked, answer(['3', 'c'], ['2', 'x'])), same);
  const limited = query('loki', '/loki/api/v1/query_range', [['limit', '2']]);
  assert.deepEqual(
    content(limited, answer(['3', 'c'], ['2', 'x'])),
    content(limited, answer(['3', 'c'], ['2', 'y'])),
  );
  assert.notDeepEqual(
    content(limited, answer(['3', 'c'], ['2', 'x'])),
    content(limited, answer(['3', 'd'], ['2', 'x'])),
  );
});

test('Tempo: spans and attributes have no order, traces are newest first, statistics are left out', () => {
  const trace = (id: string, start: string, ...spans: readonly string[]) => ({
    traceID: id,
    startTimeUnixNano: start,
    spanSets: [{ matched: spans.length, spans: spans.map((spanID) => ({ spanID })) }],
  });
  const asked = query('tempo', '/api/search', [['limit', '20']]);
  const same = content(asked, { traces: [trace('a', '2', 'x', 'y'), trace('b', '1')], metrics: { any: 1 } });
  assert.deepEqual(content(asked, { traces: [trace('a', '2', 'y', 'x'), trace('b', '1')] }), same);
  assert.notDeepEqual(content(asked, { traces: [trace('b', '1'), trace('a', '2', 'x', 'y')] }), same);
  assert.notDeepEqual(content(asked, { traces: [trace('a', '2', 'x'), trace('b', '1')] }), same);
  const some = (id: string) => ({ traces: [{ spanSet: { matched: 2, spans: [{ spanID: id }] } }] });
  assert.deepEqual(content(asked, some('x')), content(asked, some('y')));
  const limited = query('tempo', '/api/search', [['limit', '1']]);
  assert.deepEqual(
    content(limited, { traces: [trace('a', '2')] }),
    content(limited, { traces: [trace('b', '1')] }),
  );
});
