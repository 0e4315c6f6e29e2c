import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import fc from 'fast-check';
import { encode, reversed, toTraceJson } from '../../test/support/otlp-encoding.js';
import { REFUSED } from '../../test/support/otlp-refused.js';
import { exportOf, hex, keyValues, START_S } from '../../test/support/traces-fixture.js';
import { createTracesApi } from './api.js';
import { TracesStore } from './store.js';

let store: TracesStore;
beforeEach(() => {
  store = new TracesStore();
});

async function send(
  body: Uint8Array | string,
  type = 'application/json',
  isWritable = true,
  method = 'POST',
) {
  const api = createTracesApi(store, { isWritable: () => isWritable });
  const { signal } = new AbortController();
  const request = {
    path: '/v1/traces',
    parameters: new URLSearchParams(),
    headers: { 'content-type': type },
    signal,
  };
  const answer = await api({ ...request, method, body: typeof body === 'string' ? Buffer.from(body) : body });
  return {
    status: answer.status,
    text: Buffer.from(answer.body as Uint8Array).toString(),
    headers: answer.headers,
  };
}

async function trace(id: string): Promise<unknown> {
  const api = createTracesApi(store, { isWritable: () => false });
  const { body } = await api({
    method: 'GET',
    path: `/api/v2/traces/${id}`,
    parameters: new URLSearchParams(),
    headers: {},
    body: new Uint8Array(),
    signal: new AbortController().signal,
  });
  return JSON.parse(String(body)).trace;
}

const RICH = exportOf(
  { 'service.name': 'shop', list: ['a', 'b'] },
  [
    {
      id: 1,
      name: 'röot "quoted"\n',
      kind: 2,
      lasts_ms: 5,
      status: 2,
      message: 'broken',
      attributes: {
        float: 0.5,
        big: { intValue: '-9223372036854775808' },
        map: { kvlistValue: { values: [{ key: 'x', value: { intValue: '1' } }] } },
        bytes: { bytesValue: 'AQI=' },
        mixed: { arrayValue: { values: [{ intValue: '1' }, { stringValue: 'z' }] } },
        nothing: {},
      },
      events: [
        {
          timeUnixNano: `${START_S}000000001`,
          name: 'e',
          attributes: keyValues({ a: true }),
          droppedAttributesCount: 2,
        },
      ],
      links: [
        { traceId: hex(7, 32), spanId: hex(8, 16), traceState: 's', attributes: keyValues({ b: 'c' }) },
      ],
    },
    { id: 2, parent: 1, name: 'child' },
  ],
  { name: 'lib', version: '3', attributes: keyValues({ own: 'x' }) },
);

test('spans are taken from JSON and from protobuf alike, with all that they say', async () => {
  assert.equal((await send(JSON.stringify(RICH))).text, '{"partialSuccess":{}}');
  const fromJson = await trace(hex(1, 32));
  store = new TracesStore();
  const answer = await send(encode(RICH), 'application/x-protobuf');
  assert.deepEqual(
    [answer.status, answer.text, answer.headers],
    [200, '\n\0', { 'Content-Type': 'application/x-protobuf' }],
  );
  assert.deepEqual(await trace(hex(1, 32)), fromJson);
  assert.deepEqual(toTraceJson(RICH), fromJson);
});

test('white space, the order of members, names with underscores and numbers for texts make no difference', async () => {
  await send(JSON.stringify(RICH));
  const expected = await trace(hex(1, 32));
  for (const variant of [
    JSON.stringify(RICH, undefined, 3),
    JSON.stringify(reversed(RICH)),
    JSON.stringify(RICH).replace(
      /"(\w+)":/g,
      (_, key: string) => `"${key.replace(/[A-Z]/g, (c) => `_${c.toLowerCase()}`)}" : `,
    ),
    JSON.stringify(RICH)
      .replace(/"(\d{19})"/g, '$1')
      .replace('"kind":2', '"kind":"SPAN_KIND_SERVER"'),
    JSON.stringify({ unknown: [{ '}': '{' }], ...RICH, other: null }),
  ]) {
    store = new TracesStore();
    assert.equal((await send(variant)).status, 200, variant.slice(0, 100));
    assert.deepEqual(await trace(hex(1, 32)), expected);
  }
});

