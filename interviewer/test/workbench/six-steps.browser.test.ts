/** The six steps of the investigation, each answered from what the workbench's pages show and by nothing else. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DASHBOARD } from 'dashboards/config';
import { measuring } from 'generator/targets';
import { CODE, STEPS } from '../../src/six-steps.js';
import { Analyzer } from '../support/analyzer.js';
import { assertWithin, checkOf, figureOf } from '../support/figures.js';
import { Graph } from '../support/graph.js';
import { shownText } from '../support/shown-text.js';
import { useWorkbench } from '../support/workbench.js';

const workbench = useWorkbench();
const IMPORT = '/api/workflows/import';

/** The number in a panel of one number. */
async function stat(title: string): Promise<number> {
  return figureOf(await shownText(workbench().dashboard.panel(title)));
}

/** The rows of a table, cell by cell. */
async function tableRows(title: string): Promise<readonly (readonly string[])[]> {
  const rows = workbench().dashboard.panel(title).getByRole('row');
  await rows.nth(1).waitFor();
  return (await rows.allInnerTexts()).map((text) => text.split('\n'));
}

/** What a graph's tooltip says of a series, with the pointer at a part of the graph's width. */
async function hovered(title: string, at: number, series: string): Promise<number> {
  const { page } = workbench().visitor;
  const box = await workbench().dashboard.panel(title).locator('.u-over').boundingBox();
  assert.ok(box);
  await page.mouse.move(box.x + box.width * at, box.y + box.height / 2);
  const tooltip = page.getByTestId(/tooltip/i).filter({ hasText: series });
  const lines = (await shownText(tooltip.first())).split('\n');
  return figureOf(lines[lines.indexOf(series) + 1] ?? '');
}

test(`step 1: ${STEPS[1]}`, async () => {
  await workbench().dashboard.open(DASHBOARD.overview.uid);
  assertWithin(await stat('Errors'), checkOf('API requests answered'), 'errors');
  assertWithin(await stat('DB CPU'), checkOf('database CPU, highest'), 'CPU');
  assertWithin(await stat('SQL P95'), checkOf('time of a statement'), 'time of a statement');
  await workbench().visitor.screenshot('step-1');
});

test(`step 2: ${STEPS[2]}`, async () => {
  await workbench().dashboard.open(DASHBOARD.overview.uid);
  assertWithin(await stat('Pool use'), checkOf('pool utilization'), 'pool utilization');
  assertWithin(await stat('Waiting'), checkOf('requests waiting'), 'waiting');
  for (const at of [0.6, 0.75, 0.9]) {
    const used = await hovered('Pool connections', at, 'used');
    assertWithin(used, checkOf('connections in use'), 'connections in use');
  }
  await workbench().visitor.screenshot('step-2');
});

test(`step 3: ${STEPS[3]}`, async () => {
  const analyzer = new Analyzer(workbench());
  await analyzer.openBeforeTheEnd();
  const chips = analyzer.panel.getByRole('group', { name: /^Sessions of the pool by state/ });
  const idle = figureOf(await shownText(chips.getByRole('button', { name: /^idle in transaction/ })));
  assertWithin(idle, checkOf('sessions idle in transaction'), 'sessions idle in transaction');
  const active = figureOf(await shownText(chips.getByRole('button', { name: /^active/ })));
  assert.ok(active <= idle / 20, `${active} sessions are active`);
  await workbench().visitor.screenshot('step-3');
});

test(`step 4: ${STEPS[4]}`, async () => {
  const analyzer = new Analyzer(workbench());
  await analyzer.openBeforeTheEnd();
  const held = (await shownText(analyzer.sessions)).match(/(\d+) traces/);
  assertWithin(Number(held?.[1]), checkOf('traces that hold'), 'traces that hold transactions');
  const detail = (await shownText(analyzer.detail)).replaceAll('\n', ' ');
  const [, gap = ''] = /INSERT.*no statement · (\d+\.\d s).*UPDATE/.exec(detail) ?? [];
  assertWithin(figureOf(gap), measuring.gap_s, 'the gap in a transaction');
  await workbench().visitor.screenshot('step-4');

  await workbench().dashboard.open(DASHBOARD.traces.uid);
  await workbench().dashboard.loadWhole();
  const spans = await tableRows('Spans by name');
  const validate = spans.find(([service, span]) => service === 'api' && span === 'workflow.validate');
  assertWithin(figureOf(validate?.[4] ?? ''), checkOf('the gap in a transaction'), 'the mean gap');
});

