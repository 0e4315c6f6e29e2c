import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import protobuf from 'protobufjs';
import { uncompress } from 'snappyjs';
import { WriteRequest } from './prometheus-encoding.js';

/** From Prometheus' prompb/remote.proto and types.proto, version 1.0 of the protocol. */
const PROTO = `
  syntax = "proto3";
  message WriteRequest { repeated TimeSeries timeseries = 1; reserved 2; }
  message TimeSeries { repeated Label labels = 1; repeated Sample samples = 2; repeated Exemplar exemplars = 3; }
  message Label { string name = 1; string value = 2; }
  message Sample { double value = 1; int64 timestamp = 2; }
  message Exemplar { repeated Label labels = 1; double value = 2; int64 timestamp = 3; }`;

const message = protobuf.parse(PROTO).root.lookupType('WriteRequest');

function decode(body: Uint8Array) {
  return message.toObject(message.decode(uncompress(body)), { longs: Number, arrays: true });
}

const labels = fc
  .dictionary(fc.stringMatching(/^[a-zA-Z_][a-z0-9_]{0,8}$/), fc.string(), { noNullPrototype: true })
  .map(({ __name__: _, ...others }) => others);
const time = fc.integer({ min: 0, max: 4_000_000_000_000 });
const series = fc.record({
  name: fc.stringMatching(/^[a-z_:]{1,20}$/),
  labels,
  samples: fc.array(fc.tuple(time, fc.double()), { maxLength: 20 }),
  exemplars: fc.array(fc.record({ labels, value: fc.double(), timestamp_ms: time }), { maxLength: 3 }),
});

function sortedPairs(of: Readonly<Record<string, string>>) {
  return Object.entries(of)
    .map(([name, value]) => ({ name, value }))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

test('a receiver reads exactly what was added, labels sorted, whatever the values', () => {
  fc.assert(
    fc.property(fc.array(series, { maxLength: 5 }), (all) => {
      const request = new WriteRequest();
      for (const { samples, ...one } of all) {
        request.add({
          ...one,
          timestamps_ms: samples.map(([at]) => at),
          values: samples.map(([, value]) => value),
        });
      }
      const expected = all.map((one) => ({
        labels: sortedPairs({ ...one.labels, __name__: one.name }),
        samples: one.samples.map(([timestamp, value]) => ({ value, timestamp })),
        exemplars: one.exemplars.map(({ labels: of, value, timestamp_ms }) => ({
          labels: sortedPairs(of),
          value,
          timestamp: timestamp_ms,
        })),
      }));
      const { timeseries } = decode(request.take());
      assert.deepEqual(withDefaults(timeseries), expected);
    }),
  );
});

/** A reader leaves fields with their default out; they are the values all the same. */
function withDefaults(timeseries: readonly Record<string, unknown>[]) {
  const fill = (defaults: object) => (one: object) => ({ ...defaults, ...one });
  return timeseries.map((one) => ({
    ...one,
    labels: (one.labels as object[]).map(fill({ name: '', value: '' })),
    samples: (one.samples as object[]).map(fill({ value: 0, timestamp: 0 })),
    exemplars: (one.exemplars as { labels: object[] }[]).map((exemplar) => ({
      ...fill({ value: 0, timestamp: 0 })(exemplar),
      labels: exemplar.labels.map(fill({ name: '', value: '' })),
    })),
  }));
}

test('taking a request empties it', () => {
  const request = new WriteRequest();
  request.add({ name: 'a', labels: {}, timestamps_ms: [1], values: [1], exemplars: [] });
  assert.ok(request.bytes > 0);
  request.take();
  assert.equal(request.bytes, 0);
  assert.deepEqual(decode(request.take()).timeseries, []);
});

test('large requests survive compression, across the 64 KiB blocks of snappy', () => {
  const values = Array.from({ length: 100_000 }, (_, index) => Math.sin(index));
  const request = new WriteRequest();
  request.add({
    name: 'a',
    labels: {},
    timestamps_ms: values.map((_, index) => index + 1),
    values,
    exemplars: [],
  });
  const { timeseries } = decode(request.take());
  assert.deepEqual(
    timeseries[0].samples.map(({ value }: { value?: number }) => value ?? 0),
    values,
  );
});
