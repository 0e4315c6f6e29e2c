import { MILLION } from '../cpu-account.js';
import type { ServerState } from '../server-state.js';
import { Session } from '../session.js';

/** Processes that the server always has, with what they wait for when they have nothing to do. */
const AUXILIARY: readonly (readonly [backendType: string, waitEvent: string, usename?: string])[] = [
  ['checkpointer', 'CheckpointWriteDelay'],
  ['background writer', 'BgWriterMain'],
  ['walwriter', 'WalWriterMain'],
  ['autovacuum launcher', 'AutoVacuumMain'],
  ['logical replication launcher', 'LogicalLauncherMain', 'postgres'],
];
/** The server has been up for eleven days. */
const STARTED_US = -11 * 86_400 * MILLION - 4_217_350;
/** Share of the time in which the server's own writers are at the disk. */
const WRITERS_IO = 0.35;

/** Starts the server's own processes; their work and that of the rest of the host goes on evenly. */
export function startHostProcesses(
  { clock, account, parameters, takePid }: ServerState,
  sessions: Set<Session>,
): void {
  for (const [backendType, event, usename] of AUXILIARY) {
    const session = new Session(clock, {
      pid: takePid(),
      backendType,
      backendStartUs: STARTED_US,
      ...(usename !== undefined && { usename }),
    });
    session.waitFor({ type: event === 'CheckpointWriteDelay' ? 'Timeout' : 'Activity', event });
    sessions.add(session);
  }
  account.start({
    cpu: Math.round((account.cores * parameters.hostCpuPercent * MILLION) / 100),
    io: Math.round(WRITERS_IO * parameters.scale * MILLION),
  });
}