test('a trace may come in many requests, and the same pieces again in another order', async () => {
  const spans = Array.from({ length: 200 }, (_, i) => ({
    id: i + 1,
    name: `n${i % 7}`,
    attributes: { [`k${i % 5}`]: `v${i % 11}`, n: i % 13 },
  }));
  for (const span of spans)
    await send(JSON.stringify(exportOf({ 'service.name': `s${span.id % 3}` }, [span])));
  const { resourceSpans } = (await trace(hex(1, 32))) as {
    resourceSpans: { scopeSpans: { spans: { name: string }[] }[] }[];
  };
  const all = resourceSpans.flatMap(({ scopeSpans }) => scopeSpans.flatMap((scope) => scope.spans));
  assert.equal(all.length, 200);
  assert.equal(resourceSpans.length, 3);
});

test('what is no OTLP is refused whole, and nothing of it stays', async () => {
  await send(JSON.stringify(exportOf({}, [{ trace: 9, id: 1 }])));
  for (const [body, message] of REFUSED) {
    const { status, text } = await send(body);
    assert.equal(status, 400, body.slice(0, 100));
    assert.match(JSON.parse(text).message, message);
    assert.equal(JSON.parse(text).code, 3);
    assert.equal(store.size, 1);
  }
  const half = JSON.stringify(exportOf({}, [{ id: 1 }, { id: 2 }])).replace(
    '"kind":1,"startTime',
    '"kind":"?","startTime',
  );
  assert.equal((await send(half)).status, 400);
  await send(JSON.stringify(exportOf({}, [{ trace: 9, id: 2, parent: 1 }])));
  assert.equal(store.size, 2);
  assert.deepEqual(await trace(hex(1, 32)), {});
});

test('protobuf that is cut off or nonsense is refused in protobuf', async () => {
  const body = encode(RICH);
  for (const broken of [body.subarray(0, body.length - 3), Buffer.from('abc'), Buffer.from([0x0a, 0xff])]) {
    const { status, headers } = await send(broken, 'application/x-protobuf');
    assert.equal(status, 400);
    assert.deepEqual(headers, { 'Content-Type': 'application/x-protobuf' });
    assert.equal(store.size, 0);
  }
  assert.equal((await send('', 'application/x-protobuf')).status, 200);
});

test('bytes at random never crash the receiver', async () => {
  const bodies = fc.oneof(
    fc.uint8Array({ maxLength: 60 }),
    fc.string().map((text) => Buffer.from(text)),
    fc.tuple(fc.nat(), fc.nat(255)).map(([at, byte]) => {
      const body = Buffer.from(JSON.stringify(RICH));
      body[at % body.length] = byte;
      return body;
    }),
  );
  await fc.assert(
    fc.asyncProperty(bodies, fc.boolean(), async (body, json) => {
      const { status } = await send(body, json ? 'application/json' : 'application/x-protobuf');
      assert.ok(status === 200 || status === 400);
    }),
    { numRuns: 300 },
  );
});

test('other methods and types are told what is taken', async () => {
  assert.deepEqual(
    [await send('{}', 'application/json', true, 'GET'), await send('{}', 'text/plain')].map(
      ({ status, text }) => [status, text],
    ),
    [
      [405, '405 method not allowed, supported: [POST]'],
      [415, '415 unsupported media type, supported: [application/json, application/x-protobuf]'],
    ],
  );
});

test('stores that are read-only say so', async () => {
  const { status, text } = await send('{}', 'application/json', false);
  assert.equal(status, 403);
  assert.match(JSON.parse(text).message, /read-only.*--writable/);
});
