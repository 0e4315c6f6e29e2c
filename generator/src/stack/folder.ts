/** The stack's folder: whether it is one, what is loaded into its engines, and how it is emptied. */
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { UserError } from '../user-error.js';

/** Says that a folder is a stack's; only such a one is ever emptied. */
const MARK = 'stack.json';

interface Mark {
  readonly format: 1;
  /** The process that runs the stack now. */
  readonly pid?: number;
  readonly state: 'empty' | 'loading' | 'loaded';
  /** Where the programs are reached, while all of them run: for other programs, the tests among them. */
  readonly urls?: Readonly<Record<string, string>>;
}

export class StackFolder {
  readonly path: string;

  /**
   * Opens a folder, or makes it.
   * @throws {UserError} when there is something else in it, or a stack is running from it
   */
  constructor(folder: string) {
    this.path = path.resolve(folder);
    const mark = this.#mark();
    if (mark === undefined && existsSync(this.path) && readdirSync(this.path).length > 0) {
      throw new UserError(
        `--dir ${folder}: there is something in this folder that is not a stack's; give another one`,
      );
    }
    if (mark?.pid !== undefined && mark.pid !== process.pid && isAlive(mark.pid)) {
      throw new UserError(
        `the stack in ${folder} is running already, as process ${mark.pid}: end it first (Ctrl-C there)`,
      );
    }
  }

  /** The run that the stack holds, and generated itself unless one was given. */
  get run(): string {
    return path.join(this.path, 'run');
  }

  /** @throws {UserError} when a load was broken off */
  get isLoaded(): boolean {
    const mark = this.#mark();
    if (mark?.state === 'loading') {
      throw new UserError(`loading the stack in ${this.path} was broken off: start it again with --reset`);
    }
    return mark?.state === 'loaded';
  }

  /** Removes everything: data, dashboards, and whatever was changed in Grafana. */
  empty(): void {
    rmSync(this.path, { recursive: true, force: true });
  }

  /** Takes the folder for this process. */
  mark(state: Mark['state'], urls?: Mark['urls']): void {
    mkdirSync(this.path, { recursive: true });
    this.#write({ format: 1, pid: process.pid, state, ...(urls ? { urls } : {}) });
  }

  /** Gives it free, as it is. */
  release(): void {
    this.#write({ format: 1, state: this.#mark()?.state ?? 'empty' });
  }

  #write(mark: Mark): void {
    writeFileSync(path.join(this.path, MARK), `${JSON.stringify(mark)}\n`);
  }

  #mark(): Mark | undefined {
    try {
      return JSON.parse(readFileSync(path.join(this.path, MARK), 'utf8'));
    } catch {
      return undefined;
    }
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
