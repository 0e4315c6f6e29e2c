import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { fit } from './fit';
import { type Layout, type LayoutEdge, type LayoutNode, layOut, type Positions } from './layout';
import { hasOneRow } from './place';
import type { PlacedNode } from './route';

const KINDS: Readonly<Record<string, LayoutNode['kind']>> = {
  clients: 'client',
  postgresql: 'database',
  'email-provider': 'external',
  'identity-provider': 'external',
  'validation-service': 'external',
};
const CALLS = [
  ['clients', 'api'],
  [
    'api',
    'postgresql identity-provider validation-service workflow-engine job-scheduler notification-service',
  ],
  ['job-scheduler', 'postgresql notification-service'],
  ['workflow-engine', 'postgresql notification-service'],
  ['notification-service', 'postgresql email-provider'],
] as const;
const EDGES: LayoutEdge[] = CALLS.flatMap(([source, targets]) =>
  targets.split(' ').map((target) => ({ id: `${source}>${target}`, source, target })),
);
const NODES = nodesOf(EDGES);

function nodesOf(edges: readonly LayoutEdge[]): LayoutNode[] {
  const ids = [...new Set(edges.flatMap(({ source, target }) => [source, target]))].sort();
  return ids.map((id) => {
    return { id, kind: KINDS[id] ?? 'service', hasPool: id === 'postgresql', folded: false };
  });
}

function at(width: number, height = 640, positions: Positions = {}): Layout {
  return layOut({ nodes: NODES, edges: EDGES, width, height, positions });
}

function overlaps(a: PlacedNode, b: PlacedNode): boolean {
  const across = a.x < b.x + b.width && b.x < a.x + a.width;
  return across && Math.abs(a.y - b.y) < (a.height + b.height) / 2;
}

function assertApart({ nodes }: Layout): void {
  for (const [i, a] of nodes.entries())
    for (const b of nodes.slice(i + 1)) assert.equal(overlaps(a, b), false, `${a.id} and ${b.id} overlap`);
}

const placeOf = (layout: Layout, id: string) =>
  layout.nodes.find((node) => node.id === id) ?? assert.fail(id);

test('the same graph in another order stands in the same places', () => {
  const shuffled = layOut({
    ...{ nodes: [...NODES].reverse(), edges: [...EDGES].reverse(), width: 1400, height: 640 },
    positions: {},
  });
  assert.deepEqual(shuffled, at(1400));
});

test('from 660 px on everything fits without scrolling sideways, and nothing overlaps', () => {
  for (const width of [660, 700, 860, 1000, 1170, 1280, 1370, 1440, 1920]) {
    const layout = at(width, 800);
    assert.equal(layout.width, width, `at ${width} px`);
    assert.ok(layout.height <= 800, `at ${width} px: ${layout.height} px high`);
    assertApart(layout);
  }
});

test('callers stand left of what they call, databases and outside services last', () => {
  const { nodes, edges } = at(1920);
  const column = new Map(nodes.map((node) => [node.id, node.column]));
  for (const { source, target } of edges) assert.ok((column.get(source) ?? 9) < (column.get(target) ?? 0));
  const last = Math.max(...column.values());
  for (const [id, at] of column)
    assert.equal(at === last, ['database', 'external'].includes(KINDS[id] ?? ''), id);
});

test('where columns are short of room, calls within one are drawn between its nodes', () => {
  const { edges } = at(1400);
  const sideways = edges.filter((edge) => !edge.onRunway).map(({ id }) => id);
  assert.deepEqual(sideways.sort(), [
    'job-scheduler>notification-service',
    'workflow-engine>notification-service',
  ]);
  for (const { label, tip } of edges) assert.ok(label.x1 - label.x0 > 80 && Number.isFinite(tip.y));
});

test('a node that was put somewhere is there, and no other node moves', () => {
  const [before, after] = [at(1400), at(1400, 640, { api: [0.1, 0.2] })];
  const api = placeOf(after, 'api');
  assert.deepEqual([api.x, api.y, api.moved], [140, 128, true]);
  const others = ({ nodes }: Layout) => nodes.filter(({ id }) => id !== 'api');
  assert.deepEqual(others(after), others(before));
});

test('edges arrive at their target in the order of where they come from', () => {
  const layout = at(1400);
  const arriving = layout.edges.filter(({ target }) => target === 'postgresql');
  const ys = arriving.map(({ toY }) => toY);
  assert.equal(new Set(ys).size, ys.length, 'no two at one place');
  const { y, height } = placeOf(layout, 'postgresql');
  for (const toY of ys) assert.ok(Math.abs(toY - y) <= height / 2);
});

test('clients are left out where there is no room for them', () => {
  assert.ok(at(1400).nodes.some(({ kind }) => kind === 'client'));
  assert.equal(
    at(900).nodes.some(({ kind }) => kind === 'client'),
    false,
  );
});

test('forty nodes fit a full screen, with one row of label', () => {
  const leaves = Array.from({ length: 14 }, (_, i) => ({
    id: `a>leaf-${i}`,
    source: 'a',
    target: `leaf-${i}`,
  }));
  const edges = [
    ...leaves,
    ...leaves.map((leaf) => ({ ...leaf, id: `b${leaf.id}`, source: `b-${leaf.target}` })),
  ];
  const { layout, scale } = fit({ nodes: nodesOf(edges), edges, width: 1400, height: 760, positions: {} });
  assert.ok(hasOneRow(layout.density));
  assert.ok(layout.height * scale <= 760, `${layout.height} px high at ${scale}`);
  assertApart(layout);
});

test('any graph is laid out, cycles and calls to oneself included, each edge once and no node over another', () => {
  const id = fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f', 'g', 'postgresql', 'email-provider', 'clients');
  const edge = fc.tuple(id, id);
  fc.assert(
    fc.property(fc.uniqueArray(edge, { minLength: 1, maxLength: 24, selector: String }), (pairs) => {
      const edges = pairs.map(([source, target]) => ({ id: `${source}>${target}`, source, target }));
      const layout = layOut({ nodes: nodesOf(edges), edges, width: 1500, height: 700, positions: {} });
      assert.deepEqual(layout.edges.map((each) => each.id).sort(), edges.map((each) => each.id).sort());
      assertApart(layout);
      for (const { path } of layout.edges) assert.doesNotMatch(path, /NaN|Infinity|undefined/);
    }),
    { numRuns: 300, seed: 7 },
  );
});
