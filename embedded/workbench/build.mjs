/**
 * Builds the browser side of the workbench: `dist/index.html`, `dist/assets` (ES modules, split at every `import()`) and
 * `dist/public` (the icons and fonts that Grafana's libraries fetch). Prints the size of what the first page needs.
 * `--watch` builds anew at every change.
 */
import { cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { build, context } from 'esbuild';
import { directImports } from './direct-imports.mjs';

const folder = path.dirname(fileURLToPath(import.meta.url));
/** Another folder than `dist`, for builds side by side. */
const dist = path.resolve(process.env.OUT ?? path.join(folder, 'dist'));
const require = createRequire(import.meta.url);
const packageFolder = (name) => path.dirname(require.resolve(`${name}/package.json`));

/** What the first page may cost, in bytes of gzip. */
export const FIRST_PAGE_LIMIT = 1024 * 1024;

/** Editors and maps that no page of ours shows, but that Grafana's libraries import, and Node's own modules. */
const UNUSED =
  /^(monaco-editor|@monaco-editor\/react|ol(\/.*)?|slate|slate-react|slate-plain-serializer|stream|tty|util)$/;

const stubs = {
  name: 'stubs',
  setup(bundle) {
    bundle.onResolve({ filter: UNUSED }, (args) => ({ path: args.path, namespace: 'unused' }));
    bundle.onLoad({ filter: /.*/, namespace: 'unused' }, () => ({
      contents:
        'module.exports = new Proxy(function () {}, { get: (_, key) => key === "__esModule" ? true : function () {} })',
      loader: 'js',
    }));
  },
};

/** Where a package's own choice of a module is not the one that works here. */
const replacements = {
  name: 'replacements',
  setup(bundle) {
    // An alpha whose build imports names that this version of @grafana/runtime does not have.
    bundle.onResolve({ filter: /^@grafana\/plugin-compat\/datasources$/ }, () => ({
      path: path.join(folder, 'src', 'host', 'plugin-compat.ts'),
    }));
    // Scenes asks for React Router 6 and finds Grafana's 5; the 6 that @grafana/ui's links use is in v5-compat.
    bundle.onResolve({ filter: /^react-router-dom$/ }, (args) =>
      /[\\/]@grafana[\\/]scenes[\\/]/.test(args.importer)
        ? bundle.resolve('react-router-dom-v5-compat', { kind: args.kind, resolveDir: folder })
        : undefined,
    );
    // Error messages in fifty languages, of which none is ever shown: themes are checked with zod, nothing else.
    bundle.onResolve({ filter: /^\.\.\/locales\/index\.js$/ }, (args) =>
      /[\\/]zod[\\/]/.test(args.importer) ? { path: 'locales', namespace: 'unused' } : undefined,
    );
    const timezones = path.join(packageFolder('moment-timezone'), 'builds');
    bundle.onResolve({ filter: /^moment-timezone$/ }, () => ({
      path: path.join(timezones, 'moment-timezone-with-data-10-year-range.js'),
    }));
  },
};

const options = {
  absWorkingDir: folder,
  entryPoints: { main: 'src/main.tsx' },
  outdir: path.join(dist, 'assets'),
  chunkNames: '[name]-[hash]',
  bundle: true,
  splitting: true,
  format: 'esm',
  target: 'es2022',
  jsx: 'transform',
  minify: true,
  legalComments: 'none',
  metafile: true,
  mainFields: ['browser', 'module', 'main'],
  define: { 'process.env.NODE_ENV': '"production"', 'process.env': '{}', global: 'globalThis' },
  loader: { '.svg': 'dataurl' },
  logLevel: 'warning',
};

const page = {
  name: 'page',
  setup(bundle) {
    bundle.onEnd(async ({ errors, metafile }) => {
      if (errors.length > 0) return;
      const files = staticImports(metafile, path.relative(folder, path.join(dist, 'assets', 'main.js')));
      const tags = files.map((file) => `<link rel="modulepreload" href="/assets/${path.basename(file)}" />`);
      const html = (await readFile(path.join(folder, 'index.html'), 'utf8'))
        .replace('<!-- styles -->', '<link rel="stylesheet" href="/assets/main.css" />')
        .replace('<!-- scripts -->', `${tags.join('')}<script type="module" src="/assets/main.js"></script>`);
      await writeFile(path.join(dist, 'index.html'), html);
      if (process.env.META) await writeFile(process.env.META, JSON.stringify(metafile));
      await report(files, metafile);
    });
  },
};

/** The files that are loaded before the first line of an entry point runs, itself first. */
function staticImports({ outputs }, entry) {
  const seen = new Set([entry]);
  for (const file of seen) {
    for (const each of outputs[file].imports) if (each.kind === 'import-statement') seen.add(each.path);
  }
  return [...seen];
}

async function report(files, metafile) {
  let gzip = 0;
  for (const file of files) gzip += gzipSync(await readFile(path.join(folder, file))).length;
  const all = Object.values(metafile.outputs).reduce((sum, output) => sum + output.bytes, 0);
  const kib = (bytes) => `${Math.round(bytes / 1024)} KB`;
  console.log(`workbench: first page ${kib(gzip)} gzip, ${kib(all)} in all`);
  if (gzip > FIRST_PAGE_LIMIT) {
    throw new Error(`the first page's JavaScript is ${kib(gzip)}, more than ${kib(FIRST_PAGE_LIMIT)}`);
  }
}

/** Icons and fonts, under the names by which Grafana's libraries ask for them. */
async function copyPublic() {
  const target = path.join(dist, 'public');
  const images = path.join(packageFolder('@grafana/ui'), 'dist', 'public', 'img');
  await cp(images, path.join(target, 'build', 'img'), { recursive: true });
  await mkdir(path.join(target, 'fonts', 'inter'), { recursive: true });
  await mkdir(path.join(target, 'fonts', 'roboto'), { recursive: true });
  const inter = path.join(packageFolder('inter-ui'), 'web');
  for (const face of ['Regular', 'Italic', 'Medium', 'MediumItalic']) {
    await cp(
      path.join(inter, `Inter-${face}.woff2`),
      path.join(target, 'fonts', 'inter', `Inter-${face}.woff2`),
    );
  }
  const mono = path.join(
    packageFolder('@fontsource/roboto-mono'),
    'files',
    'roboto-mono-latin-400-normal.woff2',
  );
  await cp(mono, path.join(target, 'fonts', 'roboto', ROBOTO_MONO));
  await cp(path.join(folder, 'public'), target, { recursive: true });
}

/** The name that @grafana/ui 13.1.1 asks for. */
const ROBOTO_MONO = 'L0xTDF4xlVMF-BfR8bXMIhJHg45mwgGEFl0_3vrtSM1J-gEPT5Ese6hmHSh0mQ.woff2';

const PLUGINS = [stubs, directImports, replacements, page];

/** The script that runs before the modules is no module itself: it would wait for them. */
async function buildBoot() {
  await build({
    entryPoints: [path.join(folder, 'src', 'boot.ts')],
    outfile: path.join(dist, 'assets', 'boot.js'),
    bundle: true,
    format: 'iife',
    target: 'es2022',
    minify: true,
    logLevel: 'warning',
  });
}

/** Builds everything to `embedded/workbench/dist`. */
export async function buildWorkbench() {
  await rm(dist, { recursive: true, force: true });
  await mkdir(dist, { recursive: true });
  await Promise.all([copyPublic(), buildBoot()]);
  await build({ ...options, plugins: PLUGINS });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  if (process.argv.includes('--watch')) {
    await mkdir(dist, { recursive: true });
    await Promise.all([copyPublic(), buildBoot()]);
    await (await context({ ...options, plugins: PLUGINS })).watch();
  } else {
    await buildWorkbench();
  }
}
