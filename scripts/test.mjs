/**
 * Runs all tests, on a fresh clone too: installs what is missing, builds, then runs `node --test` over every workspace.
 * `--stack` runs the tests that need a running stack instead (`*.stack.test.ts`): one that is started for them from the
 * programs on the PATH, or the one that runs in the folder STACK_DIR. Other arguments are file name parts that select
 * test files.
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

const files = ['interview-app', 'generator', 'dashboards', 'interviewer', 'embedded/stores', 'embedded/server']
  .flatMap((workspace) =>
    readdirSync(path.join(workspace, 'dist'), { recursive: true }).map((file) =>
      path.join(workspace, 'dist', file),
    ),
  )
  .filter((file) => file.endsWith('.test.js') && file.endsWith('.stack.test.js') === stack)
  .concat(stack ? [] : await bundlePluginTests())
  .filter((file) => parts.length === 0 || parts.some((part) => file.includes(part)))
  .sort();
if (files.length === 0) {
  console.error(`no test file matches ${parts.join(', ')}`);
  process.exit(1);
}
if (stack) {
  const { withStack } = await import('./stack-for-tests.mjs');
  // One after the other: a browser that waits for a busy machine would tell nothing about the stack.
  process.exitCode = await withStack(process.execPath, ['--test', '--test-concurrency=1', ...files]);
} else {
  run(process.execPath, ['--test', ...files]);
}
