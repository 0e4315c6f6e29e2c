import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { type Ask, exportOf, hex, START_S, tracesWith } from '../../../test/support/traces-fixture.js';

let ask: Ask;

before(async () => {
  ask = await tracesWith(
    exportOf({ 'service.name': 'shop', version: '2' }, [
      {
        trace: 1,
        id: 1,
        name: 'GET /cart',
        kind: 2,
        lasts_ms: 1500,
        attributes: { 'http.route': '/cart', user: 'anna' },
      },
      { trace: 1, id: 2, parent: 1, name: 'select', kind: 3, at_ms: 5, lasts_ms: 0, status: 2 },
      {
        trace: 2,
        id: 3,
        name: 'GET /cart',
        kind: 2,
        at_ms: 10_000,
        lasts_ms: 100,
        attributes: { 'http.route': '/cart' },
      },
      { trace: 3, id: 4, name: 'POST /pay', kind: 2, at_ms: 5000, lasts_ms: 200, attributes: { code: 500 } },
      { trace: 4, id: 6, parent: 99, name: 'late', at_ms: 1000 },
    ]),
    exportOf({ 'service.name': 'bank' }, [
      { trace: 3, id: 5, parent: 4, name: 'charge', kind: 2, at_ms: 5010 },
    ]),
  );
});

async function ids(parameters: Readonly<Record<string, string>>): Promise<readonly number[]> {
  const { json, text } = await ask('/api/search', parameters);
  assert.ok(json, text);
  return json.traces.map(({ traceID }: { traceID: string }) => Number.parseInt(traceID, 16));
}

test('a result says what the trace is, and which spans matched with the fields that were asked for', async () => {
  const { json, text } = await ask('/api/search', {
    q: '{ span.http.route = "/cart" && duration > 1s } | select(span.user, kind)',
  });
  const spans = [
    {
      spanID: hex(1, 16),
      startTimeUnixNano: `${START_S}000000000`,
      durationNanos: '1500000000',
      attributes: [
        { key: 'http.route', value: { stringValue: '/cart' } },
        { key: 'user', value: { stringValue: 'anna' } },
        { key: 'kind', value: { stringValue: 'server' } },
      ],
    },
  ];
  assert.deepEqual(
    json,
    {
      traces: [
        {
          traceID: '1',
          rootServiceName: 'shop',
          rootTraceName: 'GET /cart',
          startTimeUnixNano: `${START_S}000000000`,
          durationMs: 1500,
          spanSet: { spans, matched: 1 },
          spanSets: [{ spans, matched: 1 }],
          serviceStats: { shop: { spanCount: 2, errorCount: 1 } },
        },
      ],
      metrics: { inspectedTraces: 4, completedJobs: 1, totalJobs: 1 },
    },
    text,
  );
});

test('a field is shown only where its value passed the condition, and the name only if it was asked for', async () => {
  const spansOf = async (q: string) =>
    (await ask('/api/search', { q })).json.traces.map(
      (t: { spanSet: { spans: object[] } }) => t.spanSet.spans,
    );
  const [[span]] = await spansOf(
    '{ kind = server && name = "POST /pay" } >> { kind = server || status = error }',
  );
  assert.deepEqual(span, {
    spanID: hex(5, 16),
    startTimeUnixNano: `${START_S + 5}010000000`,
    durationNanos: '1000000',
    attributes: [{ key: 'kind', value: { stringValue: 'server' } }],
  });
  const [[pay]] = await spansOf('{ name = "POST /pay" }');
  assert.equal(pay.name, 'POST /pay');
  assert.equal(pay.attributes, undefined);
});

test('where Tempo has a column of its own for an attribute, a selected one that is missing is shown as nil', async () => {
  const { json } = await ask('/api/search', {
    q: '{ name = "POST /pay" } | select(span.http.route, span.user, event:name)',
  });
  assert.deepEqual(json.traces[0].spanSet.spans[0].attributes, [
    { key: 'http.route', value: { stringValue: 'nil' } },
    { key: 'event:name', value: { stringValue: '' } },
  ]);
});

