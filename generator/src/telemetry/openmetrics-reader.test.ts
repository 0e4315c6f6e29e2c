import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { readSeries, type Series } from './openmetrics-reader.js';

async function* chunked(text: string, size: number): AsyncGenerator<Uint8Array> {
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

async function seriesOf(text: string, size = 1000): Promise<Series[]> {
  const all: Series[] = [];
  for await (const series of readSeries(chunked(text, size))) all.push(series);
  return all;
}

const EXAMPLE = `# TYPE http_requests counter
# HELP http_requests Finished, "all" of them.\\nBy route.
http_requests_total{route="/a b}",status_code="200"} 1 1700000000.000
http_requests_total{route="/a b}",status_code="200"} 3 1700000015.000
http_requests_total{route="/q\\"\\\\ü"} 1e3 1700000015.250
# TYPE wait_seconds histogram
# UNIT wait_seconds seconds
wait_seconds_bucket{le="1"} 2 1700000000 # {trace_id="ab",span_id="cd"} 0.25 1699999999.5
wait_seconds_bucket{le="+Inf"} 2 1700000000
# TYPE up gauge
up NaN 1700000000
# EOF
`;

test('series come out one by one, with family, labels, samples and exemplars', async () => {
  const [first, second, bucket, infinite, up, ...more] = await seriesOf(EXAMPLE);
  assert.deepEqual(first, {
    family: { name: 'http_requests', type: 'counter', help: 'Finished, "all" of them.\nBy route.', unit: '' },
    name: 'http_requests_total',
    labels: { route: '/a b}', status_code: '200' },
    timestamps_ms: [1700000000000, 1700000015000],
    values: [1, 3],
    exemplars: [],
  });
  assert.deepEqual([second?.labels, second?.values], [{ route: '/q"\\ü' }, [1000]]);
  assert.deepEqual([bucket?.family.type, bucket?.family.unit], ['histogram', 'seconds']);
  assert.deepEqual(bucket?.exemplars, [
    { labels: { trace_id: 'ab', span_id: 'cd' }, value: 0.25, timestamp_ms: 1699999999500 },
  ]);
  assert.equal(infinite?.labels.le, '+Inf');
  assert.deepEqual([up?.name, up?.labels, up?.values], ['up', {}, [Number.NaN]]);
  assert.deepEqual(more, []);
});

test('how the text is cut into chunks makes no difference', async () => {
  const whole = await seriesOf(EXAMPLE);
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 1, max: 200 }), async (size) => {
      assert.deepEqual(await seriesOf(EXAMPLE, size), whole);
    }),
    { seed: 1, numRuns: 30 },
  );
});

for (const [what, text, message] of [
  ['no end', 'up 1 1\n', /line 1: cut off/],
  ['text after the end', '# EOF\nup 1 1\n', /line 2: text after/],
  ['no timestamp', 'up 1\n# EOF\n', /line 1: a sample without timestamp/],
  ['no number', 'up one 1\n# EOF\n', /line 1: not a number: one/],
  ['time standing still', 'up 1 1\nup 1 1\n# EOF\n', /line 2: time does not increase/],
  ['broken labels', 'up{a=1} 1 1\n# EOF\n', /line 1: malformed labels/],
  ['a series in two pieces', 'up{a="1"} 1 1\nup 1 1\nup{a="1"} 1 2\n# EOF\n', /line 3: series .* two pieces/],
  ['a family in two pieces', '# TYPE a gauge\n# TYPE b gauge\n# HELP a x\n# EOF\n', /line 3: family a/],
  ['a stranger in a family', '# TYPE a gauge\nb 1 1\n# EOF\n', /line 2: b stands in family a/],
  ['a free comment', '# hello\n# EOF\n', /line 1: not a TYPE/],
] as const) {
  test(`${what} is refused with its line`, async () => {
    await assert.rejects(seriesOf(text), message);
  });
}
