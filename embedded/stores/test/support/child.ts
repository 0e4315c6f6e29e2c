/** Starts the stores in a process of their own, and knows whether it still runs. */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { PrometheusVersion } from './embedded.js';
import type { WritableStores } from './load.js';

export interface ChildStores extends WritableStores {
  /** @throws {Error} with what it last wrote, when the process has ended */
  readonly expectAlive: () => void;
  /** The most memory that it has had. */
  readonly peakMiB: () => Promise<number>;
  readonly stop: () => Promise<void>;
}

const SAID_CHARACTERS = 4000;
/** As `npm start` has it. */
const HEAP_MB = 512;

export async function startChild(version: PrometheusVersion): Promise<ChildStores> {
  const script = fileURLToPath(new URL('./embedded-process.js', import.meta.url));
  const child = fork(script, [version], {
    execArgv: [`--max-old-space-size=${HEAP_MB}`],
    stdio: ['ignore', 'inherit', 'pipe', 'ipc'],
  });
  const ended = once(child, 'exit');
  let said = '';
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    said = (said + text).slice(-SAID_CHARACTERS);
  });
  const end = () => new Error(`the stores ended (${child.exitCode ?? child.signalCode}): ${said}`);
  const message = async <T>(): Promise<T> => {
    const [value] = await Promise.race([once(child, 'message'), ended.then(() => Promise.reject(end()))]);
    return value as T;
  };
  const urls = await message<WritableStores>();
  return {
    ...urls,
    expectAlive() {
      if (child.exitCode !== null || child.signalCode !== null) throw end();
    },
    async peakMiB() {
      child.send('memory');
      return (await message<{ peak_MiB: number }>()).peak_MiB;
    },
    async stop() {
      child.kill('SIGKILL');
      await ended;
    },
  };
}
