/**
 * Builds one Grafana plugin as its loader wants it: `dist/module.js`, an AMD module whose libraries the host provides,
 * beside plugin.json, README, CHANGELOG, licence and pictures. Run from the plugin's folder (`npm run build -w NAME`), or
 * from anywhere with the names of plugins as arguments; without any, all of them are built.
 */
import { cp, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';

const folder = path.dirname(fileURLToPath(import.meta.url));

/** What Grafana 10.4 to 13 all hand to a plugin. `react/jsx-runtime` is not among them. */
export const EXTERNALS = [
  'react',
  'react-dom',
  '@emotion/css',
  '@grafana/data',
  '@grafana/ui',
  '@grafana/runtime',
  'rxjs',
  'lodash',
];

/** The plugins of this repository: the folders here that have a `src/plugin.json`. @returns {Promise<string[]>} names */
export async function pluginNames() {
  const entries = await readdir(folder, { withFileTypes: true });
  const names = [];
  for (const entry of entries.filter((each) => each.isDirectory())) {
    const files = await readdir(path.join(folder, entry.name, 'src')).catch(() => []);
    if (files.includes('plugin.json')) names.push(entry.name);
  }
  return names.sort();
}

/**
 * Builds `plugins/NAME/src` to `plugins/NAME/dist`.
 * @param {string} name the plugin's folder
 * @returns {Promise<{ bytes: number, gzip: number }>} size of module.js
 */
export async function buildPlugin(name) {
  const root = path.join(folder, name);
  const dist = path.join(root, 'dist');
  const source = await bundle(path.join(root, 'src', 'module.ts'));
  await rm(dist, { recursive: true, force: true });
  await mkdir(dist, { recursive: true });
  await writeFile(path.join(dist, 'module.js'), source);
  await writeFile(path.join(dist, 'plugin.json'), await pluginJson(root));
  await cp(path.join(root, 'src', 'img'), path.join(dist, 'img'), { recursive: true });
  for (const file of ['README.md', 'CHANGELOG.md']) await cp(path.join(root, file), path.join(dist, file));
  await cp(path.join(folder, '..', 'LICENSE'), path.join(dist, 'LICENSE'));
  return { bytes: source.length, gzip: gzipSync(source, { level: 9 }).length };
}

/** esbuild writes CommonJS; a wrapper of a few lines makes it the AMD module that Grafana's loader expects. */
async function bundle(entry) {
  const result = await build({
    entryPoints: [entry],
    bundle: true,
    format: 'cjs',
    target: 'es2021',
    jsx: 'transform',
    minify: true,
    legalComments: 'none',
    external: EXTERNALS,
    define: { 'process.env.NODE_ENV': '"production"' },
    logLevel: 'warning',
    metafile: true,
    write: false,
  });
  const [output] = Object.values(result.metafile.outputs);
  const used = new Set(output.imports.map((each) => each.path));
  const names = JSON.stringify(EXTERNALS.filter((name) => used.has(name)));
  return Buffer.from(
    `define(${names},function(){var given=arguments,names=${names},module={exports:{}};` +
      `(function(module,exports,require){${result.outputFiles[0].text}})` +
      '(module,module.exports,function(name){return given[names.indexOf(name)]});return module.exports;});\n',
  );
}

/** plugin.json with the version and date of the newest heading in the changelog: a build depends on nothing but files. */
async function pluginJson(root) {
  const [template, manifest, changelog] = await Promise.all(
    ['src/plugin.json', 'package.json', 'CHANGELOG.md'].map((file) =>
      readFile(path.join(root, file), 'utf8'),
    ),
  );
  const { version } = JSON.parse(manifest);
  const heading = /^## (\S+) \((\d{4}-\d{2}-\d{2})\)$/m.exec(changelog);
  if (heading?.[1] !== version) {
    throw new Error(`${root}: CHANGELOG.md should begin with "## ${version} (YYYY-MM-DD)"`);
  }
  return template.replaceAll('%VERSION%', version).replaceAll('%TODAY%', heading[2]);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const here = path.relative(folder, process.cwd()).split(path.sep)[0];
  const all = await pluginNames();
  const given = process.argv.slice(2);
  const wanted = given.length > 0 ? given : all.includes(here) ? [here] : all;
  for (const name of wanted) {
    const { bytes, gzip } = await buildPlugin(name);
    console.log(`${name}: module.js ${(bytes / 1024).toFixed(1)} KB, ${(gzip / 1024).toFixed(1)} KB gzip`);
  }
}
