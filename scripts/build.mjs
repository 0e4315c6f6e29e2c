/**
 * Turns every TypeScript file of the workspaces into JavaScript under `dist/`, by blanking out its types: line and
 * column of every statement stay the same, so a stack frame in `dist/src/x.js` is the place in `src/x.ts`.
 *
 * `node scripts/build.mjs` builds all workspaces, `node scripts/build.mjs FROM TO` one package anywhere.
 * Only files newer than their output are converted, and the compiler is only loaded when there is one.
 * The plugins and the workbench run in a browser: build.mjs in their folders bundles them.
 */
import { mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const SOURCE_FOLDERS = ['src', 'test'];

/** Builds all workspaces of the repository. @returns {Promise<number>} how many files were converted */
export async function buildAll() {
  const { workspaces } = JSON.parse(await readFile(path.join(root, 'package.json'), 'utf8'));
  let converted = 0;
  for (const workspace of workspaces.filter((each) => !inBrowser(each))) {
    const folder = path.join(root, workspace);
    converted += await buildFolder(folder, path.join(folder, 'dist'));
  }
  return converted;
}

function inBrowser(workspace) {
  return workspace.startsWith('plugins/') || workspace === 'embedded/workbench';
}

/**
 * Converts `from/{src,test}/**.ts` to `to/{src,test}/**.js` and removes outputs whose source is gone.
 * @param {string} from a package's folder
 * @param {string} to where its output goes
 * @returns {Promise<number>} how many files were converted
 * @throws {SyntaxError} naming the file and line of TypeScript that is not only types (enums, parameter properties)
 */
export async function buildFolder(from, to) {
  let converted = 0;
  for (const folder of SOURCE_FOLDERS) {
    const sources = await filesUnder(path.join(from, folder), '.ts');
    const wanted = new Set();
    for (const source of sources) {
      const output = path.join(to, path.relative(from, source)).replace(/\.ts$/, '.js');
      wanted.add(output);
      if (source.endsWith('.d.ts') || (await isNewer(output, source))) continue;
      await convert(source, output);
      converted++;
    }
    for (const output of await filesUnder(path.join(to, folder), '.js')) {
      if (!wanted.has(output)) await rm(output);
    }
  }
  return converted;
}

async function convert(source, output) {
  const { default: blankSpace } = await import('ts-blank-space');
  const text = await readFile(source, 'utf8');
  const problems = [];
  const javascript = blankSpace(text, (node) => problems.push(node));
  if (problems.length > 0) {
    const line = text.slice(0, problems[0].getStart()).split('\n').length;
    throw new SyntaxError(`${source}:${line}: only TypeScript that can be erased is allowed here`);
  }
  await mkdir(path.dirname(output), { recursive: true });
  await writeFile(output, javascript);
}

async function filesUnder(folder, extension) {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  return entries
    .filter((entry) => entry.isFile() && entry.name.endsWith(extension))
    .map((entry) => path.join(entry.parentPath ?? entry.path, entry.name))
    .sort();
}

async function isNewer(output, source) {
  const [built, written] = await Promise.all([stat(output).catch(() => undefined), stat(source)]);
  return built !== undefined && built.mtimeMs > written.mtimeMs;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [from, to] = process.argv.slice(2);
  const converted = from && to ? await buildFolder(from, to) : await buildAll();
  console.log(`build: ${converted === 0 ? 'nothing to do' : `${converted} files`}`);
}
