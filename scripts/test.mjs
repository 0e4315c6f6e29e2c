/**
 * Runs all tests, on a fresh clone too: installs what is missing, builds, runs `node --test` over every workspace, then
 * those that look at the workbench in a browser (`*.browser.test.ts`), one at a time: a page that waits for a busy
 * machine would tell nothing. WORKBENCH_URL, when it is set, is the workbench that they look at.
 * `--stack` runs the tests that need a running stack instead (`*.stack.test.ts`): one that is started for them from the
 * programs on the PATH, or the one that runs in the folder STACK_DIR. Those that look at Grafana then run once more, over
 * the embedded stores. Other arguments are file name parts that select test files.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';

const args = process.argv.slice(2);
const stack = args.includes('--stack');
const parts = args.filter((arg) => !arg.startsWith('--'));

function run(command, commandArgs) {
  const { status } = spawnSync(command, commandArgs, { stdio: 'inherit' });
  if (status !== 0) process.exit(status ?? 1);
}

if (!existsSync('node_modules')) run('npm', ['ci', '--no-audit', '--no-fund']);
const { installTools } = await import('./tools.mjs');
if (!stack) installTools();
const { buildAll } = await import('./build.mjs');
await buildAll();
const { bundlePluginTests } = await import('../plugins/tests.mjs');

const WORKSPACES = [
  'interview-app',
  'generator',
  'dashboards',
  'interviewer',
  'embedded/stores',
  'embedded/server',
];
const all = WORKSPACES.flatMap((workspace) =>
  readdirSync(path.join(workspace, 'dist'), { recursive: true }).map((file) =>
    path.join(workspace, 'dist', file),
  ),
)
  .filter((file) => file.endsWith('.test.js') && file.endsWith('.stack.test.js') === stack)
  .concat(stack ? [] : await bundlePluginTests())
  .filter((file) => parts.length === 0 || parts.some((part) => file.includes(part)))
  .sort();
if (all.length === 0) {
  console.error(`no test file matches ${parts.join(', ')}`);
  process.exit(1);
}
const inBrowser = all.filter((file) => file.endsWith('.browser.test.js'));
const others = all.filter((file) => !inBrowser.includes(file));
const ONE_AT_A_TIME = ['--test', '--test-concurrency=1'];

if (stack) {
  const { withEmbedded, withStack } = await import('./stack-for-tests.mjs');
  process.exitCode = await withStack(process.execPath, [...ONE_AT_A_TIME, ...others]);
  const inGrafana = others.filter((file) => /^(dashboards|interviewer)\b/.test(file));
  if (inGrafana.length > 0) {
    const code = await withEmbedded(process.execPath, [...ONE_AT_A_TIME, ...inGrafana]);
    process.exitCode ||= code;
  }
} else {
  if (others.length > 0) {
    const { status } = spawnSync(process.execPath, ['--test', ...others], { stdio: 'inherit' });
    process.exitCode = status ?? 1;
  }
  if (inBrowser.length > 0) {
    // Also when another test has failed: who mends it wants to know all that is wrong.
    const { buildBrowserParts } = await import('./browser.mjs');
    await buildBrowserParts();
    const { withWorkbench } = await import('./workbench-for-tests.mjs');
    const code = await withWorkbench(process.execPath, [...ONE_AT_A_TIME, ...inBrowser]);
    process.exitCode ||= code;
  }
}
