/** A small store of traces, filled by OTLP and asked through its API, for unit tests. */
import assert from 'node:assert/strict';
import { createTracesApi } from '../../src/traces/api.js';
import { TracesStore } from '../../src/traces/store.js';

export const START_S = 1_772_443_000;

export interface SpanFixture {
  readonly trace?: number;
  readonly id: number;
  readonly parent?: number;
  readonly name?: string;
  readonly kind?: number;
  /** Since `START_S`. */
  readonly at_ms?: number;
  readonly lasts_ms?: number;
  readonly status?: number;
  readonly message?: string;
  readonly attributes?: Readonly<Record<string, unknown>>;
  readonly events?: readonly object[];
  readonly links?: readonly object[];
}

export interface Reply {
  readonly status: number;
  readonly text: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly bytes: Uint8Array;
  // biome-ignore lint/suspicious/noExplicitAny: answers of any shape
  readonly json: any;
}

export type Ask = (
  path: string,
  parameters?: Readonly<Record<string, string>>,
  headers?: Readonly<Record<string, string>>,
) => Promise<Reply>;

/** @returns a function that asks the API */
export async function tracesWith(...requests: readonly object[]): Promise<Ask> {
  const api = createTracesApi(new TracesStore(), { isWritable: () => true });
  const signal = new AbortController().signal;
  for (const request of requests) {
    const { status, body } = await api({
      method: 'POST',
      path: '/v1/traces',
      parameters: new URLSearchParams(),
      headers: { 'content-type': 'application/json' },
      body: Buffer.from(JSON.stringify(request)),
      signal,
    });
    assert.equal(status, 200, String(body));
  }
  return async (path, parameters = {}, headers = {}) => {
    const answer = await api({
      method: 'GET',
      path,
      parameters: new URLSearchParams(parameters),
      headers,
      body: new Uint8Array(),
      signal,
    });
    const bytes = typeof answer.body === 'string' ? Buffer.from(answer.body) : answer.body;
    const text = Buffer.from(bytes).toString('utf8');
    const json = answer.status === 200 && text.startsWith('{') ? JSON.parse(text) : undefined;
    return { status: answer.status, text, headers: answer.headers ?? {}, bytes, json };
  };
}

/** An `ExportTraceServiceRequest` of one resource. */
export function exportOf(
  resource: Readonly<Record<string, unknown>>,
  spans: readonly SpanFixture[],
  scope: object = { name: 'library', version: '1' },
): object {
  const resourceSpans = [
    { resource: { attributes: keyValues(resource) }, scopeSpans: [{ scope, spans: spans.map(spanJson) }] },
  ];
  return { resourceSpans };
}

/** Names of spans that a query finds, trace by trace; with `by` spanset by spanset. */
export async function namesFound(ask: Ask, query: string): Promise<readonly (readonly string[])[]> {
  const reply = await ask('/api/search', { q: `${query} | select(name)`, spss: '100' });
  assert.equal(reply.status, 200, reply.text);
  const traces = reply.json.traces as { spanSets: { spans: { name?: string }[] }[] }[];
  return traces.flatMap(({ spanSets }) =>
    spanSets.map(({ spans }) => spans.map(({ name }) => name ?? '').sort()),
  );
}

export function hex(number: number, digits: number): string {
  return number.toString(16).padStart(digits, '0');
}

export function keyValues(attributes: Readonly<Record<string, unknown>>): readonly object[] {
  return Object.entries(attributes).map(([key, value]) => ({ key, value: anyValue(value) }));
}

function anyValue(value: unknown): object {
  if (typeof value === 'string') return { stringValue: value };
  if (typeof value === 'boolean') return { boolValue: value };
  if (typeof value === 'number')
    return Number.isInteger(value) ? { intValue: String(value) } : { doubleValue: value };
  if (Array.isArray(value)) return { arrayValue: { values: value.map(anyValue) } };
  return value as object;
}

function spanJson(span: SpanFixture): object {
  const { trace = 1, id, parent, name = `span ${id}`, kind = 1, at_ms = 0, lasts_ms = 1 } = span;
  const start = BigInt(START_S) * 1_000_000_000n + BigInt(Math.round(at_ms * 1e6));
  return {
    traceId: hex(trace, 32),
    spanId: hex(id, 16),
    ...(parent === undefined ? {} : { parentSpanId: hex(parent, 16) }),
    name,
    kind,
    startTimeUnixNano: String(start),
    endTimeUnixNano: String(start + BigInt(Math.round(lasts_ms * 1e6))),
    attributes: keyValues(span.attributes ?? {}),
    status: { code: span.status ?? 0, ...(span.message ? { message: span.message } : {}) },
    ...(span.events ? { events: span.events } : {}),
    ...(span.links ? { links: span.links } : {}),
  };
}
