import assert from 'node:assert/strict';
import { test } from 'node:test';
import { tracesWith } from '../../../test/support/traces-fixture.js';

const REFUSED: readonly (readonly [parameters: Readonly<Record<string, string>>, message: string])[] = [
  [{ q: '{' }, 'invalid TraceQL query: parse error at line 1, col 2: syntax error: unexpected $end'],
  [{ q: '{ name = 1 }' }, 'invalid TraceQL query: binary operations must operate on the same type: name = 1'],
  [{ start: 'abc' }, 'invalid start: strconv.ParseUint: parsing "abc": invalid syntax'],
  [{ start: '99999999999' }, 'invalid start: strconv.ParseUint: parsing "99999999999": value out of range'],
  [{ start: '10', end: '5' }, 'http parameter start must be before end. received start=10 end=5'],
  [{ limit: '0' }, 'invalid limit: must be a positive number'],
  [{ limit: '100000000' }, 'limit 100000000 exceeds max limit 262144'],
  [{ spss: 'x' }, 'invalid spss: strconv.ParseUint: parsing "x": invalid syntax'],
  [{ minDuration: '1' }, 'invalid minDuration: time: missing unit in duration "1"'],
  [{ minDuration: 'x' }, 'invalid minDuration: time: invalid duration "x"'],
  [{ minDuration: '5s', maxDuration: '1s' }, 'invalid maxDuration: must be greater than minDuration'],
  [{ tags: 'a=b', q: '{}' }, "invalid request: can't specify tags and q in the same query"],
  [{ tags: 'a=b a=c' }, 'invalid tags: tag a has been set twice'],
  [{ tags: 'a="b' }, 'invalid tags: unterminated quoted value at pos 5'],
  [{ tags: '=b' }, "invalid tags: unexpected '=' at pos 1"],
];

test("what cannot be searched for is refused in Tempo's words", async () => {
  const ask = await tracesWith();
  for (const [parameters, message] of REFUSED) {
    const { status, text, headers } = await ask('/api/search', parameters);
    assert.deepEqual([status, text], [400, message]);
    assert.equal(headers['Content-Type'], 'text/plain; charset=utf-8');
  }
});
