/**
 * Every query of every dashboard answers, asked as Grafana's pages ask. GRAFANA_URL is a Grafana whose stores hold a run
 * and whose dashboards open on its window.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DASHBOARD, DATASOURCE } from '../src/config.js';

const GRAFANA = process.env.GRAFANA_URL ?? '';

interface Target {
  readonly datasource: { readonly uid: string };
  readonly refId?: string;
  readonly query?: string;
  readonly limit?: number;
}

interface Panel {
  readonly title: string;
  readonly targets?: readonly Target[];
}

interface Dashboard {
  readonly time: { readonly from: string; readonly to: string };
  readonly panels: readonly Panel[];
}

/** What the variables are when a dashboard opens. */
const VARIABLES: Readonly<Record<string, string>> = {
  route: '/api/.+',
  service: '.*',
  called: '.*',
  longer: '0ms',
  service_name: '.+',
  level: '.+',
  event: '.+',
  search: '',
};

async function json<T>(path: string, init: RequestInit = {}): Promise<T> {
  const response = await fetch(`${GRAFANA}${path}`, init);
  const text = await response.text();
  assert.ok(response.ok, `${response.status} ${text}`);
  return JSON.parse(text) as T;
}

function filledIn<T>(target: T, fromMs: number): T {
  const text = JSON.stringify(target)
    .replaceAll(/\$\{__from:date:seconds\}/g, String(fromMs / 1000))
    .replaceAll(/\$([a-z_]+)\b/g, (whole, name: string) => VARIABLES[name] ?? whole);
  return JSON.parse(text) as T;
}

interface Answer {
  readonly results: Readonly<Record<string, { readonly frames?: readonly Frame[] }>>;
}

interface Frame {
  readonly data: { readonly values: readonly (readonly unknown[])[] };
}

async function ask(target: Target, from: number, to: number): Promise<number> {
  const query = { refId: 'A', intervalMs: 15_000, maxDataPoints: 400, ...target };
  const body = JSON.stringify({ from: String(from), to: String(to), queries: [query] });
  const headers = { 'content-type': 'application/json' };
  const { results } = await json<Answer>('/api/ds/query', { method: 'POST', headers, body });
  const frames = results[query.refId]?.frames ?? [];
  return frames.reduce((rows, frame) => rows + (frame.data.values[0]?.length ?? 0), 0);
}

/** Grafana's pages search traces through the data source's proxy. */
async function search({ query = '', limit = 20 }: Target, from: number, to: number): Promise<number> {
  const parameters = new URLSearchParams({
    q: query,
    limit: `${limit}`,
    start: `${from / 1000}`,
    end: `${to / 1000}`,
  });
  const path = `/api/datasources/proxy/uid/${DATASOURCE.tempo.uid}/api/search?${parameters}`;
  const { traces } = await json<{ traces: readonly unknown[] }>(path);
  return traces.length;
}

for (const { uid } of Object.values(DASHBOARD)) {
  test(`${uid}: every panel has data`, async () => {
    assert.ok(GRAFANA, 'set GRAFANA_URL');
    const { dashboard } = await json<{ dashboard: Dashboard }>(`/api/dashboards/uid/${uid}`);
    const [from, to] = [Date.parse(dashboard.time.from), Date.parse(dashboard.time.to)];
    for (const { title, targets = [] } of dashboard.panels) {
      const rows = await Promise.all(
        targets.map((each) => {
          const target = filledIn(each, from);
          return target.datasource.uid === DATASOURCE.tempo.uid
            ? search(target, from, to)
            : ask(target, from, to);
        }),
      );
      if (targets.length > 0)
        assert.ok(
          rows.some((count) => count > 0),
          `${title}: ${rows}`,
        );
    }
  });
}
