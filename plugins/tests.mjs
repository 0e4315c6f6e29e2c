/**
 * Bundles the unit tests of what runs in a browser (`*.test.ts` beside the source of the plugins and the workbench) for
 * Node, which cannot import bundler-style modules by itself. The plugins' tests cover pure code: Grafana's packages may be
 * imported there for their types only. The workbench's may use what of @grafana/data works without a page.
 */
import { readdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const plugins = path.dirname(fileURLToPath(import.meta.url));
const root = path.join(plugins, '..');
const output = path.join(root, 'node_modules', '.cache', 'plugin-tests');

/** Bundled CommonJS packages ask for Node's own modules by `require`. */
const REQUIRE =
  "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);";

/** Bundles all tests under `node_modules/.cache`. @returns {Promise<string[]>} the files to give to `node --test` */
export async function bundlePluginTests() {
  await rm(output, { recursive: true, force: true });
  return [
    ...(await bundleTests(plugins, { packages: 'external' })),
    ...(await bundleTests(path.join(root, 'embedded', 'workbench'), {
      splitting: true,
      mainFields: ['module', 'main'],
      banner: { js: REQUIRE },
      define: { 'process.env.NODE_ENV': '"test"' },
    })),
  ];
}

async function bundleTests(folder, options) {
  const sources = (await readdir(folder, { recursive: true }))
    .filter((file) => file.endsWith('.test.ts') && !/(^|[\\/])(node_modules|dist)[\\/]/.test(file))
    .sort();
  if (sources.length === 0) return [];
  const outdir = path.join(output, path.basename(folder));
  await build({
    entryPoints: sources.map((file) => path.join(folder, file)),
    outdir,
    outbase: folder,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    sourcemap: 'inline',
    logLevel: 'warning',
    ...options,
  });
  return sources.map((file) => path.join(outdir, file).replace(/\.ts$/, '.mjs'));
}
