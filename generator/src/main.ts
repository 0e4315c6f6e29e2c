/** The command line: `generate`, `check`, `backfill` and `stack`, what they take, and how they end. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { backfillCommand } from './backfill/command.js';
import { type CheckReport, checkRun, formatReport } from './checks/index.js';
import { type GenerateOptions, generate } from './generate.js';
import { createProgress } from './progress.js';
import { ParameterError } from './scenario/resolve.js';
import { type StackOptions, stackCommand } from './stack/command.js';
import { UserError } from './user-error.js';

const USAGE = `usage:
  generate [--seed N] [--end now|ISO] [--out DIR] [--replace] [--scenario NAME] [--app DIR] [--scale X] [--parameters FILE]
      simulates the incident, writes it to DIR and checks it; exit code 1 if a target is missed
  check DIR
      checks a run again
  backfill --prometheus URL --loki URL --tempo URL [--otlp URL] [--remote-write URL] [--tenant ID] [--basic-auth-file F] [--dashboards DIR]
           [--from DIR | generate's options]
      loads a run into real stores and proves that all of it arrived
  stack [--reset] [--dir DIR] [--from DIR | generate's options] [--grafana-port N] [--prometheus-port N] [--loki-port N]
        [--tempo-port N] [--prometheus-bin F] [--loki-bin F] [--tempo-bin F] [--grafana-bin F] [--grafana-home DIR]
      runs Grafana, Prometheus, Loki and Tempo on this machine, loaded with the incident, until Ctrl-C`;

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

type GenerateFlags = ReturnType<typeof parseGenerate>;

function parseGenerate(args: readonly string[]) {
  return parseArgs({ args: [...args], options: GENERATE_FLAGS, strict: true }).values;
}

/** Checks what was given on the command line; nothing has been written yet when this throws. */
function generateOptions(flags: GenerateFlags): GenerateOptions {
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

async function runGenerate(args: readonly string[]): Promise<boolean> {
  const options = generateOptions(parseGenerate(args));
  await simulate(options);
  return runCheck([options.out]);
}

async function simulate(options: GenerateOptions): Promise<void> {
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

async function runCheck(args: readonly string[]): Promise<boolean> {
  const { positionals } = parseArgs({ args: [...args], allowPositionals: true, strict: true });
  const [folder, ...others] = positionals;
  if (folder === undefined || others.length > 0) throw new UserError('check takes one run folder');
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

/** The stack keeps its run in a folder of its own, which it may fill again. */
const stackOptions: StackOptions = {
  prepare(args) {
    const options = generateOptions(parseGenerate(args));
    return (out) => simulate({ ...options, out, replace: true });
  },
  print: (text) => process.stdout.write(`${text}\n`),
};

async function main([command, ...args]: readonly string[]): Promise<boolean> {
  switch (command) {
    case 'generate':
      return runGenerate(args);
    case 'check':
      return runCheck(args);
    case 'backfill':
      return backfillCommand(args, (generateArgs, out) =>
        simulate({ ...generateOptions(parseGenerate(generateArgs)), out }),
      );
    case 'stack':
      return stackCommand(args, stackOptions, untilInterrupted);
    default:
      throw new UserError(USAGE);
  }
}

function isUsersError(error: unknown): error is Error {
  const code = (error as { code?: string }).code ?? '';
  return error instanceof UserError || error instanceof ParameterError || code.startsWith('ERR_PARSE_ARGS');
}

/** By what ends a process from outside: a terminal's Ctrl-C, a supervisor, a terminal that is closed. */
const ENDINGS = [
  { signal: 'SIGINT', end: () => process.exit(130) },
  { signal: 'SIGTERM', end: () => process.exit(143) },
  { signal: 'SIGHUP', end: () => process.exit(129) },
] as const;
for (const { signal, end } of ENDINGS) process.once(signal, end);

/** From now on the first signal is an answer to wait for; another one ends the process as ever. */
function untilInterrupted(): Promise<void> {
  return new Promise((resolve) => {
    for (const { signal, end } of ENDINGS) {
      process.off(signal, end);
      process.once(signal, () => {
        process.once(signal, end);
        resolve();
      });
    }
  });
}

try {
  process.exitCode = (await main(process.argv.slice(2))) ? 0 : 1;
} catch (error) {
  console.error(isUsersError(error) ? error.message : error);
  process.exitCode = 1;
}
