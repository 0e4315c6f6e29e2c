import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseVariableQuery } from './variables';

test('the functions of query variables are told apart', () => {
  assert.deepEqual(parseVariableQuery('label_values(http_requests_total{route!="/health"}, route)'), {
    kind: 'labelValues',
    label: 'route',
    match: 'http_requests_total{route!="/health"}',
  });
  assert.deepEqual(parseVariableQuery('label_values(job)'), {
    kind: 'labelValues',
    label: 'job',
    match: undefined,
  });
  assert.deepEqual(parseVariableQuery('label_names()'), { kind: 'labelNames', match: undefined });
  assert.deepEqual(parseVariableQuery('metrics(^node_)'), { kind: 'metrics', name: '^node_' });
  assert.deepEqual(parseVariableQuery('query_result(topk(3, up))'), { kind: 'result', expr: 'topk(3, up)' });
  assert.deepEqual(parseVariableQuery('up{job="api"}'), { kind: 'series', match: 'up{job="api"}' });
});
