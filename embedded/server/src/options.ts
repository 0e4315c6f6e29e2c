/** What `npm start` is told, all checked before anything is simulated or written. */
import { existsSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { type GenerateOptions, generateOptions } from 'generator/generate-command';
import { splitArgs } from 'generator/split-args';
import { UserError } from 'generator/user-error';

const START_FLAGS = {
  port: { type: 'string', default: '4000' },
  from: { type: 'string' },
  writable: { type: 'boolean', default: false },
  reset: { type: 'boolean', default: false },
  help: { type: 'boolean', default: false },
} as const;

export const USAGE = `usage: npm start -- [--port N] [--writable] [--reset] [--from DIR | generate's options]
  simulates the incident, loads it into stores of its own, and serves the workbench on this machine
  --port N     where [4000]; 0: any free one
  --from DIR   a run that was generated before, instead of simulating
  --reset      start again for the next candidate: browsers forget history, moved nodes and notes
  --writable   the stores go on taking data after they are loaded
  generate's options: --seed N, --end now|ISO, --out DIR, --replace, --scale X, --parameters FILE, --app DIR, --scenario NAME`;

export interface StartOptions {
  readonly port: number;
  readonly writable: boolean;
  readonly reset: boolean;
  readonly source: Source;
}

/** Where the run comes from. */
export type Source =
  | { readonly kind: 'given'; readonly run: string }
  /** `again`: even if the same run is there. */
  | { readonly kind: 'simulated'; readonly options: GenerateOptions; readonly again: boolean };

/** @throws {UserError} naming the option that is wrong, and what is allowed; the usage when it was asked for */
export function readOptions(args: readonly string[]): StartOptions {
  const { own, others } = splitArgs(args, START_FLAGS);
  const { port, from, writable, reset, help } = parseArgs({
    args: own,
    options: START_FLAGS,
    strict: true,
  }).values;
  if (help) throw new UserError(USAGE);
  return { port: readPort(port), writable, reset, source: readSource(from, others) };
}

function readPort(text: string): number {
  const port = Number(text);
  if (text.trim() !== '' && Number.isInteger(port) && port >= 0 && port < 65_536) return port;
  throw new UserError(`--port is "${text}": allowed are ports from 1 to 65535, and 0 for any free one`);
}

function readSource(from: string | undefined, others: readonly string[]): Source {
  if (from === undefined) {
    const options = generateOptions(others);
    const again = others.some((arg) => /^--(replace|end)\b/.test(arg));
    // The default folder is this command's own, to be filled again.
    const replace = options.replace || !others.some((arg) => /^--out\b/.test(arg));
    return { kind: 'simulated', options: { ...options, replace }, again };
  }
  if (others.length > 0) {
    throw new UserError(`${others[0]} has no meaning beside --from, which loads a run as it was generated`);
  }
  if (!existsSync(path.join(from, 'manifest.json'))) {
    throw new UserError(`--from ${from} is not a finished run: it has no manifest.json`);
  }
  return { kind: 'given', run: from };
}
