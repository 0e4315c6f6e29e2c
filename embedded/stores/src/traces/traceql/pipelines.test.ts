import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { type Ask, exportOf, namesFound, tracesWith } from '../../../test/support/traces-fixture.js';

let ask: Ask;

/** One trace as a tree, and another whose root has not come. */
before(async () => {
  ask = await tracesWith(
    exportOf({ 'service.name': 'shop' }, [
      { id: 4, parent: 2, name: 'leaf', kind: 3, at_ms: 3, lasts_ms: 10, attributes: { n: 1 } },
      { id: 2, parent: 1, name: 'left', at_ms: 1, lasts_ms: 20, attributes: { n: 2 } },
      { id: 3, parent: 1, name: 'right', at_ms: 2, lasts_ms: 30, attributes: { n: 3 } },
      { id: 1, name: 'root', kind: 2, lasts_ms: 40 },
    ]),
    exportOf({ 'service.name': 'shop' }, [
      { trace: 2, id: 6, parent: 5, name: 'orphan', kind: 3, lasts_ms: 5 },
      { trace: 2, id: 7, parent: 6, name: 'below orphan', lasts_ms: 5 },
    ]),
  );
});

const CASES: readonly (readonly [query: string, names: readonly (readonly string[])[]])[] = [
  ['{ name = "root" } > {}', [['left', 'right']]],
  ['{ name = "root" } >> {}', [['leaf', 'left', 'right']]],
  ['{ name = "leaf" } < {}', [['left']]],
  ['{ name = "leaf" } << {}', [['left', 'root']]],
  ['{ name = "left" } ~ {}', [['right']]],
  [
    '{ name = "root" } !> {}',
    [
      ['below orphan', 'orphan'],
      ['leaf', 'root'],
    ],
  ],
  ['{ name = "root" } !>> {}', [['below orphan', 'orphan'], ['root']]],
  [
    '{ name = "leaf" } !< {}',
    [
      ['below orphan', 'orphan'],
      ['leaf', 'right', 'root'],
    ],
  ],
  [
    '{ name = "leaf" } !<< {}',
    [
      ['below orphan', 'orphan'],
      ['leaf', 'right'],
    ],
  ],
  [
    '{ name = "left" } !~ {}',
    [
      ['below orphan', 'orphan'],
      ['leaf', 'left', 'root'],
    ],
  ],
  ['{ name = "root" } &> { name = "left" }', [['left', 'root']]],
  ['{ name = "root" } &>> { name = "leaf" }', [['leaf', 'root']]],
  ['{ name = "leaf" } &< {}', [['leaf', 'left']]],
  ['{ name = "leaf" } &<< {}', [['leaf', 'left', 'root']]],
  ['{ name = "left" } &~ {}', [['left', 'right']]],
  ['{ name = "orphan" } > {}', []],
  ['{ name = "root" } > { name = "left" } > {}', [['leaf']]],
  ['{ name = "root" } && { name = "leaf" }', [['leaf', 'root']]],
  ['{ name = "root" } && { name = "orphan" }', []],
  ['{ name = "root" } || { name = "orphan" }', [['orphan'], ['root']]],
  ['{} | { kind = client }', [['orphan'], ['leaf']]],
  ['{} | count() > 2', [['leaf', 'left', 'right', 'root']]],
  ['{} | count() = 2', [['below orphan', 'orphan']]],
  ['{} | max(duration) > 30ms', [['leaf', 'left', 'right', 'root']]],
  ['{} | min(duration) = 5ms', [['below orphan', 'orphan']]],
  ['{} | avg(duration) = 25ms', [['leaf', 'left', 'right', 'root']]],
  ['{} | sum(duration) = 10ms', [['below orphan', 'orphan']]],
  ['{} | avg(span.n) = 2.0', [['leaf', 'left', 'right', 'root']]],
  ['{} | sum(span.n * 2) = 12', [['leaf', 'left', 'right', 'root']]],
  ['{} | max(span.n) > 3', []],
  ['count() = 4', [['leaf', 'left', 'right', 'root']]],
  ['{} | by(kind) | count() = 2', [['leaf'], ['left', 'right'], ['root']].slice(1, 2)],
  ['{} | by(kind) | coalesce() | count() = 4', [['leaf', 'left', 'right', 'root']]],
];

test('pipelines and structural operators keep the right spans', async () => {
  for (const [query, names] of CASES) assert.deepEqual(await namesFound(ask, query), names, query);
});

test('pipelines in parentheses are combined like filters', async () => {
  const matched = async (q: string) => {
    const { json } = await ask('/api/search', { q });
    return json.traces.map((trace: { spanSet: { matched: number } }) => trace.spanSet.matched);
  };
  assert.deepEqual(await matched('({ kind = client } | count() > 0) && ({ name = "root" })'), [2]);
  assert.deepEqual(await matched('({ kind = client } | count() > 1) || ({ name = "root" })'), [1]);
  assert.deepEqual(await matched('({ name = "root" } | count() = 1) >> ({ kind = client })'), [1]);
});

test('groups and aggregates are shown beside the spans', async () => {
  const { json } = await ask('/api/search', { q: '{ kind = internal } | by(kind) | avg(duration) > 1ms' });
  const [{ spanSets }] = json.traces.slice(-1);
  assert.deepEqual(spanSets[0].attributes, [
    { key: 'by(kind)', value: { stringValue: 'internal' } },
    { key: 'avg(duration)', value: { stringValue: '25ms' } },
  ]);
});

test('spansets that were grouped cannot be related before they are one again', async () => {
  const { status, text } = await ask('/api/search', { q: '({} | by(name)) > ({} | by(name))' });
  assert.equal(status, 400);
  assert.match(text, /not supported for multiple spansets per trace/);
});

test('a filter without a span before it counts spans that have what a later one asks for', async () => {
  assert.deepEqual(await namesFound(ask, 'count() = 3 | max(span.n) = 3'), [['leaf', 'left', 'right']]);
});

test('what follows a select is asked too late', async () => {
  const { json } = await ask('/api/search', { q: '{} | select(name) | { span.n = 1 }' });
  assert.deepEqual(json.traces, []);
});
