import type { ServerState } from '../server-state.js';
import type { Session } from '../session.js';
import { AutovacuumLauncher } from './autovacuum.js';
import { DbaShell } from './dba-shell.js';
import { startHostProcesses } from './host-processes.js';
import { Reporting } from './reporting.js';

/**
 * Starts everything that goes on in the server besides the application: its own processes, reports, and people.
 * @param sessions where their processes are entered and taken out again
 */
export function startBackground(state: ServerState, sessions: Set<Session>): void {
  startHostProcesses(state, sessions);
  new Reporting(state, sessions).start();
  new AutovacuumLauncher(state, sessions).start();
  new DbaShell(state, sessions).start();
}
