/** HTTP to a store: patience with one that is starting or busy, and errors that name it and quote what it said. */
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { UserError } from '../user-error.js';

export interface Endpoint {
  /** What people call it: Prometheus, Loki, Tempo. */
  readonly store: string;
  /** Without a slash at its end. */
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** How long a request is tried again, from `first_ms` between two tries doubling up to `longest_ms`. */
export interface Patience {
  readonly first_ms: number;
  readonly longest_ms: number;
  readonly total_ms: number;
}

export const DEFAULT_PATIENCE: Patience = { first_ms: 250, longest_ms: 10_000, total_ms: 120_000 };

export interface Reply {
  readonly status: number;
  readonly text: string;
}

export interface HttpOptions {
  readonly patience?: Patience;
  /** Told before each wait, with a sentence for people. */
  readonly onWait?: (message: string) => void;
  readonly signal?: AbortSignal;
}

/** A store did not do what was asked; the message names it and says what it answered. */
export class StoreError extends UserError {
  override name = 'StoreError';
  readonly store: string;

  constructor(store: string, message: string, cause?: unknown) {
    super(`${store}: ${message}`, { cause });
    this.store = store;
  }
}

const compress = promisify(gzip);

const TRY_TIMEOUT_MS = 60_000;
const OWN_MACHINE = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/;
const QUOTED_CHARACTERS = 600;

type Outcome =
  | { readonly kind: 'reply'; readonly reply: Reply }
  | {
      readonly kind: 'again';
      readonly why: string;
      readonly after_ms: number | undefined;
      readonly cause?: unknown;
    };

export class HttpClient {
  readonly endpoint: Endpoint;
  readonly #patience: Patience;
  readonly #onWait: (message: string) => void;
  readonly #signal: AbortSignal | undefined;

  constructor(endpoint: Endpoint, options: HttpOptions = {}) {
    this.endpoint = endpoint;
    this.#patience = options.patience ?? DEFAULT_PATIENCE;
    this.#onWait = options.onWait ?? (() => {});
    this.#signal = options.signal;
  }

  /** GET; the caller judges any status below 500 but 429. @throws {StoreError} when patience ran out */
  get(path: string, query: Readonly<Record<string, string | readonly string[]>> = {}): Promise<Reply> {
    const parameters = new URLSearchParams();
    for (const [name, values] of Object.entries(query)) {
      for (const value of [values].flat()) parameters.append(name, value);
    }
    const search = parameters.size > 0 ? `?${parameters}` : '';
    return this.#request(path, { url: `${this.endpoint.url}${path}${search}`, init: { method: 'GET' } });
  }

  /** GET that has to succeed with JSON. @throws {StoreError} on any other answer */
  async getJson<T>(
    path: string,
    query: Readonly<Record<string, string | readonly string[]>> = {},
  ): Promise<T> {
    const reply = await this.get(path, query);
    this.expectSuccess(path, reply);
    try {
      return JSON.parse(reply.text) as T;
    } catch (error) {
      throw new StoreError(
        this.endpoint.store,
        `${this.endpoint.url}${path} did not answer with JSON but ${quoteBody(reply.text)}`,
        error,
      );
    }
  }

  /** POST that has to succeed. @throws {StoreError} with the store's message when it refuses */
  async post(path: string, body: Uint8Array, headers: Readonly<Record<string, string>>): Promise<Reply> {
    const init = { method: 'POST', body, headers };
    const reply = await this.#request(path, { url: `${this.endpoint.url}${path}`, init });
    this.expectSuccess(path, reply);
    return reply;
  }

  /** As `post`, compressed unless it stays on this machine, where that only costs time. */
  async postGzip(path: string, body: Uint8Array, headers: Readonly<Record<string, string>>): Promise<Reply> {
    if (OWN_MACHINE.test(new URL(this.endpoint.url).hostname)) return this.post(path, body, headers);
    return this.post(path, await compress(body, { level: 1 }), { ...headers, 'Content-Encoding': 'gzip' });
  }

  /** @throws {StoreError} unless the status is a 2xx */
  expectSuccess(path: string, { status, text }: Reply): void {
    if (status >= 200 && status < 300) return;
    const hint = status === 401 || status === 403 ? ' (see --basic-auth-file and --tenant)' : '';
    throw new StoreError(
      this.endpoint.store,
      `${this.endpoint.url}${path} answered ${status}${hint}: ${quoteBody(text)}`,
    );
  }

  async #request(
    path: string,
    request: { readonly url: string; readonly init: RequestInit },
  ): Promise<Reply> {
    const { first_ms, longest_ms, total_ms } = this.#patience;
    const start = performance.now();
    for (let wait_ms = first_ms; ; wait_ms = Math.min(longest_ms, wait_ms * 2)) {
      const outcome = await this.#try(request);
      if (outcome.kind === 'reply') return outcome.reply;
      const pause_ms = outcome.after_ms ?? wait_ms;
      const { store, url } = this.endpoint;
      if (performance.now() - start + pause_ms > total_ms) {
        const seconds = Math.round(total_ms / 1000);
        throw new StoreError(
          store,
          `${url}${path} ${outcome.why}; given up after ${seconds} s`,
          outcome.cause,
        );
      }
      this.#onWait(`${store} ${outcome.why}: trying again in ${(pause_ms / 1000).toFixed(1)} s`);
      await sleep(pause_ms, undefined, this.#signal ? { signal: this.#signal } : {});
    }
  }

  async #try({ url, init }: { readonly url: string; readonly init: RequestInit }): Promise<Outcome> {
    const timeout = AbortSignal.timeout(TRY_TIMEOUT_MS);
    const signal = this.#signal ? AbortSignal.any([this.#signal, timeout]) : timeout;
    const headers = { ...this.endpoint.headers, ...init.headers };
    try {
      const response = await fetch(url, { ...init, headers, redirect: 'manual', signal });
      const text = await response.text();
      if (response.status === 429 || response.status >= 500) {
        const why = `answers ${response.status}: ${quoteBody(text)}`;
        return { kind: 'again', why, after_ms: retryAfter(response.headers.get('retry-after')) };
      }
      return { kind: 'reply', reply: { status: response.status, text } };
    } catch (error) {
      if (this.#signal?.aborted) throw error;
      return { kind: 'again', why: `is not reachable (${reason(error)})`, after_ms: undefined, cause: error };
    }
  }
}

/** A body as one short line for a message. */
export function quoteBody(text: string): string {
  const line = text.trim().replace(/\s+/g, ' ');
  if (line === '') return 'an empty body';
  return line.length > QUOTED_CHARACTERS ? `${line.slice(0, QUOTED_CHARACTERS)}…` : line;
}

function retryAfter(header: string | null): number | undefined {
  const seconds = header === null ? Number.NaN : Number(header);
  return Number.isFinite(seconds) && seconds >= 0 ? seconds * 1000 : undefined;
}

/** What `fetch` hides in the cause of its "fetch failed". */
function reason(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { cause } = error;
  if (cause instanceof Error) return ('code' in cause && String(cause.code)) || cause.message;
  return error.message;
}
