import { test } from 'node:test';
import { assertScript } from '../../conformance/assert-script.js';

test('quantiles and fractions of classic histograms', async () => {
  await assertScript(`
load 1m
  d_bucket{le="0.1"}  10
  d_bucket{le="1"}    30
  d_bucket{le="+Inf"} 40
  d_bucket{job="neg",le="-1"} 4
  d_bucket{job="neg",le="+Inf"} 4
  bad_bucket{le="x"} 1
  one_bucket{le="+Inf"} 1
  open_bucket{le="1"} 1
  falls_bucket{le="1"} 10
  falls_bucket{le="2"} 8
  falls_bucket{le="+Inf"} 20
eval instant at 0 histogram_quantile(0.5, d_bucket{job=""})
  {} 0.55
eval instant at 0 histogram_quantile(0.125, d_bucket{job=""})
  {} 0.05
eval instant at 0 histogram_quantile(0.9, d_bucket)
  {} 1
  {job="neg"} -1
eval instant at 0 histogram_quantile(1.1, d_bucket{job=""})
  expect warn regex: .*between 0 and 1, got 1.1 .*
  {} Inf
eval instant at 0 histogram_quantile(0.5, bad_bucket)
  expect warn msg: PromQL warning: bucket label "le" is missing or has a malformed value of "x" for metric name "bad_bucket" (1:25)
eval instant at 0 histogram_quantile(0.5, one_bucket)
  {} NaN
eval instant at 0 histogram_quantile(0.5, open_bucket)
  {} NaN
eval instant at 0 histogram_quantile(0.9, falls_bucket)
  expect info msg: PromQL info: input to histogram_quantile needed to be fixed for monotonicity (see https://prometheus.io/docs/prometheus/latest/querying/functions/#histogram_quantile) for metric name "falls_bucket", from buckets 2 to 2, with a max diff of 2, over 1 samples from 1970-01-01T00:00:00Z to 1970-01-01T00:00:00Z (1:25)
  {} 2
eval instant at 0 histogram_fraction(0.1, 1, d_bucket{job=""})
  {} 0.5
eval instant at 0 histogram_fraction(-Inf, 0.55, d_bucket{job=""})
  {} 0.5
eval instant at 0 histogram_fraction(2, 1, d_bucket{job=""})
  {} 0
eval instant at 0 histogram_count(d_bucket)
`);
});
