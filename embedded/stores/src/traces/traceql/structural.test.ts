import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { exportOf, namesFound, tracesWith } from '../../../test/support/traces-fixture.js';

/** For each span its parent among those before it; the first is a root, and so is any without one. */
const trees = fc
  .integer({ min: 1, max: 12 })
  .chain((size) => fc.tuple(...Array.from({ length: size }, (_, i) => fc.integer({ min: -1, max: i - 1 }))));
const marks = fc.array(fc.boolean(), { minLength: 12, maxLength: 12 });

function isBelow(parents: readonly number[], span: number, other: number): boolean {
  for (let at = parents[span] ?? -1; at >= 0; at = parents[at] ?? -1) if (at === other) return true;
  return false;
}

/** Each relation said outright, of a span on the right side and one on the left. */
const RELATIONS: Readonly<
  Record<string, (parents: readonly number[], right: number, left: number) => boolean>
> = {
  '>': (parents, right, left) => parents[right] === left,
  '<': (parents, right, left) => parents[left] === right,
  '>>': (parents, right, left) => isBelow(parents, right, left),
  '<<': (parents, right, left) => isBelow(parents, left, right),
  '~': (parents, right, left) => right !== left && parents[right] === parents[left],
};

test('in any tree, relations hold between the spans that they say, denied and united too', async () => {
  await fc.assert(
    fc.asyncProperty(
      trees,
      marks,
      marks,
      fc.infiniteStream(fc.nat()),
      async (parents, left, right, order) => {
        const spans = parents.map((parent, id) => ({
          id: id + 1,
          name: `s${id}`,
          ...(parent < 0 ? {} : { parent: parent + 1 }),
          attributes: { left: left[id] ? 1 : 0, right: right[id] ? 1 : 0 },
        }));
        const arrival = [...spans].map((span) => ({ span, key: order.next().value as number }));
        const ask = await tracesWith(
          exportOf(
            {},
            arrival.sort((a, b) => a.key - b.key).map(({ span }) => span),
          ),
        );
        const all = parents.map((_, id) => id);
        for (const [operator, holds] of Object.entries(RELATIONS)) {
          const rights = all.filter((id) => right[id]);
          const lefts = all.filter((id) => left[id]);
          const related = rights.filter((r) => lefts.some((l) => holds(parents, r, l)));
          const relating = lefts.filter((l) => rights.some((r) => holds(parents, r, l)));
          for (const [sign, expected] of [
            [operator, related],
            [`!${operator}`, rights.filter((id) => !related.includes(id))],
            [`&${operator}`, [...new Set([...related, ...relating])]],
          ] as const) {
            const [found = []] = await namesFound(ask, `{ span.left = 1 } ${sign} { span.right = 1 }`);
            assert.deepEqual(found, expected.map((id) => `s${id}`).sort(), sign);
          }
        }
      },
    ),
    { numRuns: 60 },
  );
});
