/**
 * The provisioned alert rules, evaluated by Grafana at every moment of the run that its stores hold, and what the
 * dashboards mark of them. GRAFANA_URL is a Grafana whose dashboards open on the run's window.
 */
import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { ALERTS, type AlertCondition } from '../src/alert-conditions.js';
import { alertOnsets } from '../src/annotations.js';
import { DASHBOARD, DATASOURCE } from '../src/config.js';

const GRAFANA = process.env.GRAFANA_URL ?? '';
/** Alert rules are the interviewer's to see. */
const HEADERS = {
  authorization: `Basic ${btoa(process.env.GRAFANA_ADMIN ?? 'admin:admin')}`,
  'content-type': 'application/json',
};

const FIRING = ['pool-above-80', 'idle-in-transaction-above-1s', 'api-errors'];
const STEP_MS = 15_000;
const HOUR_MS = 3_600_000;

interface Rule {
  readonly uid: string;
  readonly condition: string;
  readonly data: readonly unknown[];
}

interface Frames {
  readonly frames: readonly { readonly data: { readonly values: readonly (readonly unknown[])[] } }[];
}

async function json<T>(path: string, body?: unknown): Promise<T> {
  const init = body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) };
  const response = await fetch(`${GRAFANA}${path}`, { headers: HEADERS, ...init });
  const text = await response.text();
  assert.ok(response.ok, `${response.status} ${text}`);
  return JSON.parse(text) as T;
}

let rules: readonly Rule[];
let from: number;
let to: number;
before(async () => {
  assert.ok(GRAFANA, 'set GRAFANA_URL');
  rules = await json('/api/v1/provisioning/alert-rules');
  const { dashboard } = await json<{ dashboard: { time: { from: string; to: string } } }>(
    `/api/dashboards/uid/${DASHBOARD.overview.uid}`,
  );
  [from, to] = [Date.parse(dashboard.time.from), Date.parse(dashboard.time.to)];
});

/** Whether a rule's condition is met at a moment; undefined when there is no data. */
async function isMet({ condition, data }: Rule, time: number): Promise<boolean | undefined> {
  const { results } = await json<{ results: Readonly<Record<string, Frames>> }>('/api/v1/eval', {
    data,
    condition,
    now: new Date(time).toISOString(),
  });
  const values = results[condition]?.frames.flatMap((frame) => frame.data.values.flat()) ?? [];
  // Grafana takes everything but zero for true, NaN too, which it writes as null.
  return values.length === 0 ? undefined : values.some((value) => value !== 0);
}

/** The moments at which a rule begins to fire. */
async function firings(alert: AlertCondition): Promise<readonly number[]> {
  const rule = rules.find(({ uid }) => uid === alert.uid);
  assert.ok(rule, `${alert.uid} is not provisioned`);
  const begun: number[] = [];
  let since: number | undefined;
  for (let time = from; time <= to; time += STEP_MS) {
    const met = await isMet(rule, time);
    since = met ? (since ?? time) : undefined;
    if (since !== undefined && time - since === alert.forMinutes * 60_000) begun.push(time);
  }
  return begun;
}

/** The moments that the dashboards mark, by the alert's title. */
async function marks(): Promise<ReadonlyMap<string, readonly number[]>> {
  const parameters = new URLSearchParams({
    query: alertOnsets(),
    start: `${from / 1000}`,
    end: `${to / 1000}`,
    step: '15',
  });
  const path = `/api/datasources/proxy/uid/${DATASOURCE.prometheus.uid}/api/v1/query_range?${parameters}`;
  const { data } = await json<{
    data: { result: readonly { metric: { mark: string }; values: readonly [number, string][] }[] };
  }>(path);
  return new Map(
    data.result.map(({ metric, values }) => [
      metric.mark,
      [...new Set(values.map(([, ms]) => Number(ms)))].sort((a, b) => a - b),
    ]),
  );
}

for (const alert of ALERTS) {
  const fires = FIRING.includes(alert.uid);
  test(`${alert.title}: ${fires ? 'fires once, where it is marked' : 'never fires'}`, async () => {
    const begun = await firings(alert);
    const marked = (await marks()).get(alert.title) ?? [];
    assert.equal(begun.length, fires ? 1 : 0, begun.map((time) => new Date(time).toISOString()).join());
    assert.equal(marked.length, begun.length);
    for (const [index, time] of begun.entries()) {
      assert.ok(Math.abs(time - (marked[index] ?? 0)) <= STEP_MS, `${time} is marked at ${marked[index]}`);
    }
  });
}

test('all rules are evaluated without an error, and are silent where there is no data', async () => {
  interface State {
    readonly name: string;
    readonly health: string;
  }
  const { data } = await json<{ data: { groups: readonly { rules: readonly State[] }[] } }>(
    '/api/prometheus/grafana/api/v1/rules',
  );
  const states = data.groups.flatMap((group) => group.rules);
  assert.deepEqual(states.map(({ name }) => name).sort(), ALERTS.map(({ title }) => title).sort());
  assert.deepEqual(
    states.filter(({ health }) => health === 'error'),
    [],
  );
  for (const rule of rules) assert.notEqual(await isMet(rule, to + HOUR_MS), true, rule.uid);
});
