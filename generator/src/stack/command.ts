/** The command `stack`: its flags, the run that it loads, and what it prints. */
import { cpSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { backfill } from '../backfill/backfill.js';
import { readEndpoints } from '../backfill/options.js';
import { formatReceipt } from '../backfill/receipt.js';
import { openRun } from '../backfill/run.js';
import { splitArgs } from '../split-args.js';
import { UserError } from '../user-error.js';
import { windowOf, writeDashboards } from '../window-dashboards.js';
import { StackFolder } from './folder.js';
import { isOverWorkbench, startGrafana } from './over-workbench.js';
import { installPlugins } from './plugins.js';
import { ADDRESS, choosePorts, PORT_FLAGS, type Ports } from './ports.js';
import { findPrograms, PROGRAM_FLAGS, type ProgramName } from './programs.js';
import { PROVISIONING, REPOSITORY } from './repository.js';
import { dashboardsFolder, type Layout, pluginsFolder, programSettings } from './settings.js';
import { type Running, Stack } from './stack.js';

const COMMAND_FLAGS = {
  ...PROGRAM_FLAGS,
  ...PORT_FLAGS,
  dir: { type: 'string', default: path.join('out', 'stack') },
  reset: { type: 'boolean', default: false },
  from: { type: 'string' },
} as const;

export interface StackOptions {
  /** Checks arguments of `generate`, and gives back what simulates into a folder. */
  readonly prepare: (args: readonly string[]) => (out: string) => Promise<void>;
  /** Told what there is to say to whoever runs it. */
  readonly print: (text: string) => void;
}

export interface RunningStack extends Running {
  readonly urls: Readonly<Record<ProgramName, string>>;
  readonly pids: Readonly<Partial<Record<ProgramName, number>>>;
  /** The run that it holds. */
  readonly run: string;
}

/**
 * Starts the stack, loads it unless it is loaded, and keeps it running; or Grafana alone, over a workbench's stores.
 * @param interrupted called when it runs; resolves when it is to end
 * @returns whether the incident arrived as it was sent
 * @throws {UserError} when an option, a program, a port or the folder is not as it has to be
 */
export async function stackCommand(
  args: readonly string[],
  options: StackOptions,
  interrupted: () => Promise<unknown>,
): Promise<boolean> {
  const running = await (isOverWorkbench(args) ? startGrafana(args, options) : startStack(args, options));
  if (running === undefined) return false;
  try {
    await Promise.race([running.watch(), interrupted()]);
  } finally {
    options.print('stopping');
    await running.stop();
  }
  return true;
}

/** As the command does, for callers that end it themselves. @returns undefined when the load is not exact */
export async function startStack(
  args: readonly string[],
  { prepare, print }: StackOptions,
): Promise<RunningStack | undefined> {
  const { own, others } = splitArgs(args, COMMAND_FLAGS);
  const { dir, reset, from, ...flags } = parseArgs({
    args: own,
    options: COMMAND_FLAGS,
    strict: true,
  }).values;
  const programs = findPrograms(flags, process.env.PATH ?? '');
  const folder = new StackFolder(dir);
  const source = await runSource(folder, { from, others, prepare });
  const ports = await choosePorts(flags);
  if (reset) folder.empty();
  const loaded = folder.isLoaded;
  if (loaded && (from !== undefined || others.length > 0)) {
    throw new UserError(
      `the stack in ${dir} is loaded: ${from === undefined ? others[0] : '--from'} needs --reset, which empties it`,
    );
  }
  folder.mark(loaded ? 'loaded' : 'empty');

  const layout: Layout = { folder: folder.path, provisioning: PROVISIONING };
  const stack = new Stack(programSettings(layout, programs, ports));
  const stop = async () => {
    await stack.stop();
    folder.release();
  };
  try {
    installPlugins(REPOSITORY, pluginsFolder(layout));
    if (!loaded) await source.provide();
    writeDashboards(windowOf(source.run), dashboardsFolder(layout));
    await stack.start(['prometheus', 'loki', 'tempo']);
    if (!loaded && !(await load(source.run, { folder, stack, ports, print }))) {
      await stop();
      return undefined;
    }
    await stack.start(['grafana']);
  } catch (error) {
    await stop();
    throw error;
  }
  const urls = {
    prometheus: stack.url('prometheus'),
    loki: stack.url('loki'),
    tempo: stack.url('tempo'),
    // By name: Grafana takes live connections only under the address that it knows itself by.
    grafana: `http://localhost:${ports.grafana}`,
  };
  folder.mark('loaded', urls);
  print(greeting(urls));
  return { urls, pids: stack.pids, run: source.run, watch: () => stack.watch(), stop };
}

interface RunSource {
  readonly run: string;
  /** Sees to it that the run is there. */
  readonly provide: () => Promise<void>;
}

/** Everything that can be wrong with the options is found here, before anything is removed or started. */
async function runSource(
  folder: StackFolder,
  {
    from,
    others,
    prepare,
  }: { from: string | undefined; others: readonly string[]; prepare: StackOptions['prepare'] },
): Promise<RunSource> {
  if (from === undefined) {
    const files = others.find((arg) => /^--(out|replace)\b/.test(arg));
    if (files) throw new UserError(`${files} has no meaning here: the stack keeps its run in ${folder.run}`);
    const simulate = prepare(others);
    return { run: folder.run, provide: () => simulate(folder.run) };
  }
  if (others.length > 0) {
    throw new UserError(`${others[0]} has no meaning beside --from, which loads a run as it was generated`);
  }
  const run = path.resolve(from);
  if (run === folder.path || run.startsWith(folder.path + path.sep)) {
    throw new UserError(
      `--from ${from} lies in the stack's own folder, which a reset empties: copy it elsewhere first`,
    );
  }
  await openRun(run, Date.now());
  return { run: folder.run, provide: async () => cpSync(run, folder.run, { recursive: true }) };
}

/** @returns whether all of it arrived */
async function load(
  run: string,
  {
    folder,
    stack,
    ports,
    print,
  }: { folder: StackFolder; stack: Stack; ports: Ports; print: StackOptions['print'] },
): Promise<boolean> {
  folder.mark('loading');
  const endpoints = await readEndpoints({
    prometheus: stack.url('prometheus'),
    loki: stack.url('loki'),
    tempo: stack.url('tempo'),
    otlp: `http://${ADDRESS}:${ports.otlp}`,
  });
  const receipt = await backfill(run, { endpoints });
  print(formatReceipt(receipt));
  if (receipt.ready) folder.mark('loaded');
  return receipt.ready;
}

function greeting({ grafana, prometheus, loki, tempo }: RunningStack['urls']): string {
  return [
    '',
    `Grafana  ${grafana}  nobody needs to sign in to look; an interviewer signs in as admin, password admin`,
    `         Prometheus ${prometheus}  Loki ${loki}  Tempo ${tempo}`,
    '         Ctrl-C stops all of them and keeps the data; npm run stack -- --reset begins anew for the next candidate',
  ].join('\n');
}
