/** Explore in its three languages: a query is written, completed, run, changed by clicks, and found again. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { shownText } from '../support/shown-text.js';
import { useWorkbench } from '../support/workbench.js';

const workbench = useWorkbench();

test('PromQL is completed, and answered by a graph and a table', async () => {
  const { explore, visitor } = workbench();
  const { page } = visitor;
  await visitor.visit('/explore');
  await page.getByRole('radio', { name: 'Prometheus' }).check({ force: true });
  await explore.editor('prometheus').click();
  await page.keyboard.type('db_client_connec', { delay: 20 });
  const options = page.locator('.cm-tooltip-autocomplete li');
  await options.first().waitFor();
  const names = await options.allInnerTexts();
  assert.ok(
    names.every((name) => name.includes('db_client')),
    names.join(),
  );
  await visitor.screenshot('explore-completion');
  await page.keyboard.press('Escape');

  await explore.ask('prometheus', 'sum by (status_code) (rate(http_requests_total{job="api"}[2m]))');
  const graph = page.getByTestId('data-testid Panel header Graph');
  await graph.locator('canvas').first().waitFor();
  assert.match(await shownText(graph), /200[\s\S]*503/);
  const table = page.getByTestId('data-testid Panel header Table').getByRole('row');
  await table.nth(1).waitFor();
  assert.ok((await table.count()) >= 3);
  await visitor.screenshot('explore-prometheus');
  assert.deepEqual(visitor.takeProblems(), []);
});

test('LogQL shows lines below their number over time, and fields filter by a click', async () => {
  const { explore, visitor } = workbench();
  const { page } = visitor;
  await explore.ask('loki', '{service_name="api"}');
  await page.getByTestId('data-testid Panel header Lines over time').locator('canvas').first().waitFor();
  await explore.openLine(explore.logs, 'request.timeout');
  await explore.logs.getByRole('button', { name: 'Only lines with this event' }).first().click();
  const others = explore.logs.getByRole('listitem').filter({ hasText: 'request.completed' });
  await others.first().waitFor({ state: 'detached' });
  const query = await shownText(explore.editor('loki'));
  assert.match(query, /event\s*=\s*[`"]request\.timeout[`"]/);
  const lines = await explore.lines();
  assert.ok(lines.length > 5);
  assert.deepEqual(
    lines.filter((line) => !line.includes('request.timeout')),
    [],
  );
  await visitor.screenshot('explore-loki');
  assert.deepEqual(visitor.takeProblems(), []);
});

test('a frame of a stack opens the source at its line', async () => {
  const { explore, visitor } = workbench();
  await explore.ask('loki', '{service_name="api"} |= "request.timeout"');
  const frame = explore.logs.getByRole('link', { name: /^src\/lib\/database\/pool\.ts:\d+/ }).first();
  const [, line = ''] = /:(\d+)/.exec(await shownText(frame)) ?? [];
  await frame.click();
  const marked = visitor.page.locator('.cm-line[aria-current="location"]');
  await marked.waitFor();
  const { searchParams } = new URL(visitor.page.url());
  assert.deepEqual([searchParams.get('file'), searchParams.get('line')], ['src/lib/database/pool.ts', line]);
  assert.match(await shownText(marked), /PoolTimeoutError/);
  assert.deepEqual(visitor.takeProblems(), []);
});

test('TraceQL finds traces, and a trace is searched, folded and worked by keys', async () => {
  const { explore, visitor } = workbench();
  const { page } = visitor;
  await explore.ask('tempo', '{ name = "workflow.validate" && duration > 15s }');
  await (await explore.foundTraces()).first().click();
  const all = await explore.spans();
  assert.match(all.join('\n'), /INSERT/);
  await page.getByRole('textbox', { name: 'Search in spans' }).fill('workflow.validate');
  await page.getByText('Only matches').click();
  const found = await explore.spans();
  // Spans above a match stay, so that it is seen whose it is.
  assert.match(found.join('\n'), /workflow\.validate/);
  assert.doesNotMatch(found.join('\n'), /INSERT/);
  await page.getByRole('textbox', { name: 'Search in spans' }).fill('');
  await explore.rows.first().focus();
  await page.keyboard.press('ArrowLeft');
  assert.equal(await explore.rows.count(), 1);
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await page.getByText('Starts after').first().waitFor();
  await visitor.screenshot('explore-tempo');
  assert.deepEqual(visitor.takeProblems(), []);
});

test('queries that were run are kept, and run again from the history', async () => {
  const { explore, visitor } = workbench();
  const { page } = visitor;
  await explore.ask('prometheus', 'up{job="api"}');
  await visitor.visit('/explore');
  await page.getByRole('button', { name: 'Query history' }).click();
  await page
    .getByRole('dialog')
    .getByRole('button', { name: /up\{job="api"\}/ })
    .click();
  await visitor.settle();
  assert.match(await shownText(explore.editor('prometheus')), /up\{job="api"\}/);
  await page.getByTestId('data-testid Panel header Graph').waitFor();
  assert.deepEqual(visitor.takeProblems(), []);
});

test('what is wrong with a query is told in the engine’s words', async () => {
  const { explore, visitor } = workbench();
  await explore.ask('prometheus', 'sum by (');
  const refusal = await shownText(visitor.page.getByRole('alert').first());
  assert.match(refusal, /parse error/);
  // The engine's refusal is a failed request, which the browser tells on its console; nothing else is wrong.
  const problems = visitor.takeProblems();
  assert.ok(
    problems.every((problem) => /^400 |status of 400/.test(problem)),
    problems.join('\n'),
  );
});
