/** Loads a run by the very command that loads real engines, in a process of its own: it works on the other core. */
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { RunningStores } from 'stores';

const GENERATOR = fileURLToPath(import.meta.resolve('generator/main'));

/** Prints progress and receipt. @returns whether all of it arrived */
export function loadRun(run: string, { prometheus, loki, tempo }: RunningStores['urls']): Promise<boolean> {
  const args = ['backfill', '--from', run, '--prometheus', prometheus, '--loki', loki];
  const child = spawn(process.execPath, [GENERATOR, ...args, '--tempo', tempo, '--otlp', tempo], {
    stdio: 'inherit',
  });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code) => resolve(code === 0));
  });
}
