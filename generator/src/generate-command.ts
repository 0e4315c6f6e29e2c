/** The commands `generate` and `check`: what they take, how their progress is shown, and what they print. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { type CheckReport, checkRun, formatReport } from './checks/index.js';
import { type GenerateOptions, generate } from './generate.js';
import { createProgress } from './progress.js';
import { UserError } from './user-error.js';

export type { GenerateOptions };

const GENERATE_FLAGS = {
  seed: { type: 'string', default: '1' },
  end: { type: 'string', default: 'now' },
  out: { type: 'string' },
  replace: { type: 'boolean', default: false },
  scenario: { type: 'string', default: 'connection-pool' },
  app: { type: 'string', default: 'interview-app' },
  scale: { type: 'string', default: '1' },
  parameters: { type: 'string' },
} as const;

/**
 * Checks what was given on the command line.
 * @throws {UserError} naming what is wrong and what is allowed; nothing has been written then
 */
export function generateOptions(args: readonly string[]): GenerateOptions {
  const flags = parseArgs({ args: [...args], options: GENERATE_FLAGS, strict: true }).values;
  const seed = Number(flags.seed);
  if (!Number.isInteger(seed) || seed < 1 || seed > 2 ** 31) {
    throw new UserError(`--seed is "${flags.seed}": allowed are whole numbers from 1 to ${2 ** 31}`);
  }
  return {
    seed,
    endMs: endOf(flags.end),
    out: flags.out ?? path.join('out', `seed-${seed}`),
    replace: flags.replace,
    scenario: flags.scenario,
    app: flags.app,
    scale: Number(flags.scale),
    parameters: flags.parameters === undefined ? {} : readParameters(flags.parameters),
  };
}

/** @returns whole seconds, as ms since 1970 */
function endOf(text: string): number {
  const time = text === 'now' ? Date.now() : Date.parse(text);
  if (!/^\d{4}-\d{2}-\d{2}T/.test(text) && text !== 'now') {
    throw new UserError(`--end is "${text}": allowed are "now" and ISO times such as 2026-03-02T10:00:00Z`);
  }
  if (Number.isNaN(time)) throw new UserError(`--end is "${text}", which is no time`);
  return Math.floor(time / 1000) * 1000;
}

function readParameters(file: string): Record<string, unknown> {
  let values: unknown;
  try {
    values = JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new UserError(`--parameters ${file}: ${(error as Error).message}`);
  }
  if (typeof values !== 'object' || values === null || Array.isArray(values)) {
    throw new UserError(`--parameters ${file}: a JSON object of parameter names and values is expected`);
  }
  return values as Record<string, unknown>;
}

/** @returns whether every target is met */
export async function generateCommand(args: readonly string[]): Promise<boolean> {
  const options = generateOptions(args);
  await simulate(options);
  return check(options.out);
}

/** @returns whether every target is met */
export async function checkCommand(args: readonly string[]): Promise<boolean> {
  const { positionals } = parseArgs({ args: [...args], allowPositionals: true, strict: true });
  const [folder, ...others] = positionals;
  if (folder === undefined || others.length > 0) throw new UserError('check takes one run folder');
  return check(folder);
}

/** Writes a run, with a bar on standard error. */
export async function simulate(options: GenerateOptions): Promise<void> {
  const progress = createProgress(process.stderr);
  const stage = progress.stage(`simulate seed ${options.seed}`, 1);
  let done = 0;
  try {
    await generate({
      ...options,
      onProgress(share) {
        stage.advance(share - done);
        done = share;
      },
    });
    stage.finish();
  } finally {
    progress.end();
  }
}

/** Prints the table of a run. @returns whether every target is met */
export async function check(folder: string): Promise<boolean> {
  const progress = createProgress(process.stderr);
  let report: CheckReport;
  try {
    const stage = progress.stage('check', 1);
    report = await checkRun(folder, { onProgress: (step) => stage.advance(step) });
    stage.finish();
  } finally {
    progress.end();
  }
  process.stdout.write(formatReport(report, { colour: process.stdout.isTTY === true }));
  return report.passed;
}
