import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { DataFrame } from '@grafana/data';
import { DEFAULTS, modelOptionsOf, type Options } from '../options';
import { SERVICE_MAP } from '../test-support/frames';
import { buildGraph } from './graph';

function frame(
  columns: Readonly<Record<string, readonly unknown[]>>,
  units: Readonly<Record<string, string>> = {},
) {
  const fields = Object.entries(columns).map(([name, values]) => {
    const type = typeof values[0] === 'number' ? 'number' : 'string';
    return { name, type, values, config: units[name] ? { unit: units[name] } : {} };
  });
  return { length: fields[0]?.values.length ?? 0, fields } as unknown as DataFrame;
}

/** As Grafana's Tempo data source gives them. */
const TEMPO_UNITS = { mainstat: 'ms/r', secondarystat: 'r/sec' };
const NODES = frame(
  {
    id: ['user', 'api', 'db'],
    title: ['user', 'API', 'db'],
    subtitle: ['', '', 'database'],
    mainstat: [0, 120, 4],
    secondarystat: [0, 18, 200],
    arc__success: [1, 0.9, 1],
    arc__failed: [0, 0.1, 0],
  },
  TEMPO_UNITS,
);
const EDGES = frame(
  {
    id: ['1', '2'],
    source: ['user', 'api'],
    target: ['api', 'db'],
    mainstat: [120, 4],
    secondarystat: [18, 200],
    detail__pool: ['', 'main'],
  },
  TEMPO_UNITS,
);

function graphOf(frames: readonly DataFrame[], given: Partial<Options> = {}) {
  const options = modelOptionsOf({ ...DEFAULTS, ...given });
  const result = buildGraph({ frames, asked: [], range: { from: 0, to: 1 }, options });
  return result.kind === 'graph' ? result.graph : assert.fail(result.kind);
}

test('node graph frames become nodes and edges; statistics are told by their units', () => {
  const { nodes, edges } = graphOf([NODES, EDGES]);
  assert.deepEqual(
    nodes.map(({ name, kind, over }) => [name, kind, over.errors]),
    [
      ['API', 'service', true],
      ['db', 'database', false],
      ['user', 'client', false],
    ],
  );
  assert.deepEqual(
    edges.map(({ id }) => id),
    ['api>db', 'user>api'],
  );
  assert.equal(edges[0]?.now.rate, 200);
  assert.equal(edges[0]?.now.mean_s, 0.004);
  assert.equal(edges[0]?.now.inFlight, 0.8);
  assert.deepEqual(
    edges[0]?.details.map(({ name, value }) => `${name} ${value}`),
    ['mainstat 4 ms/r', 'secondarystat 200 r/sec', 'pool main'],
  );
});

test('edges alone are enough', () => {
  assert.deepEqual(
    graphOf([EDGES]).nodes.map(({ id, now }) => [id, now]),
    [
      ['api', null],
      ['db', null],
      ['user', null],
    ],
  );
});

test("Tempo's service map is read as its data source gives it", () => {
  const { nodes, edges } = graphOf(SERVICE_MAP, {
    databases: 'postgresql',
    externals: '.*-(provider|gateway)',
  });
  assert.equal(nodes.length, 10);
  assert.equal(edges.length, 15);
  const kinds = new Map(nodes.map(({ id, kind }) => [id, kind]));
  assert.deepEqual(
    ['postgresql', 'email-provider', 'payment-gateway', 'job-scheduler'].map((id) => kinds.get(id)),
    ['database', 'external', 'external', 'service'],
  );
  const edge = edges.find(({ id }) => id === 'api>workflow-engine') ?? assert.fail();
  assert.equal(edge.now.rate, 4.45);
  assert.ok(Math.abs((edge.now.mean_s ?? 0) - 0.000563) < 1e-6);
  const database = nodes.find(({ id }) => id === 'postgresql');
  assert.ok(Math.abs((database?.now?.errors ?? 0) - 0.02) < 1e-3);
});

test('a time of 0 that stands for none is not shown as one, and is told', () => {
  const { edges, nodes, notices } = graphOf(SERVICE_MAP);
  assert.equal(edges.find(({ id }) => id === 'api>postgresql')?.now.mean_s, null);
  assert.match(notices.join(), /^No latency for \d+ of 15 edges/);
  const api = nodes.find(({ id }) => id === 'api');
  assert.equal(api?.now, null);
  assert.ok((api?.makes ?? 0) > 100);
});
