/** The network between the simulated processes: what `fetch` reaches, by host name, with a delay each way. */
import type { VirtualClock } from '../simulation/clock.js';
import type { Random } from '../simulation/random.js';

/** A request as a simulated host sees it. */
export interface NetworkRequest {
  readonly method: string;
  readonly url: URL;
  readonly headers: Headers;
  readonly body: string | undefined;
}

export type Host = (request: NetworkRequest) => Response | Promise<Response>;

export interface NetworkOptions {
  readonly clock: VirtualClock;
  readonly random: Random;
  /** Shortest and longest time of one way, in ms. */
  readonly delay_ms: readonly [number, number];
}

export class Network {
  readonly #options: NetworkOptions;
  readonly #hosts = new Map<string, Host>();

  constructor(options: NetworkOptions) {
    this.#options = options;
  }

  /** Puts a host on the network. @param name as in `http://name/...`; `.example` takes all names that end so */
  attach(name: string, host: Host): void {
    this.#hosts.set(name, host);
  }

  /** Resolves after so many ms of virtual time. */
  wait(delayMs: number): Promise<void> {
    return new Promise((resolve) => this.#options.clock.schedule(delayMs, resolve));
  }

  /** Takes the place of the global `fetch`. Rejects as the real one does: unknown host, aborted signal. */
  readonly fetch: typeof globalThis.fetch = async (input, init = {}) => {
    const url = new URL(typeof input === 'string' || input instanceof URL ? input : input.url);
    const host =
      this.#hosts.get(url.hostname) ?? this.#hosts.get(url.hostname.slice(url.hostname.lastIndexOf('.')));
    if (host === undefined) {
      const cause = Object.assign(new Error(`getaddrinfo ENOTFOUND ${url.hostname}`), { code: 'ENOTFOUND' });
      throw new TypeError('fetch failed', { cause });
    }
    const { body, signal, method = 'GET' } = init;
    if (body !== undefined && body !== null && typeof body !== 'string') {
      throw new TypeError('the simulated network carries request bodies that are strings');
    }
    const request = { method, url, headers: new Headers(init.headers), body: body ?? undefined };
    return abortable(this.#exchange(host, request), signal ?? undefined);
  };

  async #exchange(host: Host, request: NetworkRequest): Promise<Response> {
    const { random, delay_ms } = this.#options;
    await this.wait(random.between(...delay_ms));
    const response = await host(request);
    await this.wait(random.between(...delay_ms));
    return response;
  }
}

function abortable<T>(promise: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (signal === undefined) return promise;
  return new Promise((resolve, reject) => {
    const abort = () => reject(signal.reason);
    if (signal.aborted) return abort();
    signal.addEventListener('abort', abort, { once: true });
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort));
  });
}
