/** Bodies that the stores take, to be spoilt. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { WriteRequest } from 'generator/sinks/prometheus-encoding';
import { compress, uncompress } from 'snappyjs';
import { FROZEN_FOLDER } from './frozen-run.js';
import { EXTRA_MOMENTS } from './moments.js';

export interface WrittenBody {
  readonly store: 'prometheus' | 'loki' | 'tempo';
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
  /** Becomes of the body when it has been mutated. */
  readonly encode?: (body: Uint8Array) => Uint8Array;
}

/** Of each API that takes data, a body with all that such a body can hold. */
export async function writtenBodies(): Promise<readonly WrittenBody[]> {
  const write = new WriteRequest();
  const exemplar = {
    labels: { trace_id: EXTRA_MOMENTS.trace },
    value: 1,
    timestamp_ms: EXTRA_MOMENTS.end_ms,
  };
  write.add({
    name: 'fuzzed_total',
    labels: { job: 'fuzz', text: 'Zürich' },
    timestamps_ms: [EXTRA_MOMENTS.start_ms, EXTRA_MOMENTS.end_ms],
    values: [1, Number.NaN],
    exemplars: [exemplar],
  });
  const push = {
    streams: [
      {
        stream: { service_name: 'fuzz', level: 'info' },
        values: [
          [`${EXTRA_MOMENTS.end_ms}000000`, 'a line "quoted" \u00e9', { trace_id: EXTRA_MOMENTS.trace }],
          [`${EXTRA_MOMENTS.end_ms}000001`, '{"a": [1, {"b": null}]}'],
        ],
      },
    ],
  };
  const traces = await readFile(path.join(FROZEN_FOLDER, 'extra-traces.json'));
  const json = { 'Content-Type': 'application/json' };
  const remoteWrite = {
    store: 'prometheus',
    path: '/api/v1/write',
    headers: { 'Content-Type': 'application/x-protobuf', 'Content-Encoding': 'snappy' },
  } as const;
  const body = write.take();
  return [
    { ...remoteWrite, body },
    { ...remoteWrite, body: uncompress(body), encode: compress },
    { store: 'loki', path: '/loki/api/v1/push', headers: json, body: Buffer.from(JSON.stringify(push)) },
    { store: 'tempo', path: '/v1/traces', headers: json, body: traces },
  ];
}
