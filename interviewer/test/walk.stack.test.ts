/**
 * Walks the six steps as a candidate does, in a browser and without an account. GRAFANA_URL is the stack's address;
 * screenshots are kept in out/walk.
 */
import assert from 'node:assert/strict';
import path from 'node:path';
import { after, before, beforeEach, describe, test } from 'node:test';
import { DASHBOARD } from 'dashboards/config';
import { CHECKS } from '../src/six-steps.js';
import { SCREEN, Visitor } from './support/browser.js';
import { DashboardPage } from './support/dashboard-page.js';
import { ExplorePage } from './support/explore-page.js';

let visitor: Visitor;
let dashboard: DashboardPage;
let explore: ExplorePage;
before(async () => {
  const { GRAFANA_URL } = process.env;
  assert.ok(GRAFANA_URL, 'set GRAFANA_URL');
  visitor = await Visitor.open(GRAFANA_URL, path.join('out', 'walk'));
  dashboard = new DashboardPage(visitor);
  explore = new ExplorePage(visitor);
});
after(() => visitor?.close());
beforeEach(() => {
  visitor.takeProblems();
});

const ANALYZER = 'Database sessions';
const GRAPH = 'Service graph';

describe('dashboards', () => {
  test('home is the overview', async () => {
    await visitor.visit('/');
    const titles = await dashboard.titles();
    await dashboard.open(DASHBOARD.overview.uid);
    assert.deepEqual(titles, await dashboard.titles());
  });

  for (const { uid, title } of Object.values(DASHBOARD)) {
    test(`${title} has no error and no panel without data`, async () => {
      await dashboard.open(uid);
      await visitor.screenshot(uid);
      await dashboard.loadWhole();
      await visitor.screenshot(`${uid}-whole`);
      assert.ok((await dashboard.titles()).length > 0);
      assert.deepEqual(await dashboard.failing(), []);
      assert.deepEqual(visitor.takeProblems(), []);
    });
  }

  test('all that steps 1 and 2 need is on the first screen of the overview', async () => {
    await dashboard.open(DASHBOARD.overview.uid);
    const panels = CHECKS.filter(({ step, dashboard: uid }) => step <= 2 && uid === DASHBOARD.overview.uid);
    for (const panel of new Set(panels.map((check) => check.panel))) {
      assert.ok(await dashboard.isOnFirstScreen(panel), panel);
    }
  });

  test('every panel that the six steps name is where they say', async () => {
    for (const uid of new Set(CHECKS.map((check) => check.dashboard))) {
      await dashboard.open(uid);
      await dashboard.loadWhole();
      const titles = await dashboard.titles();
      for (const check of CHECKS.filter((each) => each.dashboard === uid)) {
        assert.ok(titles.includes(check.panel), `${uid}: ${check.panel}`);
      }
    }
  });

  test('a link to another dashboard keeps the time', async () => {
    await dashboard.open(DASHBOARD.overview.uid, '?from=now-2h&to=now-1h');
    await visitor.page
      .getByTestId('data-testid Dashboard link')
      .filter({ hasText: DASHBOARD.graph.link })
      .click();
    await visitor.page.waitForURL(`**/d/${DASHBOARD.graph.uid}**`);
    const { searchParams } = new URL(visitor.page.url());
    assert.deepEqual([searchParams.get('from'), searchParams.get('to')], ['now-2h', 'now-1h']);
  });

  test('a candidate explores, and saves nothing', async () => {
    await visitor.visit('/explore');
    assert.equal(await visitor.page.getByTestId('data-testid RefreshPicker run button').isVisible(), true);
    const headers = { 'content-type': 'application/json' };
    const body = JSON.stringify({ dashboard: { title: 'of a candidate' } });
    const reply = await fetch(`${visitor.base}/api/dashboards/db`, { method: 'POST', headers, body });
    assert.equal(reply.status, 403);
  });
});

