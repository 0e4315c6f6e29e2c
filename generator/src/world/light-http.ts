/**
 * `Headers`, `Request` and `Response` for a network that carries nothing but text: the same face as the Fetch API's as far as
 * services and their frameworks use it, without the streams behind it, which would be a sixth of a run's time.
 */

type HeadersSource = Iterable<readonly [string, string]> | Readonly<Record<string, unknown>> | undefined;

/** As in the Fetch API; a response can be given as well. */
interface LightResponseInit {
  readonly status?: number;
  readonly statusText?: string;
  readonly headers?: unknown;
}

const MEMBERS_LEFT_OUT = ['blob', 'bytes', 'formData'] as const;

/** Header fields by their names in lower case. */
export class LightHeaders {
  readonly #fields = new Map<string, string>();

  constructor(source?: HeadersSource) {
    if (source === undefined) return;
    if (source instanceof LightHeaders) {
      for (const [name, value] of source.#fields) this.#fields.set(name, value);
    } else if (Symbol.iterator in source) {
      for (const [name, value] of source as Iterable<readonly [string, string]>) this.append(name, value);
    } else {
      for (const name in source) this.append(name, String(source[name]));
    }
  }

  get(name: string): string | null {
    return this.#fields.get(name.toLowerCase()) ?? null;
  }

  has(name: string): boolean {
    return this.#fields.has(name.toLowerCase());
  }

  set(name: string, value: string): void {
    const key = name.toLowerCase();
    if (key === 'set-cookie') throw new TypeError('cookies are not part of the simulated network');
    this.#fields.set(key, String(value).trim());
  }

  append(name: string, value: string): void {
    const before = this.get(name);
    this.set(name, before === null ? value : `${before}, ${value}`);
  }

  delete(name: string): void {
    this.#fields.delete(name.toLowerCase());
  }

  forEach(visit: (value: string, name: string, headers: LightHeaders) => void): void {
    for (const [name, value] of this) visit(value, name, this);
  }

  *keys(): IterableIterator<string> {
    for (const [name] of this) yield name;
  }

  *values(): IterableIterator<string> {
    for (const [, value] of this) yield value;
  }

  entries(): IterableIterator<[string, string]> {
    return this[Symbol.iterator]();
  }

  /** In the order of their names. */
  [Symbol.iterator](): IterableIterator<[string, string]> {
    return [...this.#fields].sort(([a], [b]) => (a < b ? -1 : 1)).values();
  }
}

class LightBody {
  /** The whole body, which stands in for a stream of it; null when there is none. */
  readonly body: string | null;
  bodyUsed = false;

  constructor(body: unknown) {
    if (body !== null && body !== undefined && typeof body !== 'string') {
      throw new TypeError('the simulated network carries bodies that are strings');
    }
    this.body = body ?? null;
  }

  async text(): Promise<string> {
    if (this.bodyUsed) throw new TypeError('Body is unusable: Body has already been read');
    this.bodyUsed = this.body !== null;
    return this.body ?? '';
  }

  async json(): Promise<unknown> {
    return JSON.parse(await this.text());
  }

  async arrayBuffer(): Promise<ArrayBuffer> {
    return new TextEncoder().encode(await this.text()).buffer;
  }
}

for (const member of MEMBERS_LEFT_OUT) {
  Object.defineProperty(LightBody.prototype, member, {
    value() {
      throw new TypeError(`${member}() of a body is not part of the simulated network`);
    },
  });
}

export class LightRequest extends LightBody {
  readonly url: string;
  readonly method: string;
  readonly headers: LightHeaders;
  readonly signal: AbortSignal | undefined;

  constructor(input: string | URL | LightRequest, init: RequestInit = {}) {
    const from = input instanceof LightRequest ? input : undefined;
    super(init.body ?? from?.body);
    this.url = from?.url ?? String(input);
    this.method = init.method ?? from?.method ?? 'GET';
    this.headers = new LightHeaders((init.headers ?? from?.headers) as HeadersSource);
    this.signal = init.signal ?? from?.signal;
  }

  clone(): LightRequest {
    return new LightRequest(this);
  }
}

export class LightResponse extends LightBody {
  readonly status: number;
  readonly statusText: string;
  readonly headers: LightHeaders;

  constructor(body?: unknown, init: LightResponseInit = {}) {
    super(body);
    const { status = 200, statusText = '' } = init;
    this.status = status;
    this.statusText = statusText;
    this.headers = new LightHeaders(init.headers as HeadersSource);
    if (this.body !== null && !this.headers.has('content-type')) {
      this.headers.set('content-type', 'text/plain;charset=UTF-8');
    }
  }

  get ok(): boolean {
    return this.status >= 200 && this.status < 300;
  }

  clone(): LightResponse {
    return new LightResponse(this.body, this);
  }

  static json(data: unknown, init: LightResponseInit = {}): LightResponse {
    const headers = new LightHeaders(init.headers as HeadersSource);
    if (!headers.has('content-type')) headers.set('content-type', 'application/json');
    return new LightResponse(JSON.stringify(data), { ...init, headers });
  }
}

/** Puts them in the place of the Fetch API's own; to be called before the app is loaded. */
export function installLightHttp(): void {
  for (const [name, value] of [
    ['Headers', LightHeaders],
    ['Request', LightRequest],
    ['Response', LightResponse],
  ] as const) {
    Object.defineProperty(globalThis, name, { value, writable: true, configurable: true });
  }
}
