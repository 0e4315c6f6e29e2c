import assert from 'node:assert/strict';
import { test } from 'node:test';
import { LightHeaders, LightRequest, LightResponse } from './light-http.js';

const FULL = { Request, Response };
const LIGHT = {
  Request: LightRequest as unknown as typeof Request,
  Response: LightResponse as unknown as typeof Response,
};

/** What a service sees of a request and its answer, by the real classes and by the light ones. */
async function seen({ Request, Response }: typeof FULL): Promise<unknown> {
  const request = new Request('http://api:3000/x?a=1', {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'X-Id': '7' },
    body: '{"a":"ü"}',
  });
  const copy = request.clone();
  const answer = new Response('text', { status: 503, headers: { 'retry-after': '5' } });
  const json = Response.json({ a: 1 }, { status: 201 });
  const empty = new Response(null, { status: 204 });
  const copied = new Response(answer.clone().body, answer);
  return {
    request: [
      request.method,
      request.url,
      request.headers.get('x-id'),
      await request.json(),
      request.bodyUsed,
    ],
    copy: await copy.text(),
    answer: [answer.status, answer.ok, answer.headers.get('retry-after'), answer.headers.get('content-type')],
    json: [json.status, json.ok, json.headers.get('content-type'), await json.json()],
    empty: [empty.status, empty.body, await empty.text(), empty.headers.get('content-type')],
    copied: [copied.status, copied.headers.get('retry-after'), await copied.text()],
    bytes: (await answer.arrayBuffer()).byteLength,
  };
}

test('what services use of requests and responses is as in the Fetch API', async () => {
  assert.deepEqual(await seen(LIGHT), await seen(FULL));
});

test('header fields are as in the Fetch API', () => {
  const fields = (Class: typeof Headers) => {
    const headers = new Class({ 'X-B': ' 2 ', 'content-type': 'text/plain' });
    headers.append('x-a', '1');
    headers.append('X-A', 'one');
    headers.set('X-b', '3');
    headers.delete('Content-Type');
    const copy = new Class(headers);
    copy.set('x-c', '4');
    const visited: string[] = [];
    copy.forEach((value, name) => {
      visited.push(`${name}: ${value}`);
    });
    return {
      first: [headers.get('x-a'), headers.get('x-c'), headers.has('X-B'), headers.has('content-type')],
      all: [[...headers], [...copy], [...copy.keys()], [...copy.values()], [...copy.entries()]],
      pairs: [...new Class([['z', '26']])],
      visited,
    };
  };
  assert.deepEqual(fields(LightHeaders as unknown as typeof Headers), fields(Headers));
});

test('a body is read once', async () => {
  const response = new LightResponse('x');
  await response.text();
  await assert.rejects(response.text(), /already been read/);
});

test('what the simulated network does not carry is refused by name', async () => {
  assert.throws(() => new LightHeaders({ 'set-cookie': 'a=1' }), /cookies/);
  assert.throws(() => new LightResponse(new Uint8Array(1)), /bodies that are strings/);
  assert.throws(() => (new LightResponse('x') as unknown as Response).formData(), /formData\(\)/);
});
