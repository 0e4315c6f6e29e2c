/**
 * `npm start`: everything that a fresh clone needs, then the main job. Installs what is missing, builds, simulates the
 * incident, checks it and prints the table. Arguments are those of `generate`.
 */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

const MIN_NODE = [20, 6];

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
const args = process.argv.slice(2);
const replace = args.includes('--out') || args.includes('--replace') ? [] : ['--replace'];
run(process.execPath, ['scripts/run.mjs', 'generator/src/main.ts', 'generate', ...replace, ...args]);
