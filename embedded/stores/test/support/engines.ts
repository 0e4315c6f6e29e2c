/** The real engines, started empty from the programs on the PATH by the stack's own code. */
import path from 'node:path';
import { ADDRESS, choosePorts } from 'generator/stack/ports';
import { findPrograms } from 'generator/stack/programs';
import { programSettings } from 'generator/stack/settings';
import { Stack } from 'generator/stack/stack';
import { TEST_FOLDER } from './frozen-run.js';
import type { WritableStores } from './load.js';

export interface Engines extends WritableStores {
  readonly stop: () => Promise<void>;
}

/** @param folder empty; their data goes there */
export async function startEngines(folder: string): Promise<Engines> {
  const programs = findPrograms({}, process.env.PATH ?? '');
  const ports = await choosePorts({ 'grafana-port': '0' });
  const provisioning = path.resolve(TEST_FOLDER, '../../../provisioning');
  const stack = new Stack(programSettings({ folder, provisioning }, programs, ports));
  try {
    await stack.start(['prometheus', 'loki', 'tempo']);
  } catch (error) {
    await stack.stop();
    throw error;
  }
  return {
    prometheus: stack.url('prometheus'),
    loki: stack.url('loki'),
    tempo: stack.url('tempo'),
    otlp: `http://${ADDRESS}:${ports.otlp}`,
    stop: () => stack.stop(),
  };
}
