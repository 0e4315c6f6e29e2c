import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ScrapeStore } from './scrapes.js';

const TARGET = 'job="api",instance="api:3000"';
const openMetrics = (store: ScrapeStore) => [...store.openMetrics()].join('');

test('samples of many scrapes stand in one piece for each family and series, with their times', () => {
  const store = new ScrapeStore(() => 'exported');
  for (const [time, value] of [
    [15_000, 1],
    [30_000, 4],
  ] as const) {
    store.begin(time);
    store.addExposition(
      `# HELP http_requests Requests.\n# TYPE http_requests counter\nhttp_requests_total{route="/a"} ${value}\nhttp_requests_total{route="/b"} 0\n# EOF\n`,
      TARGET,
    );
  }
  assert.equal(
    openMetrics(store),
    `# TYPE http_requests counter
# HELP http_requests Requests.
http_requests_total{route="/a",${TARGET}} 1 15.000
http_requests_total{route="/a",${TARGET}} 4 30.000
http_requests_total{route="/b",${TARGET}} 0 15.000
http_requests_total{route="/b",${TARGET}} 0 30.000
# TYPE up gauge
# HELP up Whether the target could be scraped.
up{${TARGET}} 1 15.000
up{${TARGET}} 1 30.000
# EOF
`,
  );
  assert.deepEqual([store.series, store.samples], [3, 6]);
});

test('counters of the older text format lose the suffix in their family name only', () => {
  const store = new ScrapeStore(() => 'exported');
  store.begin(0);
  store.addExposition(
    '# HELP node_cpu_seconds_total Seconds.\n# TYPE node_cpu_seconds_total counter\nnode_cpu_seconds_total{cpu="0"} 1.5\n',
    TARGET,
  );
  assert.match(
    openMetrics(store),
    /^# TYPE node_cpu_seconds counter\n# HELP node_cpu_seconds Seconds\.\nnode_cpu_seconds_total\{/,
  );
});

test('a series that starts late or goes away leaves gaps, not zeros', () => {
  const store = new ScrapeStore(() => 'exported');
  const scrapes = ['', 'x 1\n', '', 'x 3\n'];
  for (const [i, text] of scrapes.entries()) {
    store.begin(i * 1000);
    store.addExposition(`# TYPE x gauge\n${text}`, TARGET);
  }
  const lines = openMetrics(store)
    .split('\n')
    .filter((line) => line.startsWith('x'));
  assert.deepEqual(lines, [`x{${TARGET}} 1 1.000`, `x{${TARGET}} 3 3.000`]);
});

test('an exemplar is kept once, at the scrape that first showed it', () => {
  const store = new ScrapeStore(() => 'exported');
  for (const time of [0, 1000]) {
    store.begin(time);
    store.addExposition('# TYPE h histogram\nh_bucket{le="1"} 1 # {trace_id="ab"} 0.5 0.2\n', TARGET);
  }
  store.finish();
  const lines = openMetrics(store)
    .split('\n')
    .filter((line) => line.startsWith('h_'));
  assert.deepEqual(lines, [
    `h_bucket{le="1",${TARGET}} 1 0.000 # {trace_id="ab"} 0.5 0.2`,
    `h_bucket{le="1",${TARGET}} 1 1.000`,
  ]);
  assert.equal(store.exemplars, 1);
});

test('an exemplar that leads to no stored trace is left out, one whose trace is still open waits for it', () => {
  const verdicts = new Map<string, 'exported' | 'dropped'>([['aa', 'dropped']]);
  const store = new ScrapeStore((traceId) => verdicts.get(traceId) ?? 'open');
  for (const [time, traceId] of [
    [0, 'aa'],
    [1000, 'bb'],
    [2000, 'cc'],
  ] as const) {
    store.begin(time);
    store.addExposition(`# TYPE h histogram\nh_bucket{le="1"} 1 # {trace_id="${traceId}"} 0.5 0.2\n`, TARGET);
  }
  verdicts.set('bb', 'exported');
  store.finish();
  assert.deepEqual(openMetrics(store).match(/# \{[^}]*\}/g), ['# {trace_id="bb"}']);
  assert.equal(store.exemplars, 1);
});

test('infinite values and label values with spaces survive', () => {
  const store = new ScrapeStore(() => 'exported');
  store.begin(0);
  store.addExposition('# TYPE g gauge\ng{state="idle in transaction"} +Inf\n', TARGET);
  assert.match(
    openMetrics(store),
    /g\{state="idle in transaction",job="api",instance="api:3000"\} \+Inf 0\.000/,
  );
});
