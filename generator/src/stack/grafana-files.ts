/** Grafana's own files, laid out as it looks for them: the two panels, and what it is provisioned with. */
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';

/**
 * Builds the plugins of the repository into a folder, each under its own id.
 * @throws {Error} with what the bundler said
 */
export function installPlugins(repository: string, target: string): void {
  const folder = path.join(repository, 'plugins');
  const { status, stderr } = spawnSync(process.execPath, [path.join(folder, 'build.mjs')], {
    cwd: repository,
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`the panels can't be built:\n${stderr}`);
  rmSync(target, { recursive: true, force: true });
  for (const name of readdirSync(folder)) {
    const built = path.join(folder, name, 'dist');
    if (!existsSync(path.join(built, 'plugin.json'))) continue;
    const { id } = JSON.parse(readFileSync(path.join(built, 'plugin.json'), 'utf8'));
    cpSync(built, path.join(target, id), { recursive: true });
  }
}

/** Grafana's names of its provisioning folders, and ours; it complains about one that is missing. */
const PROVISIONED = [
  ['datasources', 'datasources'],
  ['dashboards', 'dashboards-provider'],
  ['alerting', 'alerting'],
  ['plugins', undefined],
  ['notifiers', undefined],
] as const;

export function installProvisioning(provisioning: string, target: string): void {
  rmSync(target, { recursive: true, force: true });
  for (const [name, source] of PROVISIONED) {
    mkdirSync(path.join(target, name), { recursive: true });
    if (source)
      cpSync(path.join(provisioning, 'grafana', source), path.join(target, name), { recursive: true });
  }
}
