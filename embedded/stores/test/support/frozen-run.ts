/**
 * The frozen run: five virtual minutes of the incident, committed, with a few things beside it that the service never
 * emits. Packed smaller than a run's own files; unpacked they are what the loader takes.
 */
import { createHash } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, brotliDecompressSync, constants, gunzipSync, gzipSync } from 'node:zlib';
import { generate } from 'generator/generate';
import { type Manifest, RUN_FILES } from 'generator/telemetry/run-files';

export const TEST_FOLDER = fileURLToPath(new URL('../../../test/', import.meta.url));
export const FROZEN_FOLDER = path.join(TEST_FOLDER, 'data', 'frozen');
export const REPOSITORY = path.resolve(TEST_FOLDER, '../../..');

const CONTENTS = [RUN_FILES.traces, RUN_FILES.logs, RUN_FILES.metrics] as const;

/** A tenth of the load over five minutes: the pool is exhausted, requests time out, imports wait. */
const OPTIONS = {
  scenario: 'connection-pool',
  seed: 5,
  endMs: Date.parse('2026-03-02T10:00:00Z'),
  scale: 0.1,
  parameters: { warmup_s: 60, baseline_s: 120, incident_s: 180, settling_s: 60 },
} as const;

/** Simulates the run anew and packs it. @param work an empty folder */
export async function freezeRun(work: string): Promise<void> {
  const out = path.join(work, 'frozen');
  await generate({ ...OPTIONS, app: path.join(REPOSITORY, 'interview-app'), out, replace: true });
  await mkdir(FROZEN_FOLDER, { recursive: true });
  for (const name of CONTENTS) {
    const text = gunzipSync(await readFile(path.join(out, name)));
    await writeFile(path.join(FROZEN_FOLDER, packedName(name)), pack(text));
  }
  const manifest = JSON.parse(await readFile(path.join(out, RUN_FILES.manifest), 'utf8')) as Manifest;
  // Sizes and hashes are of files that are not kept.
  await writeFile(
    path.join(FROZEN_FOLDER, RUN_FILES.manifest),
    `${JSON.stringify({ ...manifest, files: {} }, undefined, 2)}\n`,
  );
}

/**
 * Lays the run out as `generate` would have written it.
 * @param folder where to; made if need be
 */
export async function unpackRun(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  const files: Record<string, { bytes: number; sha256: string }> = {};
  for (const name of CONTENTS) {
    const text = unpack(await readFile(path.join(FROZEN_FOLDER, packedName(name))));
    const file = gzipSync(text, { level: 1 });
    files[name] = { bytes: file.length, sha256: createHash('sha256').update(file).digest('hex') };
    await writeFile(path.join(folder, name), file);
  }
  const manifest = JSON.parse(
    await readFile(path.join(FROZEN_FOLDER, RUN_FILES.manifest), 'utf8'),
  ) as Manifest;
  await writeFile(path.join(folder, RUN_FILES.manifest), JSON.stringify({ ...manifest, files }));
}

function packedName(name: string): string {
  return name.replace(/\.gz$/, '.br');
}

export function pack(text: Uint8Array): Buffer {
  return brotliCompressSync(text, {
    params: {
      [constants.BROTLI_PARAM_QUALITY]: 11,
      [constants.BROTLI_PARAM_LGWIN]: constants.BROTLI_MAX_WINDOW_BITS,
      [constants.BROTLI_PARAM_SIZE_HINT]: text.length,
    },
  });
}

export function unpack(packed: Uint8Array): Buffer {
  return brotliDecompressSync(packed);
}
