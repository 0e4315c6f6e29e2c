/**
 * One candidate's exercise. Browsers keep what a candidate leaves behind (history, moved nodes, notes) under its id; a new
 * id is a fresh start. It outlives the server: a laptop that goes to sleep loses nothing.
 */
import { randomUUID } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

export class Exercise {
  readonly #file: string;
  #id: string;

  /** @param file where the id is kept */
  constructor(file: string) {
    this.#file = file;
    this.#id = readId(file) ?? this.reset();
  }

  get id(): string {
    return this.#id;
  }

  /** Starts again for the next candidate. @returns the new id */
  reset(): string {
    this.#id = randomUUID();
    mkdirSync(path.dirname(this.#file), { recursive: true });
    writeFileSync(this.#file, `${this.#id}\n`);
    return this.#id;
  }
}

function readId(file: string): string | undefined {
  try {
    const id = readFileSync(file, 'utf8').trim();
    return /^[0-9a-f-]{36}$/.test(id) ? id : undefined;
  } catch {
    return undefined;
  }
}
