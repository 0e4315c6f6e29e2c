/** What a first visit costs. The times are printed: they are the machine's as much as the page's. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DASHBOARD } from 'dashboards/config';
import { useWorkbench } from '../support/workbench.js';

const workbench = useWorkbench();
const MAX_JAVASCRIPT = 1024 * 1024;

test('the JavaScript of the first page is at most 1 MB of gzip', async (context) => {
  const { base, page } = workbench().visitor;
  const session = await page.context().newCDPSession(page);
  await session.send('Network.enable');
  await session.send('Network.setCacheDisabled', { cacheDisabled: true });
  const scripts = new Set<string>();
  let bytes = 0;
  session.on('Network.responseReceived', ({ requestId, type }) => {
    if (type === 'Script') scripts.add(requestId);
  });
  session.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    if (scripts.has(requestId)) bytes += encodedDataLength;
  });
  for (const uid of [DASHBOARD.report.uid, DASHBOARD.overview.uid]) {
    scripts.clear();
    bytes = 0;
    const start = Date.now();
    await page.goto(`${base}/d/${uid}`, { waitUntil: 'commit' });
    await page.getByRole('heading', { level: 1 }).waitFor();
    const usable_ms = Date.now() - start;
    await workbench().visitor.settle();
    const paint = await page.evaluate('performance.getEntriesByName("first-contentful-paint")[0]?.startTime');
    context.diagnostic(
      `${uid}: first paint ${Number(paint).toFixed(0)} ms, interactive ${usable_ms} ms, ` +
        `${scripts.size} scripts of ${Math.round(bytes / 1024)} KB gzip`,
    );
    assert.ok(scripts.size > 0);
    if (uid === DASHBOARD.report.uid) assert.ok(bytes <= MAX_JAVASCRIPT, `${bytes} bytes`);
  }
  await session.detach();
});
