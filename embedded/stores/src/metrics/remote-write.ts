/** Remote write 1.0: a `WriteRequest` in protobuf, compressed as one snappy block. */
import { uncompress } from 'snappyjs';
import { QueryError, unsupported } from '../query/query-error.js';
import { Labels } from './labels.js';
import { ProtobufError, ProtobufReader } from './protobuf.js';
import type { Exemplar } from './series.js';
import type { IncomingSeries } from './store.js';

/** Once decompressed. */
const BYTES_MAX = 128 * 1024 * 1024;

/** The NaN that says that a series has ended, as two words. */
const STALE_LOW = 0x00000002;
const STALE_HIGH = 0x7ff00000;

// Protobuf tags: field number << 3 | wire type.
const REQUEST_TIMESERIES = (1 << 3) | 2;
const SERIES_LABELS = (1 << 3) | 2;
const SERIES_SAMPLES = (2 << 3) | 2;
const SERIES_EXEMPLARS = (3 << 3) | 2;
const SERIES_HISTOGRAMS = (4 << 3) | 2;
const NAME = (1 << 3) | 2;
const VALUE = (2 << 3) | 2;
const SAMPLE_VALUE = (1 << 3) | 1;
const SAMPLE_TIMESTAMP = (2 << 3) | 0;
const EXEMPLAR_LABELS = (1 << 3) | 2;
const EXEMPLAR_VALUE = (2 << 3) | 1;
const EXEMPLAR_TIMESTAMP = (3 << 3) | 0;

/** @throws {QueryError} `bad_data` for what is no such request, `too_large`, or `unsupported` */
export function decodeWriteRequest(body: Uint8Array): readonly IncomingSeries[] {
  const reader = new ProtobufReader(decompress(body));
  const series: IncomingSeries[] = [];
  try {
    while (!reader.done) {
      const tag = reader.tag();
      if (tag === REQUEST_TIMESERIES) series.push(readSeries(reader.message()));
      else reader.skipField(tag);
    }
  } catch (error) {
    if (error instanceof ProtobufError)
      throw new QueryError('bad_data', `proto: WriteRequest: ${error.message}`);
    throw error;
  }
  return series;
}

function decompress(body: Uint8Array): Uint8Array {
  // The block begins with its length: nothing of it is believed before that is known to be sane.
  const length = lengthOf(body);
  if (length !== undefined && length > BYTES_MAX) {
    throw new QueryError(
      'too_large',
      `the request has ${length} bytes decompressed: at most ${BYTES_MAX} are taken`,
    );
  }
  try {
    return uncompress(body);
  } catch {
    throw new QueryError('bad_data', 'snappy: corrupt input');
  }
}

function lengthOf(body: Uint8Array): number | undefined {
  try {
    return new ProtobufReader(body).varint();
  } catch {
    return undefined;
  }
}

function readSeries(reader: ProtobufReader): IncomingSeries {
  const labels: (readonly [string, string])[] = [];
  const times: number[] = [];
  const values: number[] = [];
  const staleTimes: number[] = [];
  const exemplars: Exemplar[] = [];
  while (!reader.done) {
    const tag = reader.tag();
    if (tag === SERIES_SAMPLES) {
      const sample = readSample(reader.message());
      if (sample.stale) staleTimes.push(sample.timestamp_ms);
      else {
        times.push(sample.timestamp_ms);
        values.push(sample.value);
      }
    } else if (tag === SERIES_LABELS) labels.push(readLabel(reader.message()));
    else if (tag === SERIES_EXEMPLARS) exemplars.push(readExemplar(reader.message()));
    else if (tag === SERIES_HISTOGRAMS) throw unsupported('a native histogram', 'Prometheus');
    else reader.skipField(tag);
  }
  return {
    labels: checked(labels),
    times: Float64Array.from(times),
    values: Float64Array.from(values),
    staleTimes,
    exemplars,
  };
}

function checked(entries: readonly (readonly [string, string])[]): Labels {
  const names = new Set(entries.map(([name]) => name));
  const labels = Labels.of(entries);
  if (names.size < entries.length)
    throw new QueryError('bad_data', `a label is given twice: series=${labels}`);
  if (names.has('')) throw new QueryError('bad_data', `a label has no name: series=${labels}`);
  if (labels.metricName === '') throw new QueryError('bad_data', `the metric has no name: series=${labels}`);
  return labels;
}

function readLabel(reader: ProtobufReader): readonly [string, string] {
  let [name, value] = ['', ''];
  while (!reader.done) {
    const tag = reader.tag();
    if (tag === NAME) name = reader.string();
    else if (tag === VALUE) value = reader.string();
    else reader.skipField(tag);
  }
  return [name, value];
}

interface Sample {
  value: number;
  timestamp_ms: number;
  stale: boolean;
}

function readSample(reader: ProtobufReader): Sample {
  const sample = { value: 0, timestamp_ms: 0, stale: false };
  while (!reader.done) {
    const tag = reader.tag();
    if (tag === SAMPLE_TIMESTAMP) sample.timestamp_ms = reader.varint();
    else if (tag === SAMPLE_VALUE) {
      const [low, high] = reader.peekWords();
      sample.stale = low === STALE_LOW && high === STALE_HIGH;
      sample.value = reader.double();
    } else reader.skipField(tag);
  }
  return sample;
}

function readExemplar(reader: ProtobufReader): Exemplar {
  const labels: (readonly [string, string])[] = [];
  let [value, timestamp_ms] = [0, 0];
  while (!reader.done) {
    const tag = reader.tag();
    if (tag === EXEMPLAR_LABELS) labels.push(readLabel(reader.message()));
    else if (tag === EXEMPLAR_VALUE) value = reader.double();
    else if (tag === EXEMPLAR_TIMESTAMP) timestamp_ms = reader.varint();
    else reader.skipField(tag);
  }
  return { labels: Labels.of(labels), value, timestamp_ms };
}
