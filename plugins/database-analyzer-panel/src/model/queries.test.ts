import assert from 'node:assert/strict';
import { test } from 'node:test';
import { linksOf } from './links';
import * as queries from './queries';

const SELECTOR = '{op="session_snapshot"}';

test('snapshots are counted without reading their lines', () => {
  assert.equal(queries.snapshotCounts(SELECTOR, 5000), 'sum(count_over_time({op="session_snapshot"} [5s]))');
});

test('connection-seconds are of the pool, but of all applications when grouped by them', () => {
  const ask = (groupBy: 'state' | 'application' | 'route' | 'statement') =>
    queries.connectionSeconds(SELECTOR, { application: 'api', groupBy, windowMs: 60_000 });
  assert.equal(
    ask('state'),
    'sum by (state, wait_event_type) (count_over_time({op="session_snapshot"} | logfmt | app="api" | state!="" [60s]))',
  );
  assert.ok(!ask('application').includes('app="api"'));
  assert.match(ask('application'), /by \(state, wait_event_type, app\)/);
  assert.match(ask('route'), /by \(state, wait_event_type, route\).*app="api"/);
  assert.match(ask('statement'), /label_format statement=/);
});

test('texts from outside are quoted', () => {
  assert.ok(queries.snapshotCountsByState(SELECTOR, 'a"b', 5000).includes('| app="a\\"b"'));
  assert.equal(queries.routeTraces('POST /api/a'), '{ span.http.route = "/api/a" }');
  assert.equal(queries.traceLogs('{a="b"}', 'ff'), '{a="b"} | trace_id="ff"');
});

test('a trace is searched for by its id', () => {
  assert.equal(queries.traceSearch('abc'), '{ trace:id = "abc" }');
});

const SOURCES = { lokiUid: 'loki', tempoUid: 'tempo', selector: SELECTOR, logSelector: '{a="b"}' };

test('links lead to the trace about its time; without a data source for traces there is none', () => {
  const address = linksOf(SOURCES).trace('abc', 1_000_000) ?? '';
  const panes = JSON.parse(new URL(address, 'http://grafana').searchParams.get('panes') ?? '');
  assert.equal(panes.a.queries[0].query, 'abc');
  assert.ok(Number(panes.a.range.from) < 1_000_000 && Number(panes.a.range.to) > 1_000_000);
  assert.equal(linksOf({ ...SOURCES, tempoUid: '' }).trace('abc', 1_000_000), undefined);
});
