/**
 * Walks the six steps as a candidate does, in Grafana and without an account. GRAFANA_URL is the stack's address;
 * screenshots are kept in out/walk, or in SCREENSHOTS.
 */
import assert from 'node:assert/strict';
import path from 'node:path';
import { after, before, beforeEach, test } from 'node:test';
import { DASHBOARD } from 'dashboards/config';
import { dashboardTests } from './shared/dashboards.js';
import { jumpTests } from './shared/jumps.js';
import { panelTests } from './shared/panels.js';
import { Visitor } from './support/browser.js';
import { GrafanaExplore } from './support/grafana-explore.js';
import { type Site, siteOf } from './support/site.js';

let site: Site;
let explore: GrafanaExplore;
before(async () => {
  const { GRAFANA_URL, SCREENSHOTS = path.join('out', 'walk') } = process.env;
  assert.ok(GRAFANA_URL, 'set GRAFANA_URL');
  const visitor = await Visitor.open(GRAFANA_URL, { screenshots: SCREENSHOTS });
  explore = new GrafanaExplore(visitor);
  site = siteOf(visitor, explore);
});
after(() => site?.visitor.close());
beforeEach(() => {
  site.visitor.takeProblems();
});

test('home is the overview', async () => {
  const { visitor, dashboard } = site;
  await visitor.visit('/');
  const titles = await dashboard.titles();
  await dashboard.open(DASHBOARD.overview.uid);
  assert.deepEqual(titles, await dashboard.titles());
});

test('a candidate explores, and saves nothing', async () => {
  const { visitor } = site;
  await visitor.visit('/explore');
  assert.equal(await visitor.page.getByTestId('data-testid RefreshPicker run button').isVisible(), true);
  const headers = { 'content-type': 'application/json' };
  const body = JSON.stringify({ dashboard: { title: 'of a candidate' } });
  const reply = await fetch(`${visitor.base}/api/dashboards/db`, { method: 'POST', headers, body });
  assert.equal(reply.status, 403);
});

test('from a trace to metrics of its service', async () => {
  const { visitor, dashboard } = site;
  await dashboard.open(DASHBOARD.traces.uid);
  await dashboard.panel('Requests').getByRole('link').first().click();
  await explore.spans();
  await explore.followSpanLink('Rate of the service');
  await visitor.page.getByTestId('data-testid Panel header Graph').waitFor();
  assert.equal(await visitor.page.getByText('No data').count(), 0);
  await visitor.screenshot('jump-trace-metrics');
  assert.deepEqual(visitor.takeProblems(), []);
});

dashboardTests(() => site);
jumpTests(() => site);
panelTests(() => site);
