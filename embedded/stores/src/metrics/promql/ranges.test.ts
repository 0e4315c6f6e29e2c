import { test } from 'node:test';
import { assertScript } from '../../conformance/assert-script.js';

/** One query after the other, five minutes after the start, over the series `a`. */
async function assertValues(values: string, cases: Readonly<Record<string, string>>): Promise<void> {
  const evals = Object.entries(cases).map(([query, value]) => `eval instant at 5m ${query}\n  {} ${value}\n`);
  await assertScript(`load 1m\n  a ${values}\n\n${evals.join('\n')}`);
}

test('aggregation over time', async () => {
  await assertValues('9 1 5 3 3 8', {
    'sum_over_time(a[5m])': '20',
    'avg_over_time(a[5m])': '4',
    'count_over_time(a[5m])': '5',
    'min_over_time(a[5m])': '1',
    'max_over_time(a[5m])': '8',
    'present_over_time(a[5m])': '1',
    'stdvar_over_time(a[5m])': '5.6',
    'stddev_over_time(a[5m])': '2.3664319',
    'quantile_over_time(0.25, a[5m])': '3',
    'mad_over_time(a[5m])': '2',
    'changes(a[5m])': '3',
    'resets(a[5m])': '1',
    'ts_of_first_over_time(a[5m])': '60',
    'ts_of_last_over_time(a[5m])': '300',
    'ts_of_min_over_time(a[5m])': '60',
    'ts_of_max_over_time(a[5m])': '300',
    'ts_of_min_over_time(a[3m])': '240',
  });
  await assertScript(`
load 1m
  a 9 1 5
eval instant at 2m first_over_time(a[2m])
  a 1
eval instant at 2m last_over_time(a[2m])
  a 5
`);
});

test('NaN over time', async () => {
  await assertValues('_ NaN 5 NaN 3 4', {
    'min_over_time(a[5m])': '3',
    'max_over_time(a[5m])': '5',
    'sum_over_time(a[5m])': 'NaN',
    'mad_over_time(a[5m])': 'NaN',
    'quantile_over_time(0, a[5m])': 'NaN',
    'quantile_over_time(1, a[5m])': '5',
    'changes(a[5m])': '4',
    'resets(a[5m])': '0',
  });
  await assertValues('_ 1.7e308 1.7e308 1.7e308', {
    'avg_over_time(a[5m])': '1.7e308',
    'sum_over_time(a[5m])': 'Inf',
  });
  await assertValues('_ 1e100 1 -1e100', {
    'sum_over_time(a[5m])': '1',
    'avg_over_time(a[5m])': '0.3333333',
  });
});

test('rates of a counter, extrapolated to both ends', async () => {
  await assertScript(`
load 1m
  c_total 0+60x10
  late_total _ _ _ 300+60x7
  reset_total 0 60 120 30 90 150
  steep_total _ _ _ 30+60x7
  sparse_total 5
eval instant at 10m rate(c_total[5m])
  {} 1
eval instant at 10m increase(c_total[5m])
  {} 300
# The first sample is far from the left end: half a distance is added there.
eval instant at 6m increase(late_total[6m])
  {} 210
# The counter would have been zero half a minute before its first sample.
eval instant at 6m increase(steep_total[4m])
  {} 210
eval instant at 6m increase(steep_total[3m30s])
  {} 210
eval instant at 5m increase(reset_total[5m])
  {} 262.5
eval instant at 5m rate(sparse_total[10m])
eval range from 0 to 3m step 1m delta(reset_total[2m])
  {} _ 120 120 -180
`);
});

test('rates of the last two samples', async () => {
  await assertScript(`
load 30s
  c_total 0 30 90 10 _ _ 20
eval instant at 60s irate(c_total[1m])
  {} 2
eval instant at 90s irate(c_total[1m])
  {} 0.333333333
eval instant at 90s idelta(c_total[1m])
  {} -80
eval instant at 3m irate(c_total[2m])
  {} 0.111111111
eval instant at 3m irate(c_total[1m])
`);
});

test('a counter whose name does not say so is remarked on', async () => {
  await assertScript(`
load 1m
  a 1+1x5
  b_total 1+1x5
eval instant at 5m rate(a[5m]) + increase(b_total[5m])
  expect info msg: PromQL info: metric might not be a counter, name does not end in _total/_sum/_count/_bucket: "a" (1:6)
  expect no_warn
  {} 5.01666667
eval instant at 5m irate(a[5m])
  expect no_info
  {} 0.01666667
eval instant at 5m rate(sum(a)[5m:1m])
  expect no_info
  {} 0.01666667
`);
});

test('trends', async () => {
  await assertValues('_ 10+5x4', {
    'deriv(a[5m])': '0.0833333',
    'predict_linear(a[5m], 600)': '80',
    'predict_linear(a[5m], -60)': '25',
    'double_exponential_smoothing(a[5m], 0.5, 0.5)': '30',
  });
  await assertValues('_ 7x4', { 'deriv(a[5m])': '0', 'predict_linear(a[5m], 600)': '7' });
  await assertValues('_ Infx4', { 'deriv(a[5m])': 'NaN' });
  await assertScript(`
load 1m
  a 1
  b 1 2 3
eval instant at 1m deriv(a[5m])
eval instant at 1m predict_linear(a[5m], 60)
eval instant at 1m double_exponential_smoothing(a[5m], 0.5, 0.5)
eval instant at 2m double_exponential_smoothing(b[5m], 1, 0.5)
  expect fail msg: invalid smoothing factor. Expected: 0 < sf < 1, got: 1.000000
eval instant at 2m double_exponential_smoothing(b[5m], 0.5, 0)
  expect fail msg: invalid trend factor. Expected: 0 < tf < 1, got: 0.000000
`);
});

test('series that differ by name alone cannot both be left without it', async () => {
  await assertScript(`
load 1m
  a 1 2
  b 1 2
eval instant at 1m sum_over_time({__name__=~"a|b"}[5m])
  expect fail msg: vector cannot contain metrics with the same labelset
eval instant at 1m last_over_time({__name__=~"a|b"}[5m])
  a 2
  b 2
`);
});
