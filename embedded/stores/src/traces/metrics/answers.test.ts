import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { instant, loadTenSpans, RANGE, type SeriesJson } from '../../../test/support/metrics-fixture.js';
import { type Ask, hex, START_S } from '../../../test/support/traces-fixture.js';

let ask: Ask;
before(async () => {
  ask = await loadTenSpans();
});

test('exemplars name the trace and the fields of the query, and lie on the series', async () => {
  const of = async (q: string, parameters = {}) => {
    const { json } = await ask('/api/metrics/query_range', { q, ...RANGE, ...parameters });
    return (json.series as SeriesJson[]).flatMap(({ exemplars = [] }) => exemplars);
  };
  const [first] = await of('{ status = error } | count_over_time() by (name)');
  assert.deepEqual(first, {
    labels: [
      { key: 'trace:id', value: { stringValue: 'a' } },
      { key: 'status', value: { stringValue: 'error' } },
      { key: 'name', value: { stringValue: 'write' } },
    ],
    value: 1,
    timestampMs: String(START_S * 1000 + 109_000),
  });
  assert.equal((await of('{ status = error } | max_over_time(duration)'))[0]?.value, 0.512);
  assert.equal((await of('{} | rate()')).length, 10);
  assert.equal((await of('{} | rate()', { exemplars: '4' })).length, 4);
  assert.equal((await of('{} | rate() with (exemplars=2)')).length, 2);
  assert.equal((await of('{} | rate() with (exemplars=false)')).length, 0);
});

test('compare tells selected spans from the others, value by value', async () => {
  const found = await instant('{} | compare({ status = error }, 3)');
  assert.equal(found['__meta_type=baseline name=read'], 5);
  assert.equal(found['__meta_type=selection name=write'], 1);
  assert.equal(found['__meta_type=selection resource.service.name=b'], 1);
  assert.equal(found['__meta_type=baseline_total span.n=nil'], 8);
  assert.equal(Object.keys(found).filter((key) => key.startsWith('__meta_type=baseline span.n=')).length, 3);
  const narrow = await instant(
    `{} | compare({ kind = server }, 3, ${START_S}000000000, ${START_S + 2}000000000)`,
  );
  assert.equal(narrow['__meta_type=selection_total name=nil'], 1);
});

test('many series are cut off where the client says', async () => {
  const { json } = await ask('/api/metrics/query_range', {
    q: '{} | rate() by (span.n)',
    ...RANGE,
    maxSeries: '3',
  });
  assert.equal(json.series.length, 3);
  assert.equal(json.status, 'PARTIAL');
  assert.match(json.message, /^Response exceeds maximum series limit of 3/);
});

test('times are seconds, nanoseconds, fractions or dates, and a step is chosen where none is given', async () => {
  const samples = async (parameters: Readonly<Record<string, string>>) => {
    const { json, text } = await ask('/api/metrics/query_range', { q: '{} | rate()', ...parameters });
    assert.ok(json, text);
    return json.series[0].samples.map(
      ({ timestampMs }: { timestampMs: string }) => Number(timestampMs) / 1000 - START_S,
    );
  };
  const expected = await samples(RANGE);
  assert.deepEqual(await samples({ ...RANGE, start: `${START_S}000000000`, step: '1m' }), expected);
  assert.deepEqual(
    await samples({ ...RANGE, start: `${START_S}.0`, end: new Date((START_S + 120) * 1000).toISOString() }),
    expected,
  );
  assert.equal((await samples({ start: RANGE.start, end: RANGE.end })).length, 121);
});

const REFUSED: readonly (readonly [parameters: Readonly<Record<string, string>>, message: string])[] = [
  [{ q: '{' }, 'parse error at line 1, col 2: syntax error: unexpected $end'],
  [{ q: '{}' }, 'not a metrics query'],
  [{ q: '{ parent.a = 1 } | rate()' }, 'compiling query: parent not yet supported'],
  [
    { start: 'abc' },
    'rpc error: code = Code(400) desc = could not parse \'start\' parameter: strconv.ParseInt: parsing "abc": invalid syntax',
  ],
  [{ start: '10', end: '5' }, 'end must be greater than start'],
  [{ step: 'abc' }, 'rpc error: code = Code(400) desc = cannot parse "abc" to a valid duration'],
  [{ step: '0' }, 'step of 0s is too small, minimum step for given range is 12ms'],
  [
    { since: 'x' },
    'rpc error: code = Code(400) desc = could not parse \'since\' parameter: not a valid duration string: "x"',
  ],
  [
    { end: String(START_S + 100_000) },
    'metrics query time range exceeds the maximum allowed duration of 24h0m0s',
  ],
];

test("what cannot be measured is refused in Tempo's words", async () => {
  for (const [parameters, message] of REFUSED) {
    const { status, text } = await ask('/api/metrics/query_range', {
      q: '{} | rate()',
      ...RANGE,
      ...parameters,
    });
    assert.deepEqual([status, text], [400, message]);
  }
  const { text } = await ask('/api/metrics/query', { q: '{', ...RANGE });
  assert.equal(text, 'compiling query: parse error at line 1, col 2: syntax error: unexpected $end');
});

test('an id of a trace as a label has no zeros at its beginning', async () => {
  assert.deepEqual(await instant('{ span.n = 1 } | count_over_time() by (trace:id, span:id)'), {
    [`trace:id=2 span:id=${hex(2, 16)}`]: 1,
  });
});
