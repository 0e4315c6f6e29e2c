import { context, type Span, SpanKind, SpanStatusCode } from '@opentelemetry/api';
import type { EndpointConfig } from '../config.js';
import { UpstreamError } from '../errors.js';
import type { Metrics } from '../metrics.js';
import { currentRequest } from '../request-context.js';
import type { SourceLocation } from '../source-location.js';
import { ATTRIBUTE } from '../telemetry-names.js';
import { type Tracing, traceparentOf } from '../tracing.js';

export interface HttpClientOptions {
  /** The peer's name in spans and metrics. */
  readonly service: string;
  readonly endpoint: EndpointConfig;
  readonly tracing: Tracing;
  /** Where calls are counted; none for our own services, which count themselves. */
  readonly metrics?: Metrics;
}

export interface CallOptions {
  readonly body?: unknown;
  /** Shown on the call's span. */
  readonly caller?: SourceLocation | undefined;
  /** Is given the call's span before the request is sent. */
  readonly onSpan?: (span: Span) => void;
}

/** JSON over HTTP to one other service: a CLIENT span, trace propagation, a time limit and a latency for each call. */
export class HttpClient {
  readonly #options: HttpClientOptions;
  readonly #baseUrl: string;
  readonly #address: string;
  readonly #port: number;

  constructor(options: HttpClientOptions) {
    const { protocol, hostname, port } = new URL(options.endpoint.url);
    this.#options = options;
    this.#baseUrl = options.endpoint.url.replace(/\/$/, '');
    this.#address = hostname;
    this.#port = Number(port || (protocol === 'https:' ? 443 : 80));
  }

  /** @throws {UpstreamError} when there is no answer in time, or one that is not a success */
  post<T>(path: string, body: unknown, options?: Omit<CallOptions, 'body'>): Promise<T> {
    return this.#call<T>('POST', path, { ...options, body });
  }

  /** @throws {UpstreamError} when there is no answer in time, or one that is not a success */
  get<T>(path: string, options?: CallOptions): Promise<T> {
    return this.#call<T>('GET', path, options ?? {});
  }

  async #call<T>(method: string, path: string, { body, caller, onSpan }: CallOptions): Promise<T> {
    const { service, tracing, metrics, endpoint } = this.#options;
    const active = context.active();
    const url = this.#baseUrl + path;
    const span = tracing.startSpan(`${method} ${service}`, {
      kind: SpanKind.CLIENT,
      attributes: {
        [ATTRIBUTE.httpMethod]: method,
        [ATTRIBUTE.urlFull]: url,
        [ATTRIBUTE.httpRoute]: currentRequest(active)?.route,
        [ATTRIBUTE.serverAddress]: this.#address,
        [ATTRIBUTE.serverPort]: this.#port,
        [ATTRIBUTE.peerService]: service,
        [ATTRIBUTE.servicePeerName]: service,
        [ATTRIBUTE.codeFilePath]: caller?.path,
        [ATTRIBUTE.codeLineNumber]: caller?.line,
      },
      parent: active,
    });
    onSpan?.(span);
    const startedMs = performance.now();
    try {
      const response = await fetch(url, {
        method,
        headers: { 'content-type': 'application/json', traceparent: traceparentOf(span) },
        body: body === undefined ? undefined : JSON.stringify(body),
        signal: AbortSignal.timeout(endpoint.timeoutMs),
      });
      span.setAttribute(ATTRIBUTE.httpStatusCode, response.status);
      const text = await response.text();
      if (!response.ok) throw new UpstreamError(service, String(response.status));
      return JSON.parse(text) as T;
    } catch (error) {
      const failure =
        error instanceof UpstreamError
          ? error
          : new UpstreamError(service, reasonOf(error), { cause: error });
      span.setAttribute(ATTRIBUTE.errorType, failure.reason);
      span.setStatus({ code: SpanStatusCode.ERROR, message: failure.message });
      throw failure;
    } finally {
      metrics?.externalCallFinished(service, (performance.now() - startedMs) / 1000, span.spanContext());
      tracing.endSpan(span);
    }
  }
}

function reasonOf(error: unknown): string {
  if (error instanceof SyntaxError) return 'malformed';
  return error instanceof Error && error.name === 'TimeoutError' ? 'timeout' : 'unreachable';
}
