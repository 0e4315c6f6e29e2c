/** Prometheus remote write 1.0: a `WriteRequest` in protobuf, compressed as one snappy block. */
import protobuf from 'protobufjs/minimal.js';
import { compress } from 'snappyjs';
import type { Series } from '../telemetry/openmetrics-reader.js';

/** The part of a series that goes over the wire. */
export type WireSeries = Pick<Series, 'name' | 'labels' | 'timestamps_ms' | 'values' | 'exemplars'>;

export const REMOTE_WRITE_HEADERS: Readonly<Record<string, string>> = {
  'Content-Type': 'application/x-protobuf',
  'Content-Encoding': 'snappy',
  'X-Prometheus-Remote-Write-Version': '0.1.0',
};

// Protobuf tags: field number << 3 | wire type (0 varint, 1 eight bytes, 2 with a length before it).
const REQUEST_TIMESERIES = (1 << 3) | 2;
const SERIES_LABELS = (1 << 3) | 2;
const SERIES_SAMPLES = (2 << 3) | 2;
const SERIES_EXEMPLARS = (3 << 3) | 2;
const LABEL_NAME = (1 << 3) | 2;
const LABEL_VALUE = (2 << 3) | 2;
const SAMPLE_VALUE = (1 << 3) | 1;
const SAMPLE_TIMESTAMP = (2 << 3) | 0;
const EXEMPLAR_LABELS = (1 << 3) | 2;
const EXEMPLAR_VALUE = (2 << 3) | 1;
const EXEMPLAR_TIMESTAMP = (3 << 3) | 0;

/** Collects series into one request. */
export class WriteRequest {
  #writer = protobuf.Writer.create();

  /** Encoded and not yet compressed. */
  get bytes(): number {
    return this.#writer.len;
  }

  /** @param series samples and exemplars each in ascending time */
  add(series: WireSeries): void {
    const writer = this.#writer.uint32(REQUEST_TIMESERIES).fork();
    writeLabels(writer, SERIES_LABELS, { ...series.labels, __name__: series.name });
    series.values.forEach((value, index) => {
      writer.uint32(SERIES_SAMPLES).fork();
      writer.uint32(SAMPLE_VALUE).double(value);
      writer.uint32(SAMPLE_TIMESTAMP).int64(series.timestamps_ms[index] as number);
      writer.ldelim();
    });
    for (const { labels, value, timestamp_ms } of series.exemplars) {
      writer.uint32(SERIES_EXEMPLARS).fork();
      writeLabels(writer, EXEMPLAR_LABELS, labels);
      writer.uint32(EXEMPLAR_VALUE).double(value);
      writer.uint32(EXEMPLAR_TIMESTAMP).int64(timestamp_ms);
      writer.ldelim();
    }
    writer.ldelim();
  }

  /** The request's body; the collection starts anew. */
  take(): Uint8Array {
    const body = compress(this.#writer.finish());
    this.#writer = protobuf.Writer.create();
    return body;
  }
}

/** Receivers expect labels in the order of their names' bytes, which for ASCII is the order of `sort()`. */
function writeLabels(writer: protobuf.Writer, tag: number, labels: Readonly<Record<string, string>>): void {
  for (const name of Object.keys(labels).sort()) {
    writer.uint32(tag).fork();
    writer.uint32(LABEL_NAME).string(name);
    writer.uint32(LABEL_VALUE).string(labels[name] as string);
    writer.ldelim();
  }
}
