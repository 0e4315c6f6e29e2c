/**
 * The files of a run. Everything is written into `DIR.partial`, which takes its final name only when it is complete,
 * so that an interrupted run never looks like a finished one.
 *
 * Compression is fflate's and not Node's: it gives the same bytes on every machine and every version of Node.
 */
import { createHash } from 'node:crypto';
import {
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import path from 'node:path';
import { Gzip } from 'fflate';
import { type FileDigest, type Manifest, RUN_FILES } from '../telemetry/run-files.js';
import { UserError } from '../user-error.js';

export type Content = Exclude<keyof typeof RUN_FILES, 'manifest'>;
const CONTENTS: readonly Content[] = ['traces', 'logs', 'metrics'];

const GZIP_LEVEL = 1;
/** The compressor's output depends on where its input is cut, so that is always at the same places. */
const BLOCK_BYTES = 256 * 1024;

interface OpenFile {
  readonly descriptor: number;
  /** What is to be compressed next, and how much of it there is. */
  readonly block: Uint8Array;
  filled: number;
  readonly gzip: Gzip;
  readonly hash: ReturnType<typeof createHash>;
  bytes: number;
}

export class RunFolder {
  readonly #folder: string;
  readonly #partial: string;
  readonly #files: Readonly<Record<Content, OpenFile>>;

  /**
   * @param folder where the run goes; made with its parents
   * @param options.replace whether a finished run that is there already may be replaced
   * @throws {UserError} when something is there that may not be replaced
   */
  constructor(folder: string, { replace }: { readonly replace: boolean }) {
    this.#folder = path.resolve(folder);
    this.#partial = `${this.#folder}.partial`;
    if (existsSync(this.#folder)) {
      if (!isRun(this.#folder)) throw new UserError(`${folder} exists and is not a run: give another --out`);
      if (!replace) throw new UserError(`${folder} holds a run already: give another --out, or --replace`);
    }
    rmSync(this.#partial, { recursive: true, force: true });
    mkdirSync(this.#partial, { recursive: true });
    const open = (content: Content) => openFile(path.join(this.#partial, RUN_FILES[content]));
    this.#files = { traces: open('traces'), logs: open('logs'), metrics: open('metrics') };
  }

  /** Compresses and writes a piece of a file's content. */
  write(content: Content, bytes: Uint8Array): void {
    const file = this.#files[content];
    for (let from = 0; from < bytes.length; ) {
      const part = bytes.subarray(from, from + BLOCK_BYTES - file.filled);
      file.block.set(part, file.filled);
      file.filled += part.length;
      from += part.length;
      if (file.filled === BLOCK_BYTES) compressBlock(file, { last: false });
    }
  }

  /** Completes the files and the manifest and gives the folder its name. */
  finish(manifest: Omit<Manifest, 'files'>): Manifest {
    const files: Record<string, FileDigest> = {};
    for (const content of CONTENTS) {
      const file = this.#files[content];
      compressBlock(file, { last: true });
      closeSync(file.descriptor);
      files[RUN_FILES[content]] = { bytes: file.bytes, sha256: file.hash.digest('hex') };
    }
    const complete = { ...manifest, files };
    writeFileSync(path.join(this.#partial, RUN_FILES.manifest), `${JSON.stringify(complete, null, 2)}\n`);
    rmSync(this.#folder, { recursive: true, force: true });
    renameSync(this.#partial, this.#folder);
    return complete;
  }

  /** Removes what was written so far. */
  discard(): void {
    rmSync(this.#partial, { recursive: true, force: true });
  }
}

function compressBlock(file: OpenFile, { last }: { readonly last: boolean }): void {
  file.gzip.push(file.block.subarray(0, file.filled), last);
  file.filled = 0;
}

function isRun(folder: string): boolean {
  try {
    return JSON.parse(readFileSync(path.join(folder, RUN_FILES.manifest), 'utf8')).format === 1;
  } catch {
    return false;
  }
}

function openFile(file: string): OpenFile {
  const open: OpenFile = {
    descriptor: openSync(file, 'w'),
    block: new Uint8Array(BLOCK_BYTES),
    filled: 0,
    gzip: new Gzip({ level: GZIP_LEVEL, mtime: 0 }, (chunk) => {
      writeSync(open.descriptor, chunk);
      open.hash.update(chunk);
      open.bytes += chunk.length;
    }),
    hash: createHash('sha256'),
    bytes: 0,
  };
  return open;
}
