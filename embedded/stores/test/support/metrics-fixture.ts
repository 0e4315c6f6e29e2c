/** What metrics queries of TraceQL are asked of, and their answers as values by labels. */
import assert from 'node:assert/strict';
import { type Ask, exportOf, START_S, tracesWith } from './traces-fixture.js';

let ask: Ask;
export const RANGE = { start: String(START_S), end: String(START_S + 120), step: '60' };

/** Ten spans of two services within two minutes. To be called before the first question. */
export async function loadTenSpans(): Promise<Ask> {
  const spans = Array.from({ length: 10 }, (_, i) => ({
    trace: i + 1,
    id: i + 1,
    name: i % 2 ? 'write' : 'read',
    kind: 2,
    at_ms: 1000 + i * 12_000,
    lasts_ms: 2 ** i,
    status: i === 9 ? 2 : 0,
    attributes: i < 8 ? { n: i, 'http.route': `/r${i % 3}` } : { f: i / 4 + 0.125 },
  }));
  ask = await tracesWith(
    exportOf({ 'service.name': 'a' }, spans.slice(0, 6)),
    exportOf({ 'service.name': 'b' }, spans.slice(6)),
  );
  return ask;
}

/** Values by labels; the first slot is before the range and left out. */
export async function range(q: string, parameters: Readonly<Record<string, string>> = {}) {
  const { json, text } = await ask('/api/metrics/query_range', { q, ...RANGE, ...parameters });
  assert.ok(json, text);
  return Object.fromEntries(json.series.map((series: SeriesJson) => [labelText(series), values(series)]));
}

export interface SeriesJson {
  readonly labels: readonly { readonly key: string; readonly value: object }[];
  readonly samples: readonly { readonly timestampMs: string; readonly value?: number }[];
  readonly exemplars?: readonly {
    readonly value: number;
    readonly timestampMs: string;
    readonly labels: readonly { key: string; value: object }[];
  }[];
  readonly value?: number;
}

function labelText({ labels }: SeriesJson): string {
  return labels.map(({ key, value }) => `${key}=${Object.values(value)[0]}`).join(' ');
}

function values({ samples }: SeriesJson): readonly number[] {
  return samples
    .filter(({ timestampMs }) => Number(timestampMs) > START_S * 1000)
    .map(({ value = 0 }) => Math.round(value * 1e9) / 1e9);
}

/** Values by labels of a query without steps. */
export async function instant(q: string) {
  const { json, text } = await ask('/api/metrics/query', { q, ...RANGE });
  assert.ok(json, text);
  return Object.fromEntries(
    (json.series ?? []).map((series: SeriesJson) => [labelText(series), series.value ?? 0]),
  );
}
