import assert from 'node:assert/strict';
import { test } from 'node:test';
import { runPromqlTest } from './promqltest.js';

const LOADED = `
load 1m
  up{job="api"} 1+1x3 _ stale
  up{job="db"}  10 20 30
`;

async function outcomeOf(cases: string): Promise<string> {
  const { passed, failed, unsupported } = await runPromqlTest(LOADED + cases);
  const notes = [...failed, ...unsupported].map(({ line, why }) => `${line}: ${why}`);
  return [`${passed}/${failed.length}/${unsupported.length}`, ...notes].join(' ');
}

test('cases that hold', async () => {
  const outcome = await outcomeOf(`
# A comment.
eval instant at 1m up
  up{job="api"} 2
  up{job="db"} 20.000001

eval range from 0 to 4m step 2m up{job="api"}
  up{job="api"} 1 3 4

eval instant at 1m 3 * 4
  12

eval instant at 0 "a\\"b"
  expect string "a\\"b"

eval instant at 2m up{job="db"}[2m]
  expect range vector from 1m to 2m step 1m
  up{job="db"} 20 30

eval_fail instant at 0 sum(
  expected_fail_message 1:5: parse error: unclosed left parenthesis

eval instant at 0 ceil({__name__=~"up|up"}) + on() up
  expect fail regex: found duplicate series .*

eval instant at 0 topk(1, up)
  expect ordered
  up{job="db"} 10

eval instant at 3m rate(up{job="api"}[5m])
  expect info msg: PromQL info: metric might not be a counter, name does not end in _total/_sum/_count/_bucket: "up" (1:6)
  expect no_warn
  {job="api"} 0.01166667

clear
eval instant at 1m up`);
  assert.equal(outcome, '10/0/0');
});

test('cases that do not hold are named by line, with what came instead', async () => {
  const of = async (cases: string) => (await outcomeOf(cases)).replace(/^0\/1\/0 \d+: /, '');
  assert.match(
    await of('eval instant at 1m up{job="db"}\n  up{job="db"} 21'),
    /to be \[21 @60\], got \[20 @60\]/,
  );
  assert.match(await of('eval instant at 1m up{job="db"}'), /unexpected series .*job="db"/);
  assert.match(await of('eval instant at 1m nope\n  up{job="db"} 21'), /series .*job="db".* is missing/);
  assert.match(await of('eval instant at 1m 3\n  4'), /expected 4, got 3/);
  assert.match(await of('eval instant at 1m sum('), /unclosed left parenthesis/);
  assert.match(await of('eval_fail instant at 1m 1'), /expected a failure/);
  assert.match(await of('eval instant at 0 sum(\n  expect fail msg: another'), /expected fail another, got/);
  assert.match(await of('eval_warn instant at 1m 1\n  1'), /expected warn , got none/);
  assert.match(
    await of('eval_ordered instant at 0 sort(up)\n  up{job="db"} 10\n  up{job="api"} 1'),
    /at position 1/,
  );
  assert.match(
    await of('eval range from 0 to 1m step 1m up{job="db"}\n  up{job="db"} 10 _'),
    /got \[10 @0 20 @60\]/,
  );
  const info = 'eval instant at 3m rate(up{job="api"}[5m])\n  expect no_info\n  {job="api"} 0.01166667';
  assert.match(await of(info), /expected no info, got PromQL info/);
});

test('native histograms and what the stores refuse are neither', async () => {
  const outcome = await runPromqlTest(`
load_with_nhcb 1m
  latency_bucket{le="1"} 1
  latency_bucket{le="+Inf"} 2
  native {{schema:0 sum:5 count:4 buckets:[1 2 1]}}x3

eval instant at 0 latency
eval instant at 0 histogram_count(native)
eval instant at 0 sum({job="api"})
eval instant at 0 info(latency_bucket)
eval instant at 0 sum(latency_bucket)
  {} 3
`);
  assert.deepEqual([outcome.passed, outcome.failed.length, outcome.unsupported.length], [1, 0, 4]);
});

test('a line that is no command, and a value that is none, are refused with their place', async () => {
  await assert.rejects(runPromqlTest('\nlode 1m\n  up 1'), /line 2: not a command: lode 1m/);
  await assert.rejects(runPromqlTest('load 1m\n  up 1+x'), /line 1: not a value: 1\+x/);
  await assert.rejects(runPromqlTest('eval instant at soon up'), /not a duration: soon/);
});
