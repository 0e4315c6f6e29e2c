import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { CHECKS, CODE, STEPS } from '../src/six-steps.js';

const ROOT = new URL('../../../', import.meta.url);

interface Panel {
  readonly title: string;
  readonly targets?: readonly { readonly expr?: string }[];
  readonly options?: { readonly selector?: string; readonly poolApplication?: string };
}

async function panel(dashboard: string, title: string): Promise<Panel | undefined> {
  const file = new URL(`provisioning/grafana/dashboards/${dashboard}.json`, ROOT);
  const { panels } = JSON.parse(await readFile(file, 'utf8')) as { panels: readonly Panel[] };
  return panels.find((each) => each.title === title);
}

/** The panel of sessions puts its own queries together: the stream and the application come from its options. */
async function assertReadsSessions(query: string, { options = {} }: Panel): Promise<void> {
  const defaults = await readFile(new URL('plugins/database-analyzer-panel/src/options.ts', ROOT), 'utf8');
  const selector = options.selector ?? /selector: '(.*)'/.exec(defaults)?.[1];
  assert.ok(selector && options.poolApplication);
  const sessions = `${selector} | logfmt | app="${options.poolApplication}" | state="idle in transaction"`;
  assert.ok(query.includes(`count_over_time(${sessions}`), query);
}

for (const check of CHECKS) {
  test(`step ${check.step}: ${check.quantity} is on its panel`, async () => {
    const found = await panel(check.dashboard, check.panel);
    assert.ok(found, `${check.dashboard} has no panel ${check.panel}`);
    if (check.store === 'loki') return assertReadsSessions(check.query, found);
    const expressions = found.targets?.map(({ expr = '' }) => expr) ?? [];
    assert.ok(
      expressions.some((expr) => expr.includes(check.query)),
      `none of the panel's queries holds ${check.query}`,
    );
  });
}

test('every step has a check', () => {
  const steps = new Set(CHECKS.map(({ step }) => String(step)));
  assert.deepEqual([...steps].sort(), Object.keys(STEPS));
});

test('the code that step 6 ends at is there', async () => {
  const lines = (await readFile(new URL(CODE.file, ROOT), 'utf8')).split('\n');
  const [from = 0, to = 0] = CODE.call.match(/\d+/g)?.map(Number) ?? [];
  assert.match(lines.slice(from - 1, to).join('\n'), /validateWithExternalService/);
});
