import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Hono } from 'hono';
import { createService } from '../src/lib/service.js';
import { definition, startApi } from './support/api.js';

function createSlowService() {
  const finish: (() => void)[] = [];
  const events: string[] = [];
  const app = new Hono();
  app.get('/slow', async (c) => {
    await new Promise<void>((resolve) => {
      finish.push(resolve);
    });
    events.push('answered');
    return c.text('done');
  });
  const service = createService({
    app,
    start: async () => undefined,
    stop: async () => {
      events.push('closed');
    },
  });
  return { service, events, finish };
}

const slow = () => new Request('http://service/slow');

test('stopping finishes the requests under way, then closes, and refuses those that come meanwhile', async () => {
  const { service, events, finish } = createSlowService();
  const first = service.fetch(slow());
  const second = service.fetch(slow());
  await new Promise((resolve) => setImmediate(resolve));
  const stopped = service.stop();
  const refused = await service.fetch(slow());
  assert.equal(refused.status, 503);
  assert.equal(refused.headers.get('retry-after'), '5');
  assert.match(await refused.text(), /"shutting_down"/);
  finish[0]?.();
  assert.equal((await first).status, 200);
  assert.deepEqual(events, ['answered']);
  finish[1]?.();
  assert.equal((await second).status, 200);
  await stopped;
  assert.deepEqual(events, ['answered', 'answered', 'closed']);
});

test('an idle service stops at once, and only once', async () => {
  const { service, events } = createSlowService();
  await service.stop();
  await service.stop();
  assert.deepEqual(events, ['closed']);
});

test('the API leaves no connection open and no span unsent', async (t) => {
  const { service, call, database, telemetry } = await startApi(t, { min: 3 });
  assert.equal(database.open.size, 3);
  const importing = call('POST', '/api/workflows/import', { workflows: [definition('a'), definition('b')] });
  await service.stop();
  assert.equal((await importing).status, 201);
  assert.equal(database.open.size, 0);
  assert.equal(telemetry.linesOf('request.completed').length, 1);
});
