/**
 * `npm start`: everything that a fresh clone needs, then the main job. Installs what is missing, builds, simulates the
 * incident, checks it, loads it and serves the workbench. Arguments are those of the command: see `--help`.
 */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

const MIN_NODE = [20, 6];
/** Twice what the stores need for a run of ordinary size: a heap that may grow further is not collected before it has. */
const HEAP_MB = 512;
/** Options by which a run may be larger than that. */
const LARGER = /^--(scale|from|parameters|app)\b/;

const [major, minor] = process.versions.node.split('.').map(Number);
if (major < MIN_NODE[0] || (major === MIN_NODE[0] && minor < MIN_NODE[1])) {
  console.error(`Node ${MIN_NODE.join('.')} or newer is needed; this is ${process.versions.node}`);
  process.exit(1);
}

function run(command, args) {
  const { status, signal } = spawnSync(command, args, { stdio: 'inherit' });
  if (status !== 0) process.exit(status ?? (signal === 'SIGINT' ? 130 : 1));
}

if (!existsSync('node_modules')) run('npm', ['ci', '--no-audit', '--no-fund']);
const { buildAll } = await import('./build.mjs');
const { buildBrowserParts } = await import('./browser.mjs');
await buildAll();
const built = await buildBrowserParts();
if (built.length > 0) console.log(`built ${built.join(', ')}`);
const args = process.argv.slice(2);
const heap = args.some((arg) => LARGER.test(arg)) ? [] : [`--max-old-space-size=${HEAP_MB}`];
run(process.execPath, [...heap, 'embedded/server/dist/src/main.js', ...args]);
