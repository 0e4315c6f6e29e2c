/** Writes series to anything that takes Prometheus remote write 1.0. */

import type { HttpClient } from './http.js';
import { REMOTE_WRITE_HEADERS, type WireSeries, WriteRequest } from './prometheus-encoding.js';

/** Far below the 32 MiB that a receiver decodes at most; a request takes a moment and its loss costs little. */
const REQUEST_BYTES_MAX = 1024 * 1024;

/**
 * Writes series one request after the other, so that each series arrives in time order and its exemplars with it.
 * @param client of the remote-write address itself
 * @param onWritten told after each accepted request, with the number of samples in it
 * @throws {StoreError} when the receiver refuses a request
 */
export async function writeSeries(
  client: HttpClient,
  series: AsyncIterable<WireSeries> | Iterable<WireSeries>,
  onWritten: (samples: number) => void = () => {},
): Promise<void> {
  const request = new WriteRequest();
  let samples = 0;
  const send = async () => {
    await client.post('', request.take(), REMOTE_WRITE_HEADERS);
    onWritten(samples);
    samples = 0;
  };
  for await (const one of series) {
    request.add(one);
    samples += one.values.length;
    if (request.bytes >= REQUEST_BYTES_MAX) await send();
  }
  if (request.bytes > 0) await send();
}

/** Writes nothing: finds out whether remote write is taken at all. @throws {StoreError} when it is not */
export async function probeRemoteWrite(client: HttpClient): Promise<void> {
  await client.post('', new WriteRequest().take(), REMOTE_WRITE_HEADERS);
}
