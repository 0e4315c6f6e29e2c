/** Builds what changed, then runs a workspace's TypeScript entry point: `node scripts/run.mjs generator/src/main.ts ...`. */
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { buildAll } from './build.mjs';

const [entry, ...args] = process.argv.slice(2);
await buildAll();
const [, workspace, file] = /^(.+?)\/((?:src|test)\/.*)\.ts$/.exec(entry);
const output = path.resolve(workspace, 'dist', `${file}.js`);
process.argv = [process.argv[0], output, ...args];
await import(pathToFileURL(output).href);
