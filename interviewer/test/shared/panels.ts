/** What both panels do by mouse and keyboard, wherever they are shown. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Locator } from 'playwright-core';
import { Analyzer } from '../support/analyzer.js';
import { Graph } from '../support/graph.js';
import type { Site } from '../support/site.js';

/** @param site asked for in every test: it is open by then */
export function panelTests(site: () => Site): void {
  describe('the Database Analyzer', () => {
    test('is worked with the keyboard', async () => {
      const { visitor } = site();
      const analyzer = new Analyzer(site());
      const { keyboard } = visitor.page;
      await analyzer.openBeforeTheEnd();
      const before = await analyzer.instant();
      await keyboard.press('ArrowRight');
      assert.equal(await analyzer.instant(), before + 1);
      await keyboard.press('Home');
      assert.equal(await analyzer.instant(), 0);
      await keyboard.press('End');
      const last = await analyzer.instant();
      assert.ok(last > before);

      await analyzer.sessions.focus();
      const selected = analyzer.sessions.locator('[aria-selected="true"]');
      const first = await selected.first().textContent();
      await keyboard.press('ArrowDown');
      await keyboard.press('ArrowDown');
      await keyboard.press('Enter');
      await visitor.settle();
      assert.notEqual(await selected.first().textContent(), first);
      await visitor.screenshot('analyzer-keyboard');
      assert.deepEqual(visitor.takeProblems(), []);
    });

    test('is worked with the mouse', async () => {
      const { visitor } = site();
      const analyzer = new Analyzer(site());
      const { mouse } = visitor.page;
      await analyzer.open();
      const box = await analyzer.slider.boundingBox();
      assert.ok(box);
      const end = await analyzer.instant();
      await mouse.move(box.x + box.width * 0.9, box.y + box.height / 2);
      await mouse.down();
      await mouse.move(box.x + box.width * 0.7, box.y + box.height / 2, { steps: 8 });
      await mouse.up();
      await visitor.settle();
      const middle = await analyzer.instant();
      assert.ok(middle < end && middle > end / 2, `${middle} of ${end}`);
      await choose(analyzer.panel, 'Application');
      await analyzer.sessions.getByRole('row').filter({ hasText: 'idle in tx' }).first().waitFor();
      await visitor.screenshot('analyzer-mouse');
      assert.deepEqual(visitor.takeProblems(), []);
    });

    test('shows a transaction from BEGIN on, with its gap measured', async () => {
      const analyzer = new Analyzer(site());
      await analyzer.openBeforeTheEnd();
      const text = (await analyzer.detail.textContent()) ?? '';
      assert.match(text, /BEGIN.*INSERT.*no statement · \d\d\.\d s.*UPDATE.*COMMIT/s);
      await site().visitor.screenshot('analyzer-transaction');
    });
  });

  describe('the service graph', () => {
    test('is worked with the keyboard', async () => {
      const { visitor } = site();
      const graph = new Graph(site());
      const { keyboard } = visitor.page;
      await graph.open();
      await graph.part('api').focus();
      await keyboard.press('ArrowRight');
      const target = graph.part('api>validation-service');
      const calls = await graph.panel.locator('g[data-id^="api>"]').count();
      for (let steps = 0; steps < calls && !(await graph.hasFocus('api>validation-service')); steps++) {
        await keyboard.press('ArrowDown');
      }
      await keyboard.press('Enter');
      assert.equal(await target.getAttribute('data-selected'), 'true');
      await visitor.screenshot('graph-keyboard');
      await keyboard.press('Escape');
      assert.equal(await target.getAttribute('data-selected'), 'false');
      await keyboard.press('t');
      await graph.panel.getByRole('table').first().waitFor();
      await visitor.screenshot('graph-table');
      assert.deepEqual(visitor.takeProblems(), []);
    });

    test('is worked with the mouse', async () => {
      const { visitor } = site();
      const graph = new Graph(site());
      await graph.open();
      await graph.part('postgresql').click();
      assert.equal(await graph.part('postgresql').getAttribute('data-selected'), 'true');
      await choose(graph.panel, 'Table');
      await graph.panel.getByRole('table').first().waitFor();
      assert.deepEqual(visitor.takeProblems(), []);
    });

    test('marks the database whose pool is used up', async () => {
      const graph = new Graph(site());
      await graph.open();
      assert.equal(await graph.part('postgresql').getAttribute('data-pool-over'), 'true');
    });
  });
}

/** One of a panel's radio buttons; the button itself lies behind its label. */
function choose(panel: Locator, name: string): Promise<void> {
  return panel.getByRole('radio', { name }).check({ force: true });
}
