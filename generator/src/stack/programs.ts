/** The four programs that the stack is made of: where they are on this machine, and where to get those that are not. */
import { accessSync, constants, existsSync, realpathSync, statSync } from 'node:fs';
import path from 'node:path';
import { UserError } from '../user-error.js';

export const PROGRAM_NAMES = ['prometheus', 'loki', 'tempo', 'grafana'] as const;
export type ProgramName = (typeof PROGRAM_NAMES)[number];
export type StoreName = Exclude<ProgramName, 'grafana'>;

/** Flags in the form of `util.parseArgs`. */
export const PROGRAM_FLAGS = {
  'prometheus-bin': { type: 'string' },
  'loki-bin': { type: 'string' },
  'tempo-bin': { type: 'string' },
  'grafana-bin': { type: 'string' },
  'grafana-home': { type: 'string' },
} as const;

export type ProgramFlags = { readonly [name in keyof typeof PROGRAM_FLAGS]?: string | undefined };

export interface Programs<Name extends ProgramName = ProgramName> {
  readonly binaries: Readonly<Record<Name | 'grafana', string>>;
  /** The folder with Grafana's `conf` and `public`. */
  readonly grafanaHome: string;
}

const WHERE_TO_GET: Readonly<Record<ProgramName, string>> = {
  prometheus: 'https://prometheus.io/download, or: brew install prometheus, apt-get install prometheus',
  loki: 'https://github.com/grafana/loki/releases, or: brew install loki',
  tempo: 'https://github.com/grafana/tempo/releases, or: brew install tempo',
  grafana: 'https://grafana.com/grafana/download, or: brew install grafana',
};

/**
 * @param searchPath as in the variable PATH
 * @param names which of them are needed; Grafana is one of them
 * @throws {UserError} naming every program that is missing, and where to get it
 */
export function findPrograms<Name extends ProgramName = ProgramName>(
  flags: ProgramFlags,
  searchPath: string,
  names: readonly (Name | 'grafana')[] = PROGRAM_NAMES as readonly ProgramName[] as readonly Name[],
): Programs<Name> {
  const found = names.map((name) => {
    const given = flags[`${name}-bin`];
    const binary = given === undefined ? findOnPath(name, searchPath) : path.resolve(given);
    return { name, given, binary: binary !== undefined && isExecutable(binary) ? binary : undefined };
  });
  const missing = found.filter(({ binary }) => binary === undefined);
  if (missing.length > 0) {
    const lines = missing.map(({ name, given }) => {
      const where = given === undefined ? 'is not on the PATH' : `is not at ${given}`;
      return `${name} ${where}: give it by --${name}-bin FILE, or get it from ${WHERE_TO_GET[name]}`;
    });
    throw new UserError(
      [...lines, 'With Docker none of them is needed: docker compose up --detach'].join('\n'),
    );
  }
  const binaries = Object.fromEntries(
    found.map(({ name, binary }) => [name, binary]),
  ) as Programs<Name>['binaries'];
  return { binaries, grafanaHome: findGrafanaHome(binaries.grafana, flags['grafana-home']) };
}

function findOnPath(name: string, searchPath: string): string | undefined {
  return searchPath
    .split(path.delimiter)
    .filter((folder) => folder !== '')
    .map((folder) => path.resolve(folder, name))
    .find(isExecutable);
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
}

/** Beside the binary in Grafana's archive; under `share` where Homebrew and distributions put it. */
function findGrafanaHome(binary: string, given: string | undefined): string {
  if (given !== undefined) {
    if (isGrafanaHome(given)) return path.resolve(given);
    throw new UserError(
      `--grafana-home ${given}: a folder with Grafana's conf/defaults.ini and public/ is expected`,
    );
  }
  const candidates = [binary, realpathSync(binary)]
    .map((file) => path.dirname(path.dirname(file)))
    .flatMap((prefix) => [prefix, path.join(prefix, 'share', 'grafana')])
    .concat('/usr/share/grafana');
  const home = candidates.find(isGrafanaHome);
  if (home !== undefined) return home;
  throw new UserError(
    `Grafana's conf and public folders are not beside ${binary}: give the folder that holds them by --grafana-home DIR`,
  );
}

function isGrafanaHome(folder: string): boolean {
  return existsSync(path.join(folder, 'conf', 'defaults.ini')) && existsSync(path.join(folder, 'public'));
}
