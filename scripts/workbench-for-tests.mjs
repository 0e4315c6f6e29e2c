/** The workbench that the browser tests look at: one that is served already, or one of their own, freshly started. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

/** A run of their own: what someone has made in out/seed-1 stays as it is. */
const RUN = 'out/workbench/run';
const MADE_WITH = ['--seed', '1', '--end', '2026-03-02T10:00:00Z', '--out', RUN, '--replace'];

/**
 * Runs a command while the workbench is served, with its address in the environment: WORKBENCH_URL. When that is set
 * already, the workbench there is taken.
 * @returns {Promise<number>} the command's exit code, or 1 if the workbench did not start
 */
export async function withWorkbench(command, args) {
  if (process.env.WORKBENCH_URL) return exitCode(spawn(command, args, { stdio: 'inherit' }));
  await provideRun();
  return whileServed(RUN, (url) =>
    exitCode(spawn(command, args, { stdio: 'inherit', env: { ...process.env, WORKBENCH_URL: url } })),
  );
}

/**
 * Serves a run while something is done with it.
 * @param use told the address; its exit code is given back
 * @returns {Promise<number>} 1 if the workbench did not start
 */
export async function whileServed(run, use) {
  const server = spawn(process.execPath, ['embedded/server/dist/src/main.js', '--port', '0', '--from', run], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  try {
    const url = await addressOf(server);
    if (url === undefined) {
      console.error('tests: the workbench did not start');
      return 1;
    }
    return await use(url);
  } finally {
    if (server.exitCode === null) {
      server.kill('SIGINT');
      await once(server, 'exit');
    }
  }
}

/** Simulated anew only when what makes it has changed since. */
async function provideRun() {
  const { earlierRun } = await import('../embedded/server/dist/src/earlier-run.js');
  const { generateOptions } = await import('../generator/dist/src/generate-command.js');
  if (earlierRun(generateOptions(MADE_WITH)) !== undefined) return;
  const code = await exitCode(
    spawn(process.execPath, ['generator/dist/src/main.js', 'generate', ...MADE_WITH], { stdio: 'inherit' }),
  );
  if (code !== 0) process.exit(code);
}

/** What the server says to open, once it is ready; undefined when it ends before. Prints what it says. */
async function addressOf(server) {
  for await (const line of createInterface({ input: server.stdout })) {
    console.log(line);
    const [, url] = /^Open\s+(http:\S+)/.exec(line) ?? [];
    if (url === undefined) continue;
    server.stdout.resume();
    return url;
  }
  return undefined;
}

async function exitCode(child) {
  const [code] = await once(child, 'exit');
  return code ?? 1;
}
