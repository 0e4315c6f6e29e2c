/**
 * Queries name moments and ids of whatever run they are asked about: `$start`, `$incident`, `$recent`, `$end`, each with a
 * duration added or taken (`$end-90s`), `$step`, `$trace` and `$span`. Times come out in the store's own unit.
 */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { type Manifest, RUN_FILES, readLines, type TraceBatch } from 'generator/telemetry/run-files';
import type { Query, StoreName } from './query.js';

export interface Moments {
  readonly start_ms: number;
  readonly incident_ms: number;
  readonly end_ms: number;
  /** From where on traces are searched: all matches of a long run would be too many to be compared. */
  readonly recent_ms: number;
  /** Of range queries that name none. */
  readonly step_s: number;
  /** The trace with most spans among the run's first, and its root. */
  readonly trace: string;
  readonly span: string;
}

/** Of what lies beside the frozen run, without the run. */
export const EXTRA_MOMENTS: Moments = {
  start_ms: Date.parse('2026-03-02T09:55:00Z'),
  incident_ms: Date.parse('2026-03-02T09:57:00Z'),
  recent_ms: Date.parse('2026-03-02T09:55:00Z'),
  end_ms: Date.parse('2026-03-02T10:00:00Z'),
  step_s: 15,
  trace: 'e1000000000000000000000000000001',
  span: 'f0000000000000a1',
};

const SCRAPE_S = 15;
const STEPS = 20;
const SEARCHED_WHOLE_MS = 5 * 60_000;
const SEARCHED_MS = 40_000;

/** @param folder a run's */
export async function momentsOf(folder: string): Promise<Moments> {
  const { window } = JSON.parse(await readFile(path.join(folder, RUN_FILES.manifest), 'utf8')) as Manifest;
  const [start_ms, incident_ms, end_ms] = [window.start, window.incident, window.end].map(Date.parse) as [
    number,
    number,
    number,
  ];
  const step_s = Math.ceil((end_ms - start_ms) / 1000 / STEPS / SCRAPE_S) * SCRAPE_S;
  const recent_ms = end_ms - start_ms > SEARCHED_WHOLE_MS ? end_ms - SEARCHED_MS : start_ms;
  return { start_ms, incident_ms, recent_ms, end_ms, step_s, ...(await largeTrace(folder)) };
}

async function largeTrace(folder: string): Promise<{ trace: string; span: string }> {
  for await (const line of readLines(path.join(folder, RUN_FILES.traces))) {
    const batch = JSON.parse(line.toString('utf8')) as TraceBatch;
    const spans = batch.resourceSpans.flatMap(({ scopeSpans }) => scopeSpans.flatMap((scope) => scope.spans));
    const counts = new Map<string, number>();
    for (const { traceId } of spans) counts.set(traceId, (counts.get(traceId) ?? 0) + 1);
    const [[trace = ''] = []] = [...counts].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1));
    const root = spans.find(({ traceId, parentSpanId }) => traceId === trace && !parentSpanId);
    if (root) return { trace, span: root.spanId };
  }
  throw new Error(`${folder} holds no whole trace`);
}

const UNIT_MS = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 } as const;
const MOMENT = /\$(start|incident|recent|end)(?:([+-])(\d+)(ms|s|m|h))?(?![\w])|\$(step|trace|span)\b/g;

/** The query as it is sent. */
export function fillIn(query: Query, moments: Moments): Query {
  const parameters = query.parameters.map(
    ([name, value]) => [name, fillInText(value, query.store, moments)] as const,
  );
  return { ...query, path: fillInText(query.path, query.store, moments), parameters };
}

/** @param store whose unit times are written in */
export function fillInText(text: string, store: StoreName, moments: Moments): string {
  return text.replaceAll(MOMENT, (_, moment, sign, count, unit, other) => {
    if (other === 'step') return String(moments.step_s);
    if (other !== undefined) return moments[other as 'trace' | 'span'];
    const shift = Number(count ?? 0) * (unit ? UNIT_MS[unit as keyof typeof UNIT_MS] : 0);
    const time_ms =
      moments[`${moment as 'start' | 'incident' | 'recent' | 'end'}_ms`] + (sign === '-' ? -shift : shift);
    return formatTime(time_ms, store);
  });
}

function formatTime(time_ms: number, store: StoreName): string {
  switch (store) {
    case 'prometheus':
      return String(time_ms / 1000);
    case 'loki':
      return `${time_ms}000000`;
    case 'tempo':
      return String(Math.floor(time_ms / 1000));
  }
}
