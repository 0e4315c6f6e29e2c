/** A run directory that is to be loaded: complete, unchanged since it was written, and of a time a store accepts. */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { type FileDigest, type Manifest, RUN_FILES } from '../telemetry/run-files.js';
import { UserError } from '../user-error.js';

export interface Run {
  /** Names this very run in a store; nothing about it can be told from the name. */
  readonly id: string;
  readonly manifest: Manifest;
  readonly files: { readonly traces: string; readonly logs: string; readonly metrics: string };
  /** Of the window, both ends included. */
  readonly start_ms: number;
  readonly end_ms: number;
}

/** Stores refuse samples from further ahead. */
const AHEAD_MS_MAX = 5 * 60 * 1000;

/**
 * Opens a run and compares each file with the manifest's size and hash.
 * @param now_ms the real time
 * @throws {UserError} when it is not a run, is damaged, or lies in the future
 */
export async function openRun(folder: string, now_ms: number): Promise<Run> {
  const text = await readFile(path.join(folder, RUN_FILES.manifest), 'utf8').catch((error: Error) => {
    throw new UserError(`${folder} is not a finished run: ${error.message}`, { cause: error });
  });
  const manifest = parseManifest(folder, text);
  const names = { traces: RUN_FILES.traces, logs: RUN_FILES.logs, metrics: RUN_FILES.metrics };
  await Promise.all(Object.values(names).map((name) => checkFile(folder, name, manifest.files[name])));
  const start_ms = Date.parse(manifest.window.start);
  const end_ms = Date.parse(manifest.window.end);
  if (!(start_ms < end_ms)) throw new UserError(`${folder}: the manifest's window has no length`);
  if (end_ms > now_ms + AHEAD_MS_MAX) {
    throw new UserError(`${folder} ends in the future, at ${manifest.window.end}: stores refuse that`);
  }
  return {
    id: createHash('sha256').update(text).digest('hex').slice(0, 12),
    manifest,
    files: {
      traces: path.join(folder, names.traces),
      logs: path.join(folder, names.logs),
      metrics: path.join(folder, names.metrics),
    },
    start_ms,
    end_ms,
  };
}

function parseManifest(folder: string, text: string): Manifest {
  let manifest: Manifest | undefined;
  try {
    manifest = JSON.parse(text);
  } catch (error) {
    throw new UserError(`${folder}: the manifest is not JSON: ${(error as Error).message}`, { cause: error });
  }
  if (manifest?.format !== 1) throw new UserError(`${folder}: a manifest of format 1 is needed`);
  return manifest;
}

async function checkFile(folder: string, name: string, expected: FileDigest | undefined): Promise<void> {
  const file = path.join(folder, name);
  if (!expected) throw new UserError(`${folder}: the manifest does not list ${name}`);
  const hash = createHash('sha256');
  let bytes = 0;
  try {
    for await (const chunk of createReadStream(file)) {
      hash.update(chunk);
      bytes += chunk.length;
    }
  } catch (error) {
    throw new UserError(`${file} can't be read: ${(error as Error).message}`, { cause: error });
  }
  if (bytes !== expected.bytes || hash.digest('hex') !== expected.sha256) {
    throw new UserError(`${file} is not the file that the manifest lists: generate the run again`);
  }
}
