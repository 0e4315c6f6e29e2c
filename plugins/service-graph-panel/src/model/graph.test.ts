import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { DataFrame } from '@grafana/data';
import { DEFAULTS, modelOptionsOf, type Options } from '../options';
import { INCIDENT, INSTANT_TABLE, RANGE, RAW_COUNTERS, ROUTES, WRONG } from '../test-support/frames';
import { buildGraph } from './graph';
import type { Graph, GraphEdge, GraphNode } from './types';

interface Given {
  readonly asked?: readonly string[];
  readonly options?: Partial<Options>;
}

function resultOf(frames: readonly DataFrame[], { asked = [], options = {} }: Given = {}) {
  return buildGraph({ frames, asked, range: RANGE, options: modelOptionsOf({ ...DEFAULTS, ...options }) });
}

function graphOf(frames: readonly DataFrame[], given: Given = {}): Graph {
  const result = resultOf(frames, given);
  assert.equal(result.kind, 'graph');
  return result.kind === 'graph' ? result.graph : assert.fail();
}

function edgeOf(graph: Graph, id: string): GraphEdge {
  return graph.edges.find((edge) => edge.id === id) ?? assert.fail(`there is no edge ${id}`);
}

function nodeOf(graph: Graph, id: string): GraphNode {
  return graph.nodes.find((node) => node.id === id) ?? assert.fail(`there is no node ${id}`);
}

function near(actual: number | null | undefined, expected: number, tolerance: number): void {
  assert.ok(
    actual != null && Math.abs(actual - expected) <= tolerance,
    `${actual} is not ${expected} ± ${tolerance}`,
  );
}

test('every service, the database and the outside services are nodes of their kind', () => {
  const kinds = graphOf(INCIDENT).nodes.map(({ id, kind }) => `${id}: ${kind}`);
  assert.deepEqual(kinds, [
    'api: service',
    'clients: client',
    'connector: external',
    'email-provider: external',
    'identity-provider: external',
    'job-scheduler: service',
    'notification-service: service',
    'payment-gateway: external',
    'postgresql: database',
    'validation-service: external',
    'workflow-engine: service',
  ]);
});

test('an edge has its figures of now and of the start of the range', () => {
  const { now, before, over } = edgeOf(graphOf(INCIDENT), 'api>postgresql');
  near(before?.rate, 207, 10);
  near(now.rate, 87, 10);
  near(before?.errors, 0, 0.001);
  near(now.errors, 0.076, 0.02);
  near(before?.mean_s, 0.0017, 0.0005);
  near(now.mean_s, 1.1, 0.2);
  near(now.p95?.value_s, 7.4, 1);
  assert.deepEqual(over, { errors: true, latency: true });
});

test('calls in flight are rate times mean latency', () => {
  const graph = graphOf(INCIDENT);
  for (const { now } of graph.edges) near(now.inFlight, (now.rate ?? 0) * (now.mean_s ?? 0), 1e-6);
  near(edgeOf(graph, 'api>validation-service').now.inFlight, 16, 1.5);
  near(edgeOf(graph, 'api>validation-service').now.mean_s, 22, 0.5);
});

test('an outside service has no latency threshold but the one that somebody sets', () => {
  const id = 'api>validation-service';
  assert.deepEqual(edgeOf(graphOf(INCIDENT), id).over, { errors: false, latency: false });
  const options = { latencyBudgets: 'validation-service = 20\npayment-gateway = 1' };
  assert.deepEqual(edgeOf(graphOf(INCIDENT, { options }), id).over, { errors: false, latency: true });
});

test('the database shows the pools as their clients report them, the fullest first, and the server apart', () => {
  const { pools, server } = nodeOf(graphOf(INCIDENT), 'postgresql');
  assert.deepEqual(
    pools.map(({ name, max, over }) => ({ name, max, over })),
    [
      { name: 'api', max: 200, over: { utilization: true, waiting: true } },
      { name: 'worker', max: 17, over: { utilization: false, waiting: false } },
    ],
  );
  near(pools[0]?.used?.now, 200, 1);
  near(pools[0]?.waiting?.now, 95, 15);
  near(pools[0]?.waiting?.before, 0, 0.5);
  near(server?.cpu?.now, 0.33, 0.06);
});

test('the pool is marked from the threshold in the options', () => {
  const over = (poolThreshold: number) =>
    nodeOf(graphOf(INCIDENT, { options: { poolThreshold } }), 'postgresql').pools[0]?.over.utilization;
  assert.deepEqual([over(0.8), over(1.01), over(0)], [true, false, false]);
});

test("a node's figures are the sum of the calls that reach it", () => {
  const graph = graphOf(INCIDENT);
  const incoming = graph.edges.filter((edge) => edge.target === 'postgresql');
  const rate = incoming.reduce((sum, edge) => sum + (edge.now.rate ?? 0), 0);
  near(nodeOf(graph, 'postgresql').now?.rate, rate, 1e-6);
  const clients = nodeOf(graph, 'clients');
  near(clients.now?.rate, edgeOf(graph, 'clients>api').now.rate ?? 0, 1e-9);
});

