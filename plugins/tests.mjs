/**
 * Bundles the plugins' unit tests (`*.test.ts` beside the source) for Node, which cannot import their bundler-style
 * modules by itself. Tests cover pure code: Grafana's packages may be imported there for their types only.
 */
import { readdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const folder = path.dirname(fileURLToPath(import.meta.url));
const output = path.join(folder, '..', 'node_modules', '.cache', 'plugin-tests');

/** Bundles all tests under `node_modules/.cache`. @returns {Promise<string[]>} the files to give to `node --test` */
export async function bundlePluginTests() {
  const sources = (await readdir(folder, { recursive: true }))
    .filter((file) => file.endsWith('.test.ts') && !/(^|[\\/])(node_modules|dist)[\\/]/.test(file))
    .sort();
  await rm(output, { recursive: true, force: true });
  if (sources.length === 0) return [];
  await build({
    entryPoints: sources.map((file) => path.join(folder, file)),
    outdir: output,
    outbase: folder,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    packages: 'external',
    sourcemap: 'inline',
    logLevel: 'warning',
  });
  return sources.map((file) => path.join(output, file).replace(/\.ts$/, '.mjs'));
}