test('of several events the last one is shown', async () => {
  const event = (name: string, ms: number) => ({ timeUnixNano: `${START_S}00${ms}000000`, name });
  const events = await tracesWith(
    exportOf({}, [{ id: 1, events: [event('a', 1), event('b', 2), event('c', 3)] }]),
  );
  const { json } = await events('/api/search', { q: '{ event:name != "c" } | select(event:timeSinceStart)' });
  assert.deepEqual(json.traces[0].spanSet.spans[0].attributes, [
    { key: 'event:name', value: { stringValue: 'b' } },
    { key: 'event:timeSinceStart', value: { stringValue: '3ms' } },
  ]);
});

test('the newest traces come first, and no more than the limit', async () => {
  assert.deepEqual(await ids({ q: '{}' }), [2, 3, 4, 1]);
  assert.deepEqual(await ids({ q: '{}', limit: '2' }), [2, 3]);
  assert.deepEqual(await ids({ q: '{ kind = server } with (most_recent=true)', limit: '3' }), [2, 3, 1]);
});

test('a trace is in a range of time if any of it is', async () => {
  const range = (from: number, to: number) => ({
    q: '{}',
    start: String(START_S + from),
    end: String(START_S + to),
  });
  assert.deepEqual(await ids(range(0, 100)), [2, 3, 4, 1]);
  assert.deepEqual(await ids(range(1, 2)), [4, 1]);
  assert.deepEqual(await ids(range(2, 5)), [3]);
  assert.deepEqual(await ids(range(6, 9)), []);
});

test('only some spans of a spanset are shown, in the order of their arrival', async () => {
  const { json } = await ask('/api/search', {
    q: '{ resource.service.name = "shop" }',
    spss: '1',
    limit: '4',
  });
  const [spanset] = json.traces.at(-1).spanSets;
  assert.equal(spanset.matched, 2);
  assert.deepEqual(
    spanset.spans.map(({ spanID }: { spanID: string }) => spanID),
    [hex(1, 16)],
  );
});

test('a trace whose root has not come says so', async () => {
  const { json } = await ask('/api/search', { q: '{ name = "late" }' });
  assert.equal(json.traces[0].rootServiceName, '<root span not yet received>');
  assert.equal(json.traces[0].rootTraceName, undefined);
});

test('tags are found in spans and resources, each in any span of the trace', async () => {
  assert.deepEqual(await ids({ tags: 'service.name=shop' }), [2, 3, 4, 1]);
  assert.deepEqual(await ids({ tags: 'service.name=ban' }), [3]);
  assert.deepEqual(await ids({ tags: 'http.route=/car user=anna' }), [1]);
  assert.deepEqual(await ids({ tags: 'user=ann' }), []);
  assert.deepEqual(await ids({ tags: 'name="GET /"' }), [2, 1]);
  assert.deepEqual(await ids({ tags: 'status.code=error' }), [1]);
  assert.deepEqual(await ids({ tags: 'root.name=POST root.service.name=shop' }), [3]);
  assert.deepEqual(await ids({ tags: 'code=500' }), []);
  assert.deepEqual(await ids({ 'service.name': 'bank' }), [3]);
  assert.deepEqual(await ids({ minDuration: '200ms', maxDuration: '1s' }), [3]);
  const { json } = await ask('/api/search', { tags: 'user=anna' });
  assert.equal(json.traces[0].spanSet, undefined);
});

test('characters that HTML knows are escaped, as Go does', async () => {
  const angle = await tracesWith(exportOf({}, [{ id: 1, name: '<a>&\u2028' }]));
  const { text } = await angle('/api/search', { q: '{ name != "" }' });
  assert.match(text, /"name":"\\u003ca\\u003e\\u0026\\u2028"/);
});

test('the rest of the API answers as Tempo does', async () => {
  assert.deepEqual([(await ask('/ready')).text, (await ask('/api/echo')).text], ['ready\n', 'echo']);
  assert.equal((await ask('/api/status/buildinfo')).json.version, '3.0.3');
  for (const path of ['/nope', '/api/overrides', '/', '/metrics', '/api/traces/a/b']) {
    const { status, text } = await ask(path);
    assert.deepEqual([status, text], [404, '404 page not found\n'], path);
  }
});
