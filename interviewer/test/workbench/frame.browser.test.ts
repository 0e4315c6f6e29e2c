/** What stands around the pages: the first visit, navigation, starting again, and what fails visibly. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DASHBOARD } from 'dashboards/config';
import { shownText } from '../support/shown-text.js';
import { useWorkbench } from '../support/workbench.js';

const workbench = useWorkbench();

test('the first page is the report, which says what is known and where to look', async () => {
  const { visitor } = workbench();
  await visitor.visit('/');
  await visitor.page.waitForURL(`**/d/${DASHBOARD.report.uid}**`);
  const text = await shownText(visitor.page.getByRole('main'));
  for (const { title } of Object.values(DASHBOARD)) {
    if (title !== DASHBOARD.report.title) assert.ok(text.includes(title), title);
  }
  assert.deepEqual(visitor.takeProblems(), []);
});

test('the tour that was closed stays closed, until it is asked for', async () => {
  const { page } = workbench().visitor;
  const tour = page.getByRole('complementary', { name: 'Tour' });
  await workbench().visitor.visit('/source');
  assert.equal(await tour.count(), 0);
  await page.getByRole('button', { name: 'Help' }).click();
  await page.getByRole('menuitem', { name: 'Show the tour' }).click();
  for (let step = 1; step < 4; step++) {
    assert.match(await shownText(tour), new RegExp(`${step} of 4`));
    await tour.getByRole('button', { name: 'Next' }).click();
  }
  await tour.getByRole('button', { name: 'Done' }).click();
  await workbench().visitor.visit('/source');
  assert.equal(await tour.count(), 0);
});

test('every dashboard is in the navigation', async () => {
  const { visitor } = workbench();
  await visitor.visit('/explore');
  await visitor.page.getByRole('button', { name: 'Dashboards' }).click();
  await visitor.page.getByRole('menuitem', { name: DASHBOARD.traces.title }).click();
  await visitor.page.waitForURL(`**/d/${DASHBOARD.traces.uid}**`);
  await visitor.page.getByTestId('data-testid Panel header P95 by endpoint').waitFor();
});

test('the source is searched, and a hit opens at its line', async () => {
  const { visitor } = workbench();
  const { page } = visitor;
  await visitor.visit('/source');
  await page.getByPlaceholder('Search all files').fill('validateWithExternalService');
  const hit = page.getByRole('complementary', { name: 'Source' }).getByRole('link').first();
  await hit.click();
  assert.match(
    await shownText(page.locator('.cm-line[aria-current="location"]')),
    /validateWithExternalService/,
  );
  assert.deepEqual(visitor.takeProblems(), []);
});

test('nothing of the repository but the service is to be read', async () => {
  const { base } = workbench().visitor;
  for (const path of [
    'package.json',
    'src/../package.json',
    '..%2fpackage.json',
    '../interviewer/src/six-steps.ts',
  ]) {
    const { status } = await fetch(`${base}/workbench/source/${path}`);
    assert.equal(status, 404, path);
  }
});

test('a panel of a type that is not there says so, and the others are shown', async () => {
  const { visitor } = workbench();
  const { page } = visitor;
  const address = `**/workbench/dashboards/${DASHBOARD.report.uid}`;
  await page.route(address, async (route) => {
    const answer = await route.fetch();
    const json = (await answer.json()) as { panels: { type: string }[] };
    const [first] = json.panels;
    if (first) first.type = 'flame-graph';
    await route.fulfill({ response: answer, json });
  });
  await visitor.visit(`/d/${DASHBOARD.report.uid}`);
  await page.getByText('Unknown panel type "flame-graph"').waitFor();
  await visitor.screenshot('unknown-panel');
  await page.getByText('Where to look').waitFor();
  await page.unroute(address);
});

test('a page that is not there says so', async () => {
  const { visitor } = workbench();
  await visitor.visit('/nowhere');
  assert.match(await shownText(visitor.page.getByRole('alert')), /There is no page \/nowhere/);
});

test('starting again forgets what the candidate before has left', async () => {
  const { explore, visitor } = workbench();
  const { page } = visitor;
  const kept = () =>
    page.evaluate('Object.keys(localStorage).filter((key) => key.startsWith("incident:")).sort()');
  await explore.ask('prometheus', 'up{job="worker"}');
  assert.match(String(await kept()), /explore:history/);
  const before = String(await kept());
  await page.getByRole('button', { name: 'Help' }).click();
  await page.getByRole('menuitem', { name: /^Start again/ }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Start again' }).click();
  await page.getByRole('complementary', { name: 'Tour' }).waitFor();
  const after = String(await kept());
  const [, id = ''] = /incident:([^:]+):/.exec(before) ?? [];
  assert.ok(id !== '' && !after.includes(id), `${before} before, ${after} after`);
  assert.doesNotMatch(after, /explore:history/);
});
