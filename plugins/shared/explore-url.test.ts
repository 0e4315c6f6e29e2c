import assert from 'node:assert/strict';
import { test } from 'node:test';
import { exploreUrl } from './explore-url';

test('an Explore address holds the query, its data source and whole milliseconds', () => {
  const address = exploreUrl({
    datasourceUid: 'tempo',
    query: { queryType: 'traceql', query: '{ name = "a b" }' },
    fromMs: 1000.6,
    toMs: 2000.1,
  });
  const { pathname, searchParams } = new URL(address, 'http://grafana');
  assert.equal(pathname, '/explore');
  assert.equal(searchParams.get('schemaVersion'), '1');
  assert.deepEqual(JSON.parse(searchParams.get('panes') ?? ''), {
    a: {
      datasource: 'tempo',
      queries: [
        { refId: 'A', datasource: { uid: 'tempo' }, queryType: 'traceql', query: '{ name = "a b" }' },
      ],
      range: { from: '1000', to: '2001' },
    },
  });
});
