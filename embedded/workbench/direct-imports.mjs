import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { patched } from './patches.mjs';

const require = createRequire(import.meta.url);

const LIBRARIES = ['@grafana/data', '@grafana/runtime', '@grafana/ui'];
const IMPORT = /import\s*\{([^}]*)\}\s*from\s*['"](@grafana\/(?:data|runtime|ui))['"]/g;
const IMPORTERS =
  /[\\/](@grafana[\\/](scenes|runtime|ui)[\\/]dist[\\/]esm|workbench[\\/]src)[\\/].*\.(mjs|js|tsx?)$/;

/**
 * Takes what a module imports of Grafana's libraries from the file that declares it, instead of from the library's index.
 *
 * Plugins are given these libraries whole (`src/host/plugin-libraries.ts`), so everything in them is part of some chunk.
 * esbuild puts a file into the first page's chunks if its modules reach it by any import, used or not, and an index
 * reaches everything: going round it halves the first page.
 */
export const directImports = {
  name: 'direct imports',
  setup(bundle) {
    const indexes = Promise.all(LIBRARIES.map(async (name) => [name, await readIndex(name)])).then(
      (entries) => new Map(entries),
    );
    bundle.onLoad({ filter: IMPORTERS }, async ({ path: file }) => {
      if (file.endsWith('plugin-libraries.ts')) return undefined;
      const known = await indexes;
      const contents = patched(file, await readFile(file, 'utf8')).replace(IMPORT, (_, names, library) =>
        rewrite(names, library, known.get(library)),
      );
      const loader = { '.ts': 'ts', '.tsx': 'tsx' }[path.extname(file)] ?? 'js';
      return { contents, loader };
    });
  },
};

/** `{ A, B as C }` -> an import of its own for each name, all on one line so that line numbers stay. */
function rewrite(names, library, index) {
  const statements = [];
  for (const specifier of names
    .split(',')
    .map((each) => each.trim())
    .filter(Boolean)) {
    if (specifier.startsWith('type ')) continue;
    const [name, local = name] = specifier.split(/\s+as\s+/);
    const origin = index.get(name);
    if (!origin) statements.push(`import { ${specifier} } from '${library}'`);
    else if (origin.name === '*') statements.push(`import * as ${local} from ${JSON.stringify(origin.file)}`);
    else statements.push(`import { ${origin.name} as ${local} } from ${JSON.stringify(origin.file)}`);
  }
  return statements.join('; ');
}

/** Which file an index takes each of its names from, and what it is called there. */
async function readIndex(library) {
  const manifest = require.resolve(`${library}/package.json`);
  const esm = path.join(path.dirname(manifest), 'dist', 'esm');
  const text = await readFile(path.join(esm, 'index.mjs'), 'utf8');
  const index = new Map();
  const imported = new Map();
  const at = (file) => path.join(esm, file);
  for (const [, local, file] of text.matchAll(/^import \* as (\w+) from '(\.[^']*)';/gm)) {
    imported.set(local, { name: '*', file: at(file) });
  }
  for (const [, names, file] of text.matchAll(/^export \{([^}]*)\} from '(\.[^']*)';/gm)) {
    for (const [name, exported] of pairs(names)) index.set(exported, { name, file: at(file) });
  }
  for (const [, names] of text.matchAll(/^export \{([^}]*)\};/gm)) {
    for (const [name, exported] of pairs(names)) {
      if (imported.has(name)) index.set(exported, imported.get(name));
    }
  }
  return index;
}

function pairs(names) {
  return names
    .split(',')
    .map((each) => each.trim().split(/\s+as\s+/))
    .map(([name, exported = name]) => [name, exported]);
}