test('a node that nobody is known to call has no figures of its own, only what it makes', () => {
  const withoutEntry = INCIDENT.filter((frame) => !frame.refId?.endsWith('_entry'));
  const api = nodeOf(graphOf(withoutEntry), 'api');
  assert.equal(api.now, null);
  assert.ok((api.makes ?? 0) > 100);
});

test('by route it can be told which calls fail and which do not', () => {
  const { routes, now } = edgeOf(graphOf([...INCIDENT, ...ROUTES]), 'api>postgresql');
  const failing = routes.filter(({ over }) => over.errors).map(({ route }) => route);
  assert.ok(failing.length >= 8, failing.join(' '));
  const fine = routes.find(({ route }) => route === '/api/workflows/import');
  near(fine?.now.errors, 0, 0.001);
  const sum = routes.reduce((total, route) => total + (route.now.rate ?? 0), 0);
  near(sum, now.rate ?? 0, 0.5);
});

test('routes alone add up to the edge', () => {
  const alone = edgeOf(graphOf(ROUTES), 'api>postgresql').now;
  const whole = edgeOf(graphOf(INCIDENT), 'api>postgresql').now;
  near(alone.rate, whole.rate ?? 0, 0.01);
  near(alone.inFlight, whole.inFlight ?? 0, 0.5);
  near(alone.errors, whole.errors ?? 0, 0.001);
});

test('instant queries in tables give the same figures, without anything to compare with', () => {
  const table = graphOf(INSTANT_TABLE);
  const range = graphOf(INCIDENT);
  assert.equal(table.edges.length, range.edges.length - 1, 'all edges but the one of the clients');
  for (const { id, now, before } of table.edges) {
    near(now.rate, edgeOf(range, id).now.rate ?? 0, 1e-6);
    assert.equal(before, null);
  }
  near(edgeOf(table, 'api>identity-provider').now.p95?.value_s, 0.166, 0.02);
  assert.equal(nodeOf(table, 'postgresql').kind, 'database');
});

test('bare counters are turned into rates, and told by their metric whatever the query is called', () => {
  const graph = graphOf(RAW_COUNTERS);
  const { now } = edgeOf(graph, 'api>validation-service');
  near(now.rate, 0.74, 0.05);
  near(now.mean_s, 22, 0.5);
  const [pool] = nodeOf(graph, 'postgresql').pools;
  near(pool?.used?.now, 200, 0.5);
  assert.equal(pool?.max, 200, 'from the used connections and their share');
  near(pool?.waiting?.now, 95, 20);
});

test('the order of frames changes nothing', () => {
  assert.deepEqual(graphOf([...INCIDENT].reverse()).edges, graphOf(INCIDENT).edges);
});

test('without a series of failures nothing failed if they were asked for, and nobody knows otherwise', () => {
  const frames = INCIDENT.filter((frame) => !frame.refId?.startsWith('failed'));
  const asked = graphOf(frames, { asked: ['rate', 'failed'] });
  assert.equal(edgeOf(asked, 'api>postgresql').now.errors, 0);
  assert.deepEqual(asked.notices, []);
  const notAsked = graphOf(frames);
  assert.equal(edgeOf(notAsked, 'api>postgresql').now.errors, null);
  assert.match(notAsked.notices.join(), /error shares are not known/);
});

test('what is missing is named and never shown as 0', () => {
  const rates = INCIDENT.filter((frame) => /^(rate|failed)/.test(frame.refId ?? ''));
  const graph = graphOf(rates, { asked: ['rate', 'failed', 'latency', 'p95', 'pool_used'] });
  const { now } = edgeOf(graph, 'api>postgresql');
  assert.deepEqual([now.mean_s, now.p95, now.inFlight], [null, null, null]);
  assert.equal(graph.notices.length, 3, graph.notices.join(' '));
  assert.match(graph.notices.join(' '), /latency.*buckets.*connection pool/s);
});

test('complete data brings no notice', () => {
  assert.deepEqual(graphOf(INCIDENT, { asked: INCIDENT.map(({ refId }) => refId ?? '') }).notices, []);
});

test('hidden nodes take their edges along', () => {
  const graph = graphOf(INCIDENT, { options: { hiddenNodes: 'connector\npostgresql' } });
  assert.ok(graph.nodes.every(({ id }) => id !== 'connector' && id !== 'postgresql'));
  assert.ok(graph.edges.every(({ target }) => target !== 'connector' && target !== 'postgresql'));
});

test('frames without edges are told apart from no frames', () => {
  assert.deepEqual(resultOf([]), { kind: 'empty' });
  const wrong = resultOf(WRONG);
  assert.equal(wrong.kind, 'wrong');
  assert.match(wrong.kind === 'wrong' ? wrong.found.join() : '', /^A: Time, .*instance, job, state/);
});
