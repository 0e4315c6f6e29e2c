/** For tests: a script whose cases all have to hold. */
import assert from 'node:assert/strict';
import { runPromqlTest } from './promqltest.js';

/** @throws {assert.AssertionError} naming the cases that do not hold, or that none was run */
export async function assertScript(script: string): Promise<void> {
  const { passed, failed, unsupported } = await runPromqlTest(script);
  assert.deepEqual([...failed, ...unsupported], []);
  assert.ok(passed > 0, 'the script has no cases');
}