test(`step 5: ${STEPS[5]}`, async () => {
  const { dashboard, visitor } = workbench();
  await dashboard.open(DASHBOARD.overview.uid);
  assert.match(await shownText(dashboard.panel('External')), /validation-service/);
  assertWithin(await stat('External'), checkOf('validation service, mean latency'), 'latency');

  const graph = new Graph(workbench());
  await graph.open();
  await graph.part('api>validation-service').locator('text').first().click();
  const calls = (await shownText(graph.panel.getByRole('table').filter({ hasText: 'Calls between' })))
    .split('\n')
    .map((row) => row.split('\t'));
  const call = calls.find(([from, to]) => from === 'api' && to?.startsWith('validation-service'));
  const database = calls.find(([from, to]) => from === 'api' && to?.startsWith('postgresql'));
  assertWithin(figureOf(call?.[4] ?? ''), checkOf('graph: api to validation'), 'mean on the edge');
  assertWithin(figureOf(call?.[7] ?? ''), checkOf('calls to the validation service'), 'calls in flight');
  const [, before = ''] = /^([\d.]+)\/s$/.exec(database?.[8] ?? '') ?? [];
  assertWithin(Number(before), checkOf('graph: api to postgresql'), 'calls to the database before');
  await visitor.screenshot('step-5');
});

test(`step 6: ${STEPS[6]}`, async () => {
  const { dashboard, visitor } = workbench();
  await dashboard.open(DASHBOARD.external.uid);
  await dashboard.loadWhole();
  const callers = (await tableRows('Callers')).filter(([service]) => service === 'validation-service');
  assert.deepEqual(
    callers.map(([, caller, route]) => [caller, route]),
    [['api', IMPORT]],
  );
  assertWithin(Number(callers[0]?.[5]), checkOf('calls in flight on behalf'), 'in flight');
  await visitor.screenshot('step-6');
});

test('a trace shows the gap, and leads to the lines of the code', async () => {
  const { explore, visitor } = workbench();
  const { keyboard } = visitor.page;
  await visitor.page.setViewportSize({ width: 1440, height: 1400 });
  await explore.ask('tempo', '{ name = "workflow.validate" && duration > 15s }');
  await (await explore.foundTraces()).last().click();
  const spans = await explore.spans();
  const validate = spans.findIndex((span) => span.includes('workflow.validate'));
  const insert = spans.findLastIndex((span, index) => index < validate && span.includes('INSERT'));
  const update = spans.findIndex((span, index) => index > validate && span.includes('UPDATE'));
  assert.ok(insert >= 0 && update > validate, spans.join('\n'));

  // By keys from one span to the other, then by dragging over the time between them.
  for (const row of [insert, update]) {
    await explore.rows.nth(row).focus();
    await keyboard.press('m');
  }
  const measured = visitor.page.getByRole('status').filter({ hasText: ' to ' });
  const byKeys = figureOf(await shownText(measured.locator('strong')));
  assertWithin(byKeys, measuring.gap_s, 'the gap by keys');
  await visitor.screenshot('gap-by-keys');
  await visitor.page.getByRole('button', { name: 'Clear' }).click();

  const bars = [insert, update].map((row) => explore.rows.nth(row).locator('td').nth(1));
  const [from, to] = await Promise.all(bars.map((bar) => bar.locator('[aria-hidden] > div').boundingBox()));
  const [line] = await Promise.all(bars.map((bar) => bar.boundingBox()));
  assert.ok(from && to && line);
  const { mouse } = visitor.page;
  await mouse.move(from.x + from.width + 1, line.y + line.height / 2);
  await mouse.down();
  await mouse.move(to.x - 1, line.y + line.height / 2, { steps: 10 });
  await mouse.up();
  const byDragging = figureOf(await shownText(measured.locator('strong')));
  assert.ok(Math.abs(byDragging - byKeys) < 0.5, `${byDragging} s by dragging, ${byKeys} s by keys`);
  await visitor.screenshot('gap-by-dragging');

  const transaction = spans.findLastIndex((span, index) => index < insert && span.includes('transaction'));
  await explore.rows.nth(transaction).click();
  const file = CODE.file.replace('interview-app/', '');
  await visitor.page.getByRole('link', { name: file }).first().click();
  const marked = visitor.page.locator('.cm-line[aria-current="location"]');
  await marked.waitFor();
  const line_no = Number(new URL(visitor.page.url()).searchParams.get('line'));
  const [first = 0, last = 0] = CODE.transaction.match(/\d+/g)?.map(Number) ?? [];
  assertWithin(line_no, { min: first, max: last }, 'the line that the span names');
  const shown = await shownText(visitor.page.locator('.cm-content'));
  assert.match(shown, /validateWithExternalService/);
  await visitor.screenshot('code');
  assert.deepEqual(visitor.takeProblems(), []);
});

test('log lines of an import say what it waits for, and lead to its trace', async () => {
  const { explore, visitor } = workbench();
  await explore.ask('loki', '{service_name="api"} |= "import.validating"');
  const line = await explore.openLine(explore.logs, 'import.validating');
  assert.match(line, /Validating with external service/);
  await explore.logs.getByRole('link', { name: 'Open the trace' }).click();
  const spans = await explore.spans();
  assert.match(spans.join('\n'), new RegExp(IMPORT));
  assert.deepEqual(visitor.takeProblems(), []);
});
