/** Between the server, which knows HTTP, and the three stores, which know their engine's API. */
import type { IncomingHttpHeaders } from 'node:http';

export interface ApiRequest {
  readonly method: string;
  /** Below the store's base address, decoded: `/api/v1/query`. */
  readonly path: string;
  /** Of the address, and of a form in the body after those: the real engines take either. */
  readonly parameters: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
  /** Decompressed where `Content-Encoding` says gzip; snappy is left to the API. Empty when there was a form. */
  readonly body: Uint8Array;
  /** Aborted when the client hangs up. */
  readonly signal: AbortSignal;
}

export interface ApiAnswer {
  readonly status: number;
  /** `Content-Type` is JSON unless it is given. */
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: string | Uint8Array;
}

/** Answers any request; a failed query is an answer too, in the engine's own shape. */
export type Api = (request: ApiRequest) => Promise<ApiAnswer>;

export interface ApiOptions {
  /** Whether requests that write are taken at this moment. */
  readonly isWritable: () => boolean;
}

export function json(value: unknown, status = 200): ApiAnswer {
  return { status, body: JSON.stringify(value) };
}
