import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { DataFrame } from '@grafana/data';
import { DEFAULTS, modelOptionsOf } from '../options';
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

function graphOf(frames: readonly DataFrame[]) {
  const options = modelOptionsOf(DEFAULTS);
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
