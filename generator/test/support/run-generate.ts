/** Runs the generator's command line as its users do. */
import { type SpawnSyncReturns, spawnSync } from 'node:child_process';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

export const REPOSITORY = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../../../..');
const MAIN = path.join(REPOSITORY, 'generator', 'dist', 'src', 'main.js');

/** The end that golden hashes are made with. */
export const FIXED_END = '2026-03-02T10:00:00Z';

/** A run of a few minutes, for what does not need the whole incident. */
export const SHORT = { warmup_s: 60, baseline_s: 120, incident_s: 180, settling_s: 60 };

export function runMain(...args: readonly string[]): SpawnSyncReturns<string> {
  return spawnSync(process.execPath, [MAIN, ...args], { cwd: REPOSITORY, encoding: 'utf8' });
}