describe('jumps', () => {
  test('from an exemplar to its trace, and on to its logs and to metrics', async () => {
    await dashboard.open(DASHBOARD.traces.uid);
    const markers = dashboard.panel('P95 by endpoint').getByTestId('data-testid Exemplar marker');
    // Markers lie on top of each other: one at the edge is not covered by others of its time.
    await markers.last().hover({ force: true });
    await visitor.page
      .getByRole('link', { name: /tempo|trace/i, exact: false })
      .last()
      .click();
    const spans = await explore.spans();
    assert.ok(spans.length >= 1);
    await visitor.screenshot('jump-exemplar-trace');
    await explore.followSpanLink('Related logs');
    assert.ok((await explore.lines()).length >= 1);
    await visitor.screenshot('jump-trace-logs');
    assert.deepEqual(visitor.takeProblems(), []);
  });

  test('from a trace to metrics of its service', async () => {
    await dashboard.open(DASHBOARD.traces.uid);
    await dashboard.panel('Requests').getByRole('link').first().click();
    await explore.spans();
    await explore.followSpanLink('Rate of the service');
    await visitor.page.getByTestId('data-testid Panel header Graph').waitFor();
    assert.equal(await visitor.page.getByText('No data').count(), 0);
    await visitor.screenshot('jump-trace-metrics');
    assert.deepEqual(visitor.takeProblems(), []);
  });

  test('from a log line to its trace', async () => {
    await dashboard.open(DASHBOARD.logs.uid);
    const lines = dashboard.panel('Lines').locator('tbody tr').filter({ hasText: 'request.timeout' });
    const text = (await lines.first().textContent()) ?? '';
    await lines.first().click();
    await visitor.screenshot('log-line');
    await dashboard.panel('Lines').getByRole('link', { name: 'Open the trace' }).click();
    assert.ok((await explore.spans()).length >= 1);
    const [, traceId = ''] = /"trace_id":"([0-9a-f]{32})"/.exec(text) ?? [];
    assert.ok(decodeURIComponent(visitor.page.url()).includes(traceId), traceId);
    await visitor.screenshot('jump-log-trace');
    assert.deepEqual(visitor.takeProblems(), []);
  });

  test('from an edge of the graph to traces of its calls, and into one', async () => {
    await dashboard.open(DASHBOARD.graph.uid);
    await edge('api>validation-service').locator('text').first().click();
    await visitor.screenshot('graph-edge');
    await dashboard.panel(GRAPH).getByRole('link', { name: 'Traces of this edge' }).first().click();
    const traces = await explore.foundTraces();
    await visitor.screenshot('jump-edge-traces');
    await traces.first().click();
    const spans = await explore.spans();
    assert.ok(
      spans.some((span) => span.includes('validation-service')),
      spans.join('\n'),
    );
    await visitor.screenshot('jump-edge-trace');
    assert.deepEqual(visitor.takeProblems(), []);
  });

  test('from a session to the trace that holds it, and to its logs', async () => {
    for (const name of ['Trace', 'Logs'] as const) {
      await openAnalyzerBeforeTheEnd();
      await detail().getByRole('link', { name }).first().click();
      if (name === 'Trace') {
        const spans = await explore.spans();
        assert.ok(
          spans.some((span) => span.includes('INSERT')),
          spans.join('\n'),
        );
      } else {
        assert.ok((await explore.lines()).length >= 1);
      }
      await visitor.screenshot(`jump-session-${name.toLowerCase()}`);
      assert.deepEqual(visitor.takeProblems(), []);
    }
  });
});

describe('the Database Analyzer', () => {
  test('is worked with the keyboard', async () => {
    await openAnalyzerBeforeTheEnd();
    const before = await instant();
    await visitor.page.keyboard.press('ArrowRight');
    assert.equal(await instant(), before + 1);
    await visitor.page.keyboard.press('Home');
    assert.equal(await instant(), 0);
    await visitor.page.keyboard.press('End');
    const last = await instant();
    assert.ok(last > before);

    const sessions = dashboard.panel(ANALYZER).getByRole('treegrid', { name: 'Sessions' });
    await sessions.focus();
    const selected = sessions.locator('[aria-selected="true"]');
    const first = await selected.first().textContent();
    await visitor.page.keyboard.press('ArrowDown');
    await visitor.page.keyboard.press('ArrowDown');
    await visitor.page.keyboard.press('Enter');
    await visitor.settle();
    assert.notEqual(await selected.first().textContent(), first);
    await visitor.screenshot('analyzer-keyboard');
    assert.deepEqual(visitor.takeProblems(), []);
  });

  test('is worked with the mouse', async () => {
    await dashboard.open(DASHBOARD.analyzer.uid);
    const box = await slider().boundingBox();
    assert.ok(box);
    const end = await instant();
    await visitor.page.mouse.move(box.x + box.width * 0.9, box.y + box.height / 2);
    await visitor.page.mouse.down();
    await visitor.page.mouse.move(box.x + box.width * 0.7, box.y + box.height / 2, { steps: 8 });
    await visitor.page.mouse.up();
    await visitor.settle();
    const middle = await instant();
    assert.ok(middle < end && middle > end / 2, `${middle} of ${end}`);
    await choose(ANALYZER, 'Application');
    const rows = dashboard.panel(ANALYZER).getByRole('treegrid', { name: 'Sessions' }).getByRole('row');
    await rows.filter({ hasText: 'idle in tx' }).first().waitFor();
    await visitor.screenshot('analyzer-mouse');
    assert.deepEqual(visitor.takeProblems(), []);
  });

  test('shows a transaction from BEGIN on, with its gap measured', async () => {
    await openAnalyzerBeforeTheEnd();
    const text = (await detail().textContent()) ?? '';
    assert.match(text, /BEGIN.*INSERT.*no statement · \d\d\.\d s.*UPDATE.*COMMIT/s);
    await visitor.screenshot('analyzer-transaction');
  });
});

