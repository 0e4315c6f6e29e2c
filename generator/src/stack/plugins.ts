/** The two panels, built and laid out as Grafana looks for them. */
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
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
