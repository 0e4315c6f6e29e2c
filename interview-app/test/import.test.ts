import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { definition, startApi } from './support/api.js';

const bundle = (...names: string[]) => ({ workflows: names.map((name) => definition(name, 3)) });

test('each definition is imported in a transaction of its own', async (t) => {
  const { call, database } = await startApi(t);
  const { status, body } = await call('POST', '/api/workflows/import', bundle('a', 'b', 'c'));
  assert.equal(status, 201);
  assert.equal(body.imported, 3);
  const byConnection = new Map<number, string[]>();
  for (const [index, { pid }] of database.statements.entries()) {
    byConnection.set(pid, [...(byConnection.get(pid) ?? []), database.summaries[index] ?? '']);
  }
  const history = ['BEGIN', 'INSERT workflows', 'INSERT workflow_steps', 'UPDATE workflows', 'COMMIT'];
  assert.deepEqual([...byConnection.values()], [history, history, history]);
});

test('a bundle is validated by one call, whose answer all its transactions wait for', async (t) => {
  const { call, sent, telemetry, peers, database } = await startApi(t);
  const answer = peers['validation-service'];
  let openMeanwhile = 0;
  peers['validation-service'] = async (request) => {
    await new Promise((resolve) => setTimeout(resolve, 30));
    openMeanwhile = database.summaries.filter((summary) => summary === 'INSERT workflow_steps').length;
    assert.ok(!database.summaries.includes('COMMIT'));
    return answer?.(request);
  };
  await call('POST', '/api/workflows/import', bundle('a', 'b', 'c'));
  assert.equal(sent.filter(({ url }) => url.hostname === 'validation-service').length, 1);
  assert.equal(openMeanwhile, 3);

  const [validation] = telemetry.spans.filter((span) => span.name === 'POST validation-service');
  const waits = telemetry.spans.filter((span) => span.name === 'workflow.validate');
  assert.equal(waits.length, 3);
  for (const wait of waits) {
    assert.deepEqual(
      wait.links.map((link) => link.context.spanId),
      [validation?.spanContext().spanId],
    );
  }
  assert.ok(waits.some((wait) => wait.spanContext().spanId === validation?.parentSpanContext?.spanId));
  assert.equal(validation?.attributes['code.file.path'], 'src/services/workflow-service/validator.ts');
});

test('an import writes two lines of its own', async (t) => {
  const { call, telemetry } = await startApi(t);
  await call('POST', '/api/workflows/import', bundle('a', 'b'));
  assert.deepEqual(
    telemetry.lines.map(({ event, message }) => [event, message]),
    [
      ['import.started', 'Starting workflow import'],
      ['import.validating', 'Validating with external service'],
      ['request.completed', 'Request completed'],
    ],
  );
});

test('a workflow that is not valid is imported as such, the others as active', async (t) => {
  const { call, peers } = await startApi(t);
  const issues = [{ code: 'unknown_connector', message: 'crm is not in the catalogue' }];
  peers['validation-service'] = () => ({
    results: [
      { name: 'b', valid: false, issues },
      { name: 'a', valid: true, issues: [] },
    ],
  });
  const { status, body } = await call('POST', '/api/workflows/import', bundle('a', 'b', 'c'));
  assert.equal(status, 201);
  const statuses = body.workflows.map((workflow: { name: string; status: string }) => workflow.status);
  assert.deepEqual(statuses, ['active', 'invalid', 'invalid']);
  assert.deepEqual(body.workflows[1].issues, issues);
  assert.equal(body.workflows[2].issues[0].code, 'no_verdict');
});

test('workflows are kept as invalid when the validation service fails', async (t) => {
  const { call, peers, database } = await startApi(t);
  peers['validation-service'] = () => new Response('busy', { status: 503 });
  const { status, body } = await call('POST', '/api/workflows/import', bundle('a', 'b'));
  assert.equal(status, 201);
  for (const workflow of body.workflows) {
    assert.equal(workflow.status, 'invalid');
    assert.equal(workflow.issues[0].code, 'validation_unavailable');
  }
  assert.equal(database.summaries.filter((summary) => summary === 'COMMIT').length, 2);
  const updates = database.statements.filter(({ text }) => text.startsWith('UPDATE workflows'));
  assert.deepEqual(
    updates.map(({ values }) => values[0]),
    ['invalid', 'invalid'],
  );
});

test('nothing is left of a workflow whose steps cannot be written', async (t) => {
  const { call, database } = await startApi(t);
  database.answer = ({ text }) => {
    if (!text.startsWith('INSERT INTO workflow_steps')) return undefined;
    throw Object.assign(new Error('value too long'), { code: '22001' });
  };
  const { status } = await call('POST', '/api/workflows/import', bundle('a'));
  assert.equal(status, 500);
  assert.deepEqual(database.summaries, ['BEGIN', 'INSERT workflows', 'INSERT workflow_steps', 'ROLLBACK']);
});

function source(path: string): string[] {
  return readFileSync(new URL(`../../src/${path}`, import.meta.url), 'utf8').split('\n');
}

/** The numbers of the first and the last line of the block that begins on the line with `start`, counted from 1. */
function blockAt(lines: readonly string[], start: string): readonly [number, number] {
  const first = lines.findIndex((line) => line.includes(start));
  const indent = /^ */.exec(lines[first] ?? '')?.[0] ?? '';
  const last = lines.findIndex(
    (line, index) => index > first && line.startsWith(`${indent}}`) && !line.endsWith('{'),
  );
  const close = lines.findIndex(
    (line, index) => index > first && line.startsWith(`${indent})`) && !line.endsWith('{'),
  );
  return [first + 1, (close > 0 && (last < 0 || close < last) ? close : last) + 1];
}

test('the code stands on the lines where it is said to stand', () => {
  const route = source('api/routes/workflows/import.ts');
  const [transactionStart, transactionEnd] = blockAt(route, 'db.$transaction(');
  assert.ok(Math.abs(transactionStart - 40) <= 1, `$transaction begins at ${transactionStart}`);
  assert.ok(Math.abs(transactionEnd - 121) <= 3, `$transaction ends at ${transactionEnd}`);
  const [validateStart, validateEnd] = blockAt(route, 'await tracing.inSpan(SPAN.workflowValidate');
  assert.ok(validateStart >= 83 && validateEnd <= 103, `validation at ${validateStart}-${validateEnd}`);
  const call = route.findIndex((line) => line.includes('validateWithExternalService(')) + 1;
  assert.ok(call > validateStart && call < validateEnd);
  assert.ok(route.slice(transactionStart, transactionEnd).some((line) => line.includes('timeoutMs: 60_000')));

  const validator = source('services/workflow-service/validator.ts');
  assert.deepEqual(blockAt(validator, 'export async function validateWithExternalService('), [20, 56]);
});