describe('the service graph', () => {
  test('is worked with the keyboard', async () => {
    await dashboard.open(DASHBOARD.graph.uid);
    const { keyboard } = visitor.page;
    await dashboard.panel(GRAPH).locator('g[data-id="api"]').focus();
    await keyboard.press('ArrowRight');
    const target = edge('api>validation-service');
    const calls = await dashboard.panel(GRAPH).locator('g[data-id^="api>"]').count();
    for (let steps = 0; steps < calls && !(await hasFocus('api>validation-service')); steps++) {
      await keyboard.press('ArrowDown');
    }
    await keyboard.press('Enter');
    assert.equal(await target.getAttribute('data-selected'), 'true');
    await visitor.screenshot('graph-keyboard');
    await keyboard.press('Escape');
    assert.equal(await target.getAttribute('data-selected'), 'false');
    await keyboard.press('t');
    await dashboard.panel(GRAPH).getByRole('table').first().waitFor();
    await visitor.screenshot('graph-table');
    assert.deepEqual(visitor.takeProblems(), []);
  });

  test('is worked with the mouse', async () => {
    await dashboard.open(DASHBOARD.graph.uid);
    await dashboard.panel(GRAPH).locator('g[data-id="postgresql"]').click();
    assert.equal(await edge('postgresql').getAttribute('data-selected'), 'true');
    await choose(GRAPH, 'Table');
    await dashboard.panel(GRAPH).getByRole('table').first().waitFor();
    assert.deepEqual(visitor.takeProblems(), []);
  });

  test('marks the database whose pool is used up', async () => {
    await dashboard.open(DASHBOARD.graph.uid);
    assert.equal(await edge('postgresql').getAttribute('data-pool-over'), 'true');
  });
});

/** One of a panel's radio buttons; the button itself lies behind its label. */
function choose(panel: string, name: string): Promise<void> {
  return dashboard.panel(panel).getByRole('radio', { name }).check({ force: true });
}

function edge(id: string) {
  return dashboard.panel(GRAPH).locator(`g[data-id="${id}"]`);
}

function hasFocus(id: string): Promise<boolean> {
  return dashboard
    .panel(GRAPH)
    .locator(`g[data-id="${id}"]:focus`)
    .count()
    .then((count) => count === 1);
}

function slider() {
  return dashboard.panel(ANALYZER).getByRole('slider', { name: 'Snapshot' });
}

async function instant(): Promise<number> {
  return Number(await slider().getAttribute('aria-valuenow'));
}

function detail() {
  return dashboard.panel(ANALYZER).getByRole('region', { name: /^Transaction of pid/ });
}

/** Two minutes before the window's end, in a transaction that had ended by then and so has a stored trace. */
async function openAnalyzerBeforeTheEnd(): Promise<void> {
  await dashboard.open(DASHBOARD.analyzer.uid);
  await visitor.page.setViewportSize({ ...SCREEN, height: 1200 });
  await slider().focus();
  for (let minutes = 0; minutes < 2; minutes++) await visitor.page.keyboard.press('PageUp');
  await visitor.settle();
  await detail().filter({ hasText: 'COMMIT' }).waitFor();
}
