/** Loki's API over a store of its own, for tests. */
import assert from 'node:assert/strict';
import type { ApiAnswer } from '../../http/api.js';
import { createLogsApi } from '../api.js';
import { LogsStore } from '../store.js';

export const BASE_MS = Date.UTC(2026, 2, 2, 9);

export class Loki {
  writable = true;
  readonly #api = createLogsApi(new LogsStore(), { isWritable: () => this.writable });

  async ask(
    path: string,
    parameters: Readonly<Record<string, string>> = {},
    headers: Record<string, string> = {},
  ) {
    const query = new URLSearchParams({
      start: `${BASE_MS}000000`,
      end: `${BASE_MS + 60_000}000000`,
      ...parameters,
    });
    return this.#send({ method: 'GET', path, query, headers, body: new Uint8Array() });
  }

  async push(body: unknown, headers: Record<string, string> = { 'content-type': 'application/json' }) {
    const bytes =
      body instanceof Uint8Array ? body : Buffer.from(typeof body === 'string' ? body : JSON.stringify(body));
    return this.#send({
      method: 'POST',
      path: '/loki/api/v1/push',
      query: new URLSearchParams(),
      headers,
      body: bytes,
    });
  }

  async method(method: string, path: string): Promise<number> {
    return (
      await this.#send({ method, path, query: new URLSearchParams(), headers: {}, body: new Uint8Array() })
    ).status;
  }

  #send({ method, path, query, headers, body }: Sent): Promise<ApiAnswer> {
    const { signal } = new AbortController();
    return this.#api({ method, path, parameters: query, headers, body, signal });
  }
}

interface Sent {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: Record<string, string>;
  readonly body: Uint8Array;
}

/** What an answer that succeeded has to say. */
// biome-ignore lint/suspicious/noExplicitAny: answers of many shapes, looked into right away.
export function dataOf({ status, body }: ApiAnswer): any {
  assert.equal(status, 200, String(body));
  const parsed = JSON.parse(String(body));
  return parsed.data ?? parsed;
}

/** Nanoseconds of a time of the tests. */
export function at(ms: number): string {
  return `${BASE_MS + ms}000000`;
}

/** Three lines in two streams. */
export async function loaded(): Promise<Loki> {
  const loki = new Loki();
  const streams = [
    {
      stream: { app: 'a', level: 'info' },
      values: [
        [at(1000), '{"k":"one","n":1}', { id: 'x' }],
        [at(2000), '{"k":"two","n":2.5}', { id: 'y' }],
      ],
    },
    { stream: { app: 'b' }, values: [[at(1500), 'k=three d=5s level=error']] },
  ];
  assert.equal((await loki.push({ streams })).status, 204);
  return loki;
}
