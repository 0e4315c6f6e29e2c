/**
 * `Request` and `Response` for a network that carries nothing but text: the same face as the Fetch API's as far as
 * services and their frameworks use it, without the streams behind it, which would be a sixth of a run's time.
 */

type HeadersSource = ConstructorParameters<typeof Headers>[0];

const MEMBERS_LEFT_OUT = ['blob', 'bytes', 'formData'] as const;

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
  readonly headers: Headers;
  readonly signal: AbortSignal | undefined;

  constructor(input: string | URL | LightRequest, init: RequestInit = {}) {
    const from = input instanceof LightRequest ? input : undefined;
    super(init.body ?? from?.body);
    this.url = from?.url ?? String(input);
    this.method = init.method ?? from?.method ?? 'GET';
    this.headers = new Headers((init.headers ?? from?.headers) as HeadersSource);
    this.signal = init.signal ?? from?.signal;
  }

  clone(): LightRequest {
    return new LightRequest(this);
  }
}

export class LightResponse extends LightBody {
  readonly status: number;
  readonly statusText: string;
  readonly headers: Headers;

  constructor(body?: unknown, init: ResponseInit | LightResponse = {}) {
    super(body);
    const { status = 200, statusText = '' } = init;
    this.status = status;
    this.statusText = statusText;
    this.headers = new Headers(init.headers as HeadersSource);
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

  static json(data: unknown, init: ResponseInit = {}): LightResponse {
    const headers = new Headers(init.headers as HeadersSource);
    if (!headers.has('content-type')) headers.set('content-type', 'application/json');
    return new LightResponse(JSON.stringify(data), { ...init, headers });
  }
}

/** Puts them in the place of the Fetch API's own; to be called before the app is loaded. */
export function installLightHttp(): void {
  for (const [name, value] of [
    ['Request', LightRequest],
    ['Response', LightResponse],
  ] as const) {
    Object.defineProperty(globalThis, name, { value, writable: true, configurable: true });
  }
}
