/** The dashboards that are committed, made to open on one run's window: today and a week after the load alike. */
import { mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Manifest } from './telemetry/run-files.js';
import { UserError } from './user-error.js';

const COMMITTED = fileURLToPath(new URL('../../../provisioning/grafana/dashboards/', import.meta.url));

/** A dashboard as it is committed, but for the time that it opens on. */
export function onWindow<Dashboard extends object>(dashboard: Dashboard, { start, end }: Manifest['window']) {
  return { ...dashboard, time: { from: start, to: end }, refresh: '' };
}

/**
 * Writes all dashboards to the folder that Grafana's file provider watches. Each is renamed into its place, because
 * Grafana may be reading.
 * @param runDir a run, of whose manifest the window is read
 */
export function writeDashboards(runDir: string, target: string): void {
  const { window } = JSON.parse(readFileSync(path.join(runDir, 'manifest.json'), 'utf8')) as Manifest;
  const names = readdirSync(COMMITTED).filter((name) => name.endsWith('.json'));
  try {
    mkdirSync(target, { recursive: true });
    for (const name of names) {
      const dashboard = JSON.parse(readFileSync(path.join(COMMITTED, name), 'utf8')) as object;
      const file = path.join(target, name);
      writeFileSync(`${file}.partial`, `${JSON.stringify(onWindow(dashboard, window), undefined, 2)}\n`);
      renameSync(`${file}.partial`, file);
    }
  } catch (error) {
    throw new UserError(`the dashboards can't be written to ${target}: ${(error as Error).message}`, {
      cause: error,
    });
  }
}
