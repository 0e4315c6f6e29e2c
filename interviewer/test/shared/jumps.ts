/** Every way from one signal to another. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { DASHBOARD } from 'dashboards/config';
import { Analyzer } from '../support/analyzer.js';
import { Graph } from '../support/graph.js';
import type { Site } from '../support/site.js';

/** @param site asked for in every test: it is open by then */
export function jumpTests(site: () => Site): void {
  describe('jumps', () => {
    test('from an exemplar to its trace, and on to its logs', async () => {
      const { visitor, dashboard, explore } = site();
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
      await explore.followToLogs();
      assert.ok((await explore.lines()).length >= 1);
      await visitor.screenshot('jump-trace-logs');
      assert.deepEqual(visitor.takeProblems(), []);
    });

    test('from a log line to its trace', async () => {
      const { visitor, dashboard, explore } = site();
      await dashboard.open(DASHBOARD.logs.uid);
      const panel = dashboard.panel('Lines');
      const text = await explore.openLine(panel, 'request.timeout');
      await visitor.screenshot('log-line');
      await panel.getByRole('link', { name: 'Open the trace' }).click();
      assert.ok((await explore.spans()).length >= 1);
      const [, traceId = 'no trace id'] = /trace_id\W*([0-9a-f]{32})/.exec(text) ?? [];
      assert.ok(decodeURIComponent(visitor.page.url()).includes(traceId), traceId);
      await visitor.screenshot('jump-log-trace');
      assert.deepEqual(visitor.takeProblems(), []);
    });

    test('from an edge of the graph to traces of its calls, and into one', async () => {
      const { visitor, explore } = site();
      const graph = new Graph(site());
      await graph.open();
      await graph.part('api>validation-service').locator('text').first().click();
      await visitor.screenshot('graph-edge');
      await graph.panel.getByRole('link', { name: 'Traces of this edge' }).first().click();
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
      const { visitor, explore } = site();
      const analyzer = new Analyzer(site());
      for (const name of ['Trace', 'Logs'] as const) {
        await analyzer.openBeforeTheEnd();
        await analyzer.detail.getByRole('link', { name }).first().click();
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
}
