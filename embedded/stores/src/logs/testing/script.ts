/** Scripts of the kind that upstream's tests are, over lines of our own. */
import assert from 'node:assert/strict';
import { runLogqlTest } from '../../conformance/logqltest.js';

/** Lines of logfmt every 10 s from 10 s on: v is 0, 1, 2... */
const LOAD = `load
  {app="a", pod="x"} "v={{.i}} d=1m s=2kB kind=even" @ 10s [repeat every 10s for 12]
  {app="a", pod="y"} "v={{.i}} kind=odd" @ 15s [repeat every 20s for 6]
  {app="b"} "v=oops" @ 10s
`;

/** All that a script expects of the lines has to hold. */
export async function check(script: string): Promise<void> {
  const result = await runLogqlTest(`${LOAD}\n${script}`);
  assert.deepEqual(
    { failed: result.failed, unsupported: result.unsupported },
    { failed: [], unsupported: [] },
  );
  assert.ok(result.passed > 0);
}
