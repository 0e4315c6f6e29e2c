/** The stack that `npm run test:stack` works on: one that runs already, or one of its own, freshly loaded. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const OWN = path.join('out', 'walk', 'stack');

/**
 * Runs a command while the stack runs, with its addresses in the environment: GRAFANA_URL, PROMETHEUS_URL, LOKI_URL,
 * TEMPO_URL, and RUN_DIR, the folder of the run that it holds. RUN_DIR, when it is set already, is the run to load.
 * @returns {Promise<number>} the command's exit code, or 1 if there is no stack
 */
export async function withStack(command, args) {
  const given = process.env.STACK_DIR;
  const stack = given ? undefined : startStack();
  try {
    const urls = await urlsOf(given ?? OWN, stack);
    if (urls === undefined) {
      console.error(given ? `no stack is running in ${given}` : 'the stack did not start');
      return 1;
    }
    const addresses = Object.entries(urls).map(([name, url]) => [`${name.toUpperCase()}_URL`, url]);
    const env = {
      ...process.env,
      ...Object.fromEntries(addresses),
      RUN_DIR: path.resolve(given ?? OWN, 'run'),
    };
    const [code] = await once(spawn(command, args, { stdio: 'inherit', env }), 'exit');
    return code ?? 1;
  } finally {
    if (stack?.exitCode === null) {
      stack.kill('SIGINT');
      await once(stack, 'exit');
    }
  }
}

function startStack() {
  const run = process.env.RUN_DIR ? ['--from', process.env.RUN_DIR] : [];
  const flags = ['--dir', OWN, '--reset', '--grafana-port', '0', ...run];
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
