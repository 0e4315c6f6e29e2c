import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  explorePath,
  logQlOfService,
  traceQlOfEdge,
  traceQlOfNode,
  withParameter,
  withSessions,
  withTime,
} from './links';

const EDGE = { source: 'api', target: 'postgresql', fromClients: false };

test('an edge is the client spans of its source to its target', () => {
  assert.equal(
    traceQlOfEdge(EDGE),
    '{ resource.service.name="api" && kind=client && (span.peer.service="postgresql" || span.service.peer.name="postgresql") }',
  );
  const failed = traceQlOfEdge({ ...EDGE, failed: true, route: '/api/users/:id' });
  assert.match(failed, / && span\.http\.route="\/api\/users\/:id" && status=error }$/);
  assert.match(traceQlOfEdge({ ...EDGE, route: '' }), /span\.http\.route=nil/);
});

test('clients send no spans: their calls are what the target served', () => {
  const query = traceQlOfEdge({ source: 'clients', target: 'api', fromClients: true });
  assert.equal(query, '{ resource.service.name="api" && kind=server }');
});

test('a node that sends no spans is found by the calls to it', () => {
  assert.match(traceQlOfNode({ id: 'api', kind: 'service' }), /service\.name="api" && kind=server/);
  assert.match(
    traceQlOfNode({ id: 'mail', kind: 'external' }),
    /kind=client && \(span\.peer\.service="mail"/,
  );
});

test('names are quoted', () => {
  assert.equal(logQlOfService('a"b\\c'), '{service_name="a\\"b\\\\c"}');
});

test('Explore gets the data source, the query and the time', () => {
  const path = explorePath({ type: 'tempo', uid: 'tempo', query: '{ }', range: { from: 1, to: 2 } });
  const panes = JSON.parse(new URL(path, 'http://localhost').searchParams.get('panes') ?? '{}');
  const [pane] = Object.values(panes) as [
    { datasource: string; range: object; queries: [{ query: string }] },
  ];
  assert.equal(pane.datasource, 'tempo');
  assert.equal(pane.queries[0].query, '{ }');
  assert.deepEqual(pane.range, { from: '1', to: '2' });
});

test("an address without a time gets the dashboard's", () => {
  const range = { from: 1, to: 2 };
  assert.equal(withTime('/d/db', range), '/d/db?from=1&to=2');
  assert.equal(withTime('/d/db?var-a=b', range), '/d/db?var-a=b&from=1&to=2');
  assert.equal(withTime('/d/db?from=now-1h&to=now', range), '/d/db?from=now-1h&to=now');
});

test('an address of the database is filled in with what tells the sessions', () => {
  const url = '/d/database-analyzer?var-sessions=$sessions&var-route=a';
  assert.equal(
    withSessions(url, 'job scheduler'),
    '/d/database-analyzer?var-sessions=job%20scheduler&var-route=a',
  );
  assert.equal(withSessions(`/d/x?s=$\{sessions}`, ''), '/d/x?s=');
  assert.equal(
    withParameter(url, 'var-route', '/a/:b'),
    '/d/database-analyzer?var-sessions=$sessions&var-route=%2Fa%2F%3Ab',
  );
  assert.equal(withParameter('/d/x', 'var-route', 'b'), '/d/x?var-route=b');
});
