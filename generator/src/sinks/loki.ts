/** Pushes streams to Loki. */
import type { HttpClient } from './http.js';
import type { LokiEntry, LokiStream } from './loki-streams.js';

/** Before compression. Below the 4 MiB that Loki's parts by default take from each other in one message. */
const PUSH_BYTES_MAX = 1024 * 1024;
const PUSH_PATH = '/loki/api/v1/push';

/**
 * Pushes streams in order, one request after the other.
 * @param onPushed told after each accepted request, with the number of lines in it
 * @throws {StoreError} when Loki refuses a request; it may have stored the valid lines of it
 */
export async function pushStreams(
  client: HttpClient,
  streams: AsyncIterable<LokiStream> | Iterable<LokiStream>,
  onPushed: (lines: number) => void = () => {},
): Promise<void> {
  const push = new Push();
  const send = async () => {
    const lines = push.lines;
    const body = Buffer.from(push.take());
    await client.postGzip(PUSH_PATH, body, { 'Content-Type': 'application/json' });
    onPushed(lines);
  };
  for await (const { labels, entries } of streams) {
    for (const entry of entries) {
      push.add(labels, entry);
      if (push.bytes >= PUSH_BYTES_MAX) await send();
    }
  }
  if (push.lines > 0) await send();
}

/** The JSON of one request. */
class Push {
  bytes = 0;
  lines = 0;
  readonly #streams = new Map<string, string[]>();

  add(labels: LokiStream['labels'], { timestamp_ns, line, metadata }: LokiEntry): void {
    const key = JSON.stringify(labels);
    const values = this.#streams.get(key) ?? [];
    this.#streams.set(key, values);
    const value = JSON.stringify([timestamp_ns, line, metadata]);
    values.push(value);
    this.lines++;
    this.bytes += Buffer.byteLength(value) + 1;
  }

  take(): string {
    const streams = [...this.#streams].map(
      ([labels, values]) => `{"stream":${labels},"values":[${values.join()}]}`,
    );
    this.#streams.clear();
    this.bytes = 0;
    this.lines = 0;
    return `{"streams":[${streams.join()}]}`;
  }
}
