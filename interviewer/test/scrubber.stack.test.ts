/**
 * Moves the Database Analyzer's scrubber by one snapshot in every frame, over snapshots that are there already, and
 * prints what that costs. GRAFANA_URL is the stack's address.
 */
import assert from 'node:assert/strict';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { DASHBOARD } from 'dashboards/config';
import { Visitor } from './support/browser.js';
import { DashboardPage } from './support/dashboard-page.js';
import { type FrameCost, frameCost } from './support/frames.js';

const SNAPSHOTS = 40;
/** The panel asks for the snapshots beside one that the scrubber rests on, two to each side. */
const REST_MS = 700;

/** Whatever else the machine does makes frames late too: the best round is the panel's. */
const ROUNDS = 5;

let visitor: Visitor;
before(async () => {
  const { GRAFANA_URL, SCREENSHOTS = path.join('out', 'walk') } = process.env;
  assert.ok(GRAFANA_URL, 'set GRAFANA_URL');
  visitor = await Visitor.open(GRAFANA_URL, { screenshots: SCREENSHOTS });
});
after(() => visitor?.close());

test('moving the scrubber over snapshots that are there asks for none of them again', async (context) => {
  const { page } = visitor;
  await new DashboardPage(visitor).open(DASHBOARD.analyzer.uid, '?kiosk');
  const slider = page.getByRole('slider', { name: 'Snapshot' });
  await slider.focus();
  for (let step = 0; step < SNAPSHOTS; step += 2) {
    await page.keyboard.press('ArrowLeft');
    await page.keyboard.press('ArrowLeft');
    await page.waitForTimeout(REST_MS);
  }
  await visitor.settle();
  const first = Number(await slider.getAttribute('aria-valuenow'));

  const resting = await frameCost(page, undefined);
  const snapshots: string[] = [];
  page.on('request', (request) => {
    const body = request.postData() ?? '';
    if (request.url().includes('ds_type=loki') && !body.includes('count_over_time')) snapshots.push(body);
  });
  context.diagnostic(`at rest: ${inWords(resting)}`);
  for (let round = 0; round < ROUNDS; round++) {
    const moving = await frameCost(page, { element: slider, span: SNAPSHOTS });
    context.diagnostic(`moving by one snapshot a frame: ${inWords(moving)}`);
    assert.ok(moving.last !== undefined && moving.last >= first);
  }
  assert.deepEqual(snapshots, []);
});

function inWords({ frames, late, longest_ms, main_ms }: FrameCost): string {
  return `${late} of ${frames} frames late, the longest ${longest_ms.toFixed(0)} ms, ${main_ms.toFixed(1)} ms of the main thread for each`;
}
