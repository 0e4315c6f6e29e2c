import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DEFAULTS, modelOptionsOf } from '../options';
import { INCIDENT, RANGE, ROUTES } from '../test-support/frames';
import { buildGraph } from './graph';
import { describeRoute, markedRoute, variableIn } from './marked-route';
import type { Graph } from './types';

function graph(): Graph {
  const frames = [...INCIDENT, ...ROUTES];
  const result = buildGraph({ frames, asked: [], range: RANGE, options: modelOptionsOf(DEFAULTS) });
  assert.equal(result.kind, 'graph');
  return result.kind === 'graph' ? result.graph : assert.fail();
}

test('a route marks the edges that carry its calls', () => {
  const marked = markedRoute(graph(), '/api/workflows/import');
  assert.deepEqual([...(marked?.edges.keys() ?? [])], ['api>postgresql']);
  const figures = marked?.edges.get('api>postgresql') ?? assert.fail();
  assert.match(describeRoute(figures), /^For \/api\/workflows\/import: [\d.]+\/s, [\d.<]+ in flight$/);
});

test('a variable that is not set, or stands for all routes, marks nothing', () => {
  for (const text of ['', '  ', '$route', '$__all', '/api/.+', '/api/unheard-of'])
    assert.equal(markedRoute(graph(), text), undefined, text);
});

test('a variable is told from a route', () => {
  assert.deepEqual([`$\{route}`, '$route', ` $\{route:raw} `].map(variableIn), ['route', 'route', 'route']);
  assert.deepEqual(['/api/users', '', 'a $route'].map(variableIn), [undefined, undefined, undefined]);
});
