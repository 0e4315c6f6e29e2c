/**
 * Writes what Grafana is provisioned with.
 *
 *     main.js                             the committed files, under provisioning/grafana
 *     main.js --window FROM TO --out DIR  the committed dashboards, opening on that time (ISO 8601 or milliseconds)
 */
import { mkdir, readdir, readFile, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { generatedFiles, json } from './files.js';
import { dashboardsForWindow, type Timed, type Window } from './window.js';

const PROVISIONING = fileURLToPath(new URL('../../../provisioning/grafana/', import.meta.url));

async function writeCommitted(): Promise<number> {
  const files = generatedFiles();
  for (const { path: name, content } of files) await write(path.join(PROVISIONING, name), content);
  return files.length;
}

async function writeForWindow(window: Window, out: string): Promise<number> {
  const from = path.join(PROVISIONING, 'dashboards');
  const names = (await readdir(from)).filter((name) => name.endsWith('.json'));
  for (const name of names) {
    const dashboard = JSON.parse(await readFile(path.join(from, name), 'utf8')) as Timed;
    await write(path.join(out, name), json(dashboardsForWindow(dashboard, window)));
  }
  return names.length;
}

/** Whole or not at all: Grafana may be reading the folder. */
async function write(file: string, content: string): Promise<void> {
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(`${file}.partial`, content);
  await rename(`${file}.partial`, file);
}

const USAGE = 'usage: main.js [--window FROM TO --out DIR]';

async function main(): Promise<string> {
  const { values, positionals } = parseArgs({
    options: { window: { type: 'string' }, out: { type: 'string' } },
    allowPositionals: true,
  });
  const [to, ...rest] = positionals;
  if (values.window === undefined && values.out === undefined && to === undefined) {
    return `wrote ${await writeCommitted()} files under provisioning/grafana`;
  }
  if (values.window === undefined || values.out === undefined || to === undefined || rest.length > 0) {
    throw new RangeError(USAGE);
  }
  return `wrote ${await writeForWindow({ from: values.window, to }, values.out)} dashboards to ${values.out}`;
}

try {
  console.log(await main());
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}
