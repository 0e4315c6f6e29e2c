/** Every provisioned dashboard shows what it is there for. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { DASHBOARD } from 'dashboards/config';
import { CHECKS } from '../../src/six-steps.js';
import type { Site } from '../support/site.js';

/** @param site asked for in every test: it is open by then */
export function dashboardTests(site: () => Site): void {
  describe('dashboards', () => {
    for (const { uid, title } of Object.values(DASHBOARD)) {
      test(`${title} has no error and no panel without data`, async () => {
        const { visitor, dashboard } = site();
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
      const { dashboard } = site();
      await dashboard.open(DASHBOARD.overview.uid);
      const panels = CHECKS.filter(({ step, dashboard: uid }) => step <= 2 && uid === DASHBOARD.overview.uid);
      for (const panel of new Set(panels.map((check) => check.panel))) {
        assert.ok(await dashboard.isOnFirstScreen(panel), panel);
      }
    });

    test('every panel that the six steps name is where they say', async () => {
      const { dashboard } = site();
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
      const { visitor, dashboard } = site();
      await dashboard.open(DASHBOARD.overview.uid, '?from=now-2h&to=now-1h');
      await visitor.page
        .getByTestId('data-testid Dashboard link')
        .filter({ hasText: DASHBOARD.graph.link })
        .click();
      await visitor.page.waitForURL(`**/d/${DASHBOARD.graph.uid}**`);
      const { searchParams } = new URL(visitor.page.url());
      assert.deepEqual([searchParams.get('from'), searchParams.get('to')], ['now-2h', 'now-1h']);
    });
  });
}
