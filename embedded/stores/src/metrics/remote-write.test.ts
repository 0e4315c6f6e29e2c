import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { WriteRequest } from 'generator/sinks/prometheus-encoding';
import protobuf from 'protobufjs/minimal.js';
import { compress } from 'snappyjs';
import { QueryError } from '../query/query-error.js';
import { decodeWriteRequest } from './remote-write.js';

const SERIES = {
  name: 'requests_total',
  labels: { job: 'api', text: 'Zürich' },
  timestamps_ms: [-5, 0, 1772445600123],
  values: [0.5, Number.POSITIVE_INFINITY, -1e300],
  exemplars: [{ labels: { trace_id: 'abc' }, value: 0.25, timestamp_ms: 1772445600100 }],
};

function encoded(): Uint8Array {
  const request = new WriteRequest();
  request.add(SERIES);
  return request.take();
}

test('what the loader sends is read back', () => {
  const [series, ...others] = decodeWriteRequest(encoded());
  assert.deepEqual(others, []);
  assert.deepEqual(series?.labels.toObject(), { __name__: 'requests_total', job: 'api', text: 'Zürich' });
  assert.deepEqual([...(series?.times ?? [])], SERIES.timestamps_ms);
  assert.deepEqual([...(series?.values ?? [])], SERIES.values);
  const [exemplar] = series?.exemplars ?? [];
  assert.deepEqual({ ...exemplar, labels: exemplar?.labels.toObject() }, SERIES.exemplars[0]);
});

/** One series `up` with what else is written into it. */
function request(write: (writer: protobuf.Writer) => void, name = 'up'): Uint8Array {
  const writer = protobuf.Writer.create().uint32(10).fork();
  if (name !== '') writer.uint32(10).fork().uint32(10).string('__name__').uint32(18).string(name).ldelim();
  write(writer);
  return compress(writer.ldelim().finish());
}

test('a staleness marker is no sample; another NaN is one', () => {
  const sample = (writer: protobuf.Writer, low: number, time: number) =>
    writer
      .uint32(18)
      .fork()
      .uint32(9)
      .fixed64({ low, high: 0x7ff00000, unsigned: true })
      .uint32(16)
      .int64(time)
      .ldelim();
  const [series] = decodeWriteRequest(
    request((writer) => {
      sample(writer, 2, 1000);
      sample(writer, 1, 2000);
    }),
  );
  assert.deepEqual(series?.staleTimes, [1000]);
  assert.deepEqual([...(series?.times ?? [])], [2000]);
  assert.ok(Number.isNaN(series?.values[0]));
});

test('fields that are not known are passed over', () => {
  const body = request((writer) => writer.uint32(72).uint32(5).uint32(85).float(1).uint32(89).double(1));
  assert.equal(decodeWriteRequest(body).length, 1);
});

test('what is no request is refused', () => {
  const refused = (body: Uint8Array, kind: string, message: RegExp) =>
    assert.throws(
      () => decodeWriteRequest(body),
      (error: QueryError) => error.kind === kind && message.test(error.message),
    );
  refused(Buffer.from('abc'), 'bad_data', /^snappy: corrupt input$/);
  refused(compress(Buffer.from([10, 200, 1])), 'bad_data', /a field is longer than its message/);
  refused(compress(Buffer.from([7])), 'bad_data', /unknown wire type 7/);
  refused(Buffer.from([0xff, 0xff, 0xff, 0xff, 0x0f]), 'too_large', /4294967295 bytes decompressed/);
  refused(
    request((writer) => writer.uint32(34).fork().ldelim()),
    'unsupported',
    /native histogram/,
  );
  refused(
    request((writer) => writer.uint32(10).fork().uint32(10).string('__name__').ldelim()),
    'bad_data',
    /given twice/,
  );
  refused(
    request(() => undefined, ''),
    'bad_data',
    /the metric has no name/,
  );
  refused(
    request((writer) =>
      writer
        .uint32(10)
        .fork()
        .uint32(10)
        .bytes(Buffer.from([0xff]))
        .ldelim(),
    ),
    'bad_data',
    /not UTF-8/,
  );
});

test('a body with changed bytes is read or refused, and nothing else', () => {
  const change = fc.record({ at: fc.nat(200), to: fc.nat(255) });
  fc.assert(
    fc.property(fc.array(change, { minLength: 1, maxLength: 6 }), fc.nat(200), (changes, length) => {
      const body = Uint8Array.from(encoded());
      for (const { at, to } of changes) body[at % body.length] = to;
      try {
        decodeWriteRequest(body.subarray(0, Math.max(1, length)));
      } catch (error) {
        assert.ok(error instanceof QueryError, String(error));
      }
    }),
    { numRuns: 2000 },
  );
});
