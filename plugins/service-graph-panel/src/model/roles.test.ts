import assert from 'node:assert/strict';
import { test } from 'node:test';
import { suggestedQueries } from './queries';
import { meaningOfQuery, roleOfExpression } from './roles';

test("the name of every suggested query says what the query's own expression says", () => {
  for (const { refId, expr } of suggestedQueries()) {
    const meaning = meaningOfQuery(refId) ?? assert.fail(refId);
    assert.equal(roleOfExpression(expr), meaning.role, refId);
    assert.equal(meaning.byRoute, expr.includes('client_http_route'), refId);
  }
});

test('a name may have a suffix, and case does not matter', () => {
  assert.deepEqual(meaningOfQuery('failed_entry'), { role: 'failed', byRoute: false });
  assert.deepEqual(meaningOfQuery('Route_Latency'), { role: 'latency', byRoute: true });
  assert.equal(meaningOfQuery('A'), undefined);
  assert.equal(meaningOfQuery('generated'), undefined);
});

test('an expression that adds zeros for missing failures is still one of failures', () => {
  const rate = (name: string) => `sum by (client, server) (rate(traces_service_graph_request_${name}[5m]))`;
  assert.equal(roleOfExpression(`${rate('failed_total')} or 0 * ${rate('total')}`), 'failed');
  assert.equal(roleOfExpression(`histogram_quantile(.99, ${rate('client_seconds_bucket')})`), 'p99');
  assert.equal(roleOfExpression('up'), undefined);
});
