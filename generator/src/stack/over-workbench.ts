/** Grafana alone, over the stores that `npm start` serves: the same data in the real thing. */
import path from 'node:path';
import { parseArgs } from 'node:util';
import { UserError } from '../user-error.js';
import { type Window, writeDashboards } from '../window-dashboards.js';
import { StackFolder } from './folder.js';
import { installPlugins } from './plugins.js';
import { choosePorts, PORT_FLAGS } from './ports.js';
import { findPrograms, PROGRAM_FLAGS } from './programs.js';
import { PROVISIONING, REPOSITORY } from './repository.js';
import { dashboardsFolder, grafanaSettings, type Layout, pluginsFolder } from './settings.js';
import { type Running, Stack } from './stack.js';

const OVER_FLAGS = {
  workbench: { type: 'string', default: '' },
  dir: { type: 'string', default: path.join('out', 'grafana') },
  reset: { type: 'boolean', default: false },
  'grafana-port': PORT_FLAGS['grafana-port'],
  'grafana-bin': PROGRAM_FLAGS['grafana-bin'],
  'grafana-home': PROGRAM_FLAGS['grafana-home'],
} as const;

export function isOverWorkbench(args: readonly string[]): boolean {
  return args.some((arg) => /^--workbench(=|$)/.test(arg));
}

/** @throws {UserError} when an option, Grafana or the folder is not as it has to be, or no workbench is served there */
export async function startGrafana(
  args: readonly string[],
  { print }: { readonly print: (text: string) => void },
): Promise<Running> {
  const { workbench, dir, reset, ...flags } = readFlags(args);
  const programs = findPrograms<'grafana'>(flags, process.env.PATH ?? '', ['grafana']);
  const folder = new StackFolder(dir);
  const window = await windowAt(workbench);
  const { grafana: port } = await choosePorts(flags);
  if (reset) folder.empty();
  folder.mark('empty');

  const layout: Layout = { folder: folder.path, provisioning: PROVISIONING };
  const stores = {
    prometheus: `${workbench}/stores/prometheus`,
    loki: `${workbench}/stores/loki`,
    tempo: `${workbench}/stores/tempo`,
  };
  const stack = new Stack({ grafana: grafanaSettings(layout, programs, port, stores) });
  const stop = async () => {
    await stack.stop();
    folder.release();
  };
  try {
    installPlugins(REPOSITORY, pluginsFolder(layout));
    writeDashboards(window, dashboardsFolder(layout));
    await stack.start(['grafana']);
  } catch (error) {
    await stop();
    throw error;
  }
  const grafana = `http://localhost:${port}`;
  folder.mark('empty', { ...stores, grafana });
  print(`\nGrafana  ${grafana}  over the stores of ${workbench}; Ctrl-C stops it`);
  return { watch: () => stack.watch(), stop };
}

function readFlags(args: readonly string[]) {
  const { values } = parseArgs({ args: [...args], options: OVER_FLAGS, strict: true });
  return { ...values, workbench: values.workbench.replace(/\/+$/, '') };
}

/** @throws {UserError} when no workbench is served there */
async function windowAt(workbench: string): Promise<Window> {
  try {
    const response = await fetch(`${workbench}/workbench/incident`);
    const { window } = (await response.json()) as { readonly window: Window };
    return { start: window.start, end: window.end };
  } catch (error) {
    throw new UserError(
      `--workbench ${workbench}: npm start serves none there (yet); the address that it prints is expected, such as http://localhost:4000`,
      { cause: error },
    );
  }
}
