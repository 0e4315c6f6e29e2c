import assert from 'node:assert/strict';
import { test } from 'node:test';
import { routeAsked, routeInAddress, sessionsOf } from './route-link';
import { toSession } from './session';

test('one route in the address is asked for', () => {
  assert.equal(routeInAddress('/api/users'), '/api/users');
  assert.equal(routeInAddress(['/api/users']), '/api/users');
});

test('all routes, several, or a variable that is not set, are no filter', () => {
  for (const value of ['$__all', 'All', '', true, undefined, ['$__all'], ['/api/a', '/api/b'], []]) {
    assert.equal(routeInAddress(value), undefined, String(value));
  }
});

test('what the panel wrote itself does not filter it', () => {
  assert.equal(routeAsked('/api/users', '/api/users'), undefined);
  assert.equal(routeAsked('/api/users', '/api/login'), '/api/users');
  assert.equal(routeAsked('/api/users', undefined), '/api/users');
});

test('only sessions of the route are left', () => {
  const session = (pid: string, route: string) =>
    toSession({ pid, app: 'api', state: 'active', query: 'SELECT 1', route }, 0);
  const all = [session('1', '/api/a'), session('2', '/api/b'), session('3', '')];
  assert.deepEqual(
    sessionsOf(all, '/api/b').map((one) => one.pid),
    [2],
  );
  assert.equal(sessionsOf(all, undefined), all);
});
