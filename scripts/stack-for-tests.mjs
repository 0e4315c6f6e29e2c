/**
 * What `npm run test:stack` works on: the stack, one that runs already or one of its own, freshly loaded; and a Grafana
 * over the embedded stores.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { whileServed } from './workbench-for-tests.mjs';

const OWN = path.join('out', 'walk', 'stack');
const EMBEDDED = path.join('out', 'walk', 'embedded');

/**
 * Runs a command while the stack runs, with its addresses in the environment: GRAFANA_URL, PROMETHEUS_URL, LOKI_URL,
 * TEMPO_URL, and RUN_DIR, the folder of the run that it holds. RUN_DIR, when it is set already, is the run to load.
 * @returns {Promise<number>} the command's exit code, or 1 if there is no stack
 */
export async function withStack(command, args) {
  const given = process.env.STACK_DIR;
  const from = process.env.RUN_DIR ? ['--from', process.env.RUN_DIR] : [];
  const stack = given ? undefined : startStack(OWN, from);
  try {
    const urls = await urlsOf(given ?? OWN, stack);
    if (urls === undefined) {
      console.error(given ? `no stack is running in ${given}` : 'the stack did not start');
      return 1;
    }
    return await run(command, args, { ...addressesOf(urls), RUN_DIR: runDir() });
  } finally {
    await end(stack);
  }
}

/**
 * As `withStack`, with the embedded stores instead of the engines, over the run of the stack, which has been there
 * before. Screenshots go to a folder of their own.
 * @returns {Promise<number>} the command's exit code, or 1 if the stores or Grafana did not start
 */
export function withEmbedded(command, args) {
  return whileServed(runDir(), async (workbench) => {
    const grafana = startStack(EMBEDDED, ['--workbench', workbench]);
    try {
      const urls = await urlsOf(EMBEDDED, grafana);
      if (urls === undefined) {
        console.error('Grafana did not start');
        return 1;
      }
      const SCREENSHOTS = path.join('out', 'walk', 'over-embedded');
      return await run(command, args, { ...addressesOf(urls), RUN_DIR: runDir(), SCREENSHOTS });
    } finally {
      await end(grafana);
    }
  });
}

function runDir() {
  return path.resolve(process.env.STACK_DIR ?? OWN, 'run');
}

function addressesOf(urls) {
  return Object.fromEntries(Object.entries(urls).map(([name, url]) => [`${name.toUpperCase()}_URL`, url]));
}

async function run(command, args, environment) {
  const env = { ...process.env, ...environment };
  const [code] = await once(spawn(command, args, { stdio: 'inherit', env }), 'exit');
  return code ?? 1;
}

async function end(child) {
  if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
  child.kill('SIGINT');
  await once(child, 'exit');
}

function startStack(folder, args) {
  const flags = ['--dir', folder, '--reset', '--grafana-port', '0', ...args];
  return spawn(process.execPath, ['generator/dist/src/main.js', 'stack', ...flags], { stdio: 'inherit' });
}

/** Waits for a stack that is being started; undefined if there is none. */
async function urlsOf(folder, stack) {
  for (;;) {
    const mark = await readFile(path.join(folder, 'stack.json'), 'utf8').then(JSON.parse, () => undefined);
    const isCurrent = stack === undefined || mark?.pid === stack.pid;
    if (isCurrent && mark?.urls) return mark.urls;
    if (stack === undefined || stack.exitCode !== null) return undefined;
    await sleep(500);
  }
}
