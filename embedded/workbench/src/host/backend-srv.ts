import type { BackendSrv, BackendSrvRequest, FetchResponse } from '@grafana/runtime';
import { from, type Observable } from 'rxjs';

/** A failed request in the form that Grafana's libraries and plugins look into. */
interface FetchFailure {
  readonly status: number;
  readonly statusText: string;
  readonly data: unknown;
  readonly config: BackendSrvRequest;
}

async function request<T>(options: BackendSrvRequest): Promise<FetchResponse<T>> {
  const query = new URLSearchParams(
    Object.entries(options.params ?? {}).map(([name, value]) => [name, String(value)]),
  ).toString();
  const url = query ? `${options.url}${options.url.includes('?') ? '&' : '?'}${query}` : options.url;
  const json = options.data !== undefined && typeof options.data !== 'string';
  const response = await fetch(url, {
    method: options.method ?? 'GET',
    headers: { ...(json ? { 'Content-Type': 'application/json' } : {}), ...options.headers },
    body: json ? JSON.stringify(options.data) : options.data,
    signal: options.abortSignal ?? null,
  });
  const text = await response.text();
  const { ok, status, statusText, headers, redirected, type } = response;
  const data = parsed(text, options.responseType === 'text');
  if (!ok) throw { status, statusText, data, config: options } satisfies FetchFailure;
  return { data: data as T, ok, status, statusText, headers, redirected, type, url, config: options };
}

function parsed(text: string, asText: boolean): unknown {
  if (asText) return text;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

type Params = BackendSrvRequest['params'];

async function data<T>(options: BackendSrvRequest): Promise<T> {
  return (await request<T>(options)).data;
}

/** Requests to this origin. There is no Grafana behind it: what its own paths would answer is "not found". */
export const backendSrv: BackendSrv = {
  get: <T>(url: string, params?: Params) => data<T>({ url, ...(params && { params }) }),
  post: <T>(url: string, body?: unknown) => data<T>({ url, method: 'POST', data: body }),
  put: <T>(url: string, body?: unknown) => data<T>({ url, method: 'PUT', data: body }),
  patch: <T>(url: string, body?: unknown) => data<T>({ url, method: 'PATCH', data: body }),
  delete: <T>(url: string) => data<T>({ url, method: 'DELETE' }),
  request: data,
  datasourceRequest: request,
  fetch: <T>(options: BackendSrvRequest): Observable<FetchResponse<T>> => from(request<T>(options)),
  chunked: () => from(Promise.reject(new Error('Answers in parts are not supported'))),
  resolveCancelerIfExists: () => {},
  withNoBackendCache: (callback: () => unknown) => callback(),
} as BackendSrv;
