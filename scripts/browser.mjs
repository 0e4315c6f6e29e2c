/**
 * Builds what runs in a browser, the two panels and the workbench, where anything has changed since it was built.
 * `npm start` and the tests come here; `npm run build` builds it in any case.
 */
import { readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');

/** @returns {Promise<readonly string[]>} what was built */
export async function buildBrowserParts() {
  const { buildPlugin, pluginNames } = await import('../plugins/build.mjs');
  const built = [];
  for (const name of await pluginNames()) {
    const folder = path.join('plugins', name);
    if (!isStale(path.join(folder, 'dist', 'plugin.json'), [folder, 'plugins/shared', 'plugins/build.mjs']))
      continue;
    await buildPlugin(name);
    built.push(name);
  }
  if (isStale('embedded/workbench/dist/index.html', ['embedded/workbench'])) {
    const { buildWorkbench } = await import('../embedded/workbench/build.mjs');
    await buildWorkbench();
    built.push('workbench');
  }
  return built;
}

function isStale(output, sources) {
  const built = statSync(path.join(root, output), { throwIfNoEntry: false });
  return (
    !built ||
    ['package-lock.json', ...sources].some((source) => newest(path.join(root, source)) > built.mtimeMs)
  );
}

/** Of a file, or of everything in a folder but what was built or installed there. */
function newest(place) {
  const stat = statSync(place);
  if (!stat.isDirectory()) return stat.mtimeMs;
  const names = readdirSync(place).filter((name) => name !== 'dist' && name !== 'node_modules');
  return Math.max(stat.mtimeMs, ...names.map((name) => newest(path.join(place, name))));
}
