/** The dashboards that are committed, made to open on one run's window: today and a week after the load alike. */
import { mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { dashboardsForWindow, type Timed } from 'dashboards/window';
import type { Manifest } from './telemetry/run-files.js';
import { UserError } from './user-error.js';

const COMMITTED = fileURLToPath(new URL('../../../provisioning/grafana/dashboards/', import.meta.url));

export type Window = Pick<Manifest['window'], 'start' | 'end'>;

/** @param runDir a run, of whose manifest the window is read */
export function windowOf(runDir: string): Window {
  return (JSON.parse(readFileSync(path.join(runDir, 'manifest.json'), 'utf8')) as Manifest).window;
}

/**
 * Writes all dashboards to the folder that Grafana's file provider watches. Each is renamed into its place, because
 * Grafana may be reading.
 */
export function writeDashboards({ start, end }: Window, target: string): void {
  const names = readdirSync(COMMITTED).filter((name) => name.endsWith('.json'));
  try {
    mkdirSync(target, { recursive: true });
    for (const name of names) {
      const dashboard = JSON.parse(readFileSync(path.join(COMMITTED, name), 'utf8')) as Timed;
      const file = path.join(target, name);
      writeFileSync(
        `${file}.partial`,
        `${JSON.stringify(dashboardsForWindow(dashboard, { from: start, to: end }), undefined, 2)}\n`,
      );
      renameSync(`${file}.partial`, file);
    }
  } catch (error) {
    throw new UserError(`the dashboards can't be written to ${target}: ${(error as Error).message}`, {
      cause: error,
    });
  }
}
