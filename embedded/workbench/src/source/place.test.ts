import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findPlaces, placeOf, sourceUrl } from './place';

test('an address names a place, and a place its address', () => {
  const place = { file: 'src/api/routes/workflows/create.ts', line: 20 };
  assert.deepEqual(placeOf(sourceUrl(place).slice('/source'.length)), place);
  assert.deepEqual(placeOf('?file=src/main.ts'), { file: 'src/main.ts', line: undefined });
  assert.equal(placeOf('?line=3'), undefined);
  for (const line of ['0', '-1', '1.5', 'x', '']) {
    assert.equal(placeOf(`?file=src/main.ts&line=${line}`)?.line, undefined, line);
  }
});

test('stack frames are places, and nothing of the text is lost', () => {
  const text = [
    'PoolTimeoutError: Timed out after 10000 ms',
    '    at Pool.acquire (src/lib/database/pool.ts:126:22)',
    '    at async src/api/routes/data/transform.ts:32:19',
    '    at node:internal/process/task_queues:95:5',
  ].join('\n');
  const pieces = findPlaces(text);
  assert.equal(pieces.map((piece) => piece.text).join(''), text);
  assert.deepEqual(
    pieces.flatMap(({ place }) => (place ? [place] : [])),
    [
      { file: 'src/lib/database/pool.ts', line: 126 },
      { file: 'src/api/routes/data/transform.ts', line: 32 },
    ],
  );
  assert.deepEqual(findPlaces('src/main.ts'), [
    { text: 'src/main.ts', place: { file: 'src/main.ts', line: undefined } },
  ]);
  assert.deepEqual(findPlaces(''), []);
});
