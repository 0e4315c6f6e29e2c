/** The command `backfill`: its flags, the run that it loads, and what it prints. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { splitArgs } from '../split-args.js';
import { UserError } from '../user-error.js';
import { windowOf, writeDashboards } from '../window-dashboards.js';
import { backfill } from './backfill.js';
import { BACKFILL_FLAGS, type Endpoints, readEndpoints } from './options.js';
import { formatReceipt } from './receipt.js';

const COMMAND_FLAGS = {
  ...BACKFILL_FLAGS,
  from: { type: 'string' },
  /** A folder that Grafana reads dashboards from: they are written there, opening on the run's window. */
  dashboards: { type: 'string' },
} as const;

/**
 * Loads the run of `--from`, or one that is generated first and removed afterwards.
 * @param generate simulates into a folder, with those of the arguments that are not this command's own
 * @returns whether all of it arrived
 */
export async function backfillCommand(
  args: readonly string[],
  generate: (args: readonly string[], out: string) => Promise<void>,
): Promise<boolean> {
  const { own, others } = splitArgs(args, COMMAND_FLAGS);
  const { from, dashboards, ...flags } = parseArgs({
    args: own,
    options: COMMAND_FLAGS,
    strict: true,
  }).values;
  const endpoints = await readEndpoints(flags);
  if (from !== undefined) {
    if (others.length > 0) {
      throw new UserError(`${others[0]} has no meaning beside --from, which loads a run as it was generated`);
    }
    return load(from, endpoints, dashboards);
  }
  if (others.some((arg) => /^--(out|replace)\b/.test(arg))) {
    throw new UserError(
      'backfill keeps no files: to keep them, generate --out DIR and load them with --from DIR',
    );
  }
  const folder = mkdtempSync(path.join(tmpdir(), 'backfill-'));
  // On any way out, a signal's included.
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  const out = path.join(folder, 'run');
  await generate(others, out);
  return load(out, endpoints, dashboards);
}

async function load(runDir: string, endpoints: Endpoints, dashboards: string | undefined): Promise<boolean> {
  const receipt = await backfill(runDir, { endpoints });
  process.stdout.write(`${formatReceipt(receipt)}\n`);
  if (receipt.ready && dashboards !== undefined) writeDashboards(windowOf(runDir), dashboards);
  return receipt.ready;
}
