/** One program of the stack as a process: started, waited for, watched, ended. */
import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, mkdirSync, openSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { UserError } from '../user-error.js';
import type { ProgramSettings } from './settings.js';

const READY_MS = 120_000;
const ASK_EVERY_MS = 200;
const LOG_LINES_TOLD = 5;

export class Engine {
  readonly settings: ProgramSettings;
  /** Resolves when the process has ended, to how; never rejects. */
  readonly ended: Promise<string>;
  readonly #process: ChildProcess;
  #how: string | undefined;

  /** Starts the process. It gets no signal of the terminal: whoever started it ends it. */
  constructor(settings: ProgramSettings) {
    this.settings = settings;
    for (const folder of [...settings.folders, path.dirname(settings.log)])
      mkdirSync(folder, { recursive: true });
    const log = openSync(settings.log, 'a');
    this.#process = spawn(settings.binary, settings.args, {
      cwd: path.dirname(settings.log),
      env: { ...process.env, ...settings.environment },
      stdio: ['ignore', log, log],
      detached: true,
    });
    closeSync(log);
    this.ended = new Promise((resolve) => {
      const end = (how: string) => {
        this.#how = how;
        resolve(how);
      };
      this.#process.once('error', (error) => end(error.message));
      this.#process.once('exit', (code, signal) => end(signal ?? `exit code ${code}`));
    });
  }

  get pid(): number | undefined {
    return this.#process.pid;
  }

  /** @throws {UserError} with the end of its log, if it ends or takes too long */
  async waitUntilReady(): Promise<void> {
    const start = performance.now();
    while (!(await answers(this.settings.readyUrl))) {
      if (this.#how !== undefined) throw this.failure(`ended before it was ready (${this.#how})`);
      if (performance.now() - start > READY_MS) throw this.failure(`is not ready after ${READY_MS / 1000} s`);
      await sleep(ASK_EVERY_MS);
    }
  }

  /** What went wrong, with the last lines that the program wrote. */
  failure(what: string): UserError {
    const { title, log } = this.settings;
    const lines = readFileSync(log, 'utf8').trimEnd().split('\n').slice(-LOG_LINES_TOLD);
    return new UserError([`${title} ${what}. The end of ${log}:`, ...lines].join('\n'));
  }

  /** Asks it to end, and kills it when its grace is over. */
  async stop(): Promise<void> {
    if (this.#how !== undefined) return;
    this.#process.kill('SIGTERM');
    const grace = new AbortController();
    const late = sleep(this.settings.grace_ms, undefined, { signal: grace.signal }).then(
      () => this.kill(),
      () => undefined,
    );
    await this.ended;
    grace.abort();
    await late;
  }

  /** At once; for the very end of this process. */
  kill(): void {
    if (this.#how === undefined) this.#process.kill('SIGKILL');
  }
}

async function answers(url: string): Promise<boolean> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(2000) });
    await response.arrayBuffer();
    return response.ok;
  } catch {
    return false;
  }
}
