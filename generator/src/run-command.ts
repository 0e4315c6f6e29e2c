/** What every command line of the project has in common: how it ends, and what its user is told of a failure. */
import { ParameterError } from './scenario/resolve.js';
import { UserError } from './user-error.js';

function isUsersError(error: unknown): error is Error {
  const code = (error as { code?: string }).code ?? '';
  return error instanceof UserError || error instanceof ParameterError || code.startsWith('ERR_PARSE_ARGS');
}

/** By what ends a process from outside: a terminal's Ctrl-C, a supervisor, a terminal that is closed. */
const ENDINGS = [
  { signal: 'SIGINT', end: () => process.exit(130) },
  { signal: 'SIGTERM', end: () => process.exit(143) },
  { signal: 'SIGHUP', end: () => process.exit(129) },
] as const;

/** From now on the first signal is an answer to wait for; another one ends the process as ever. */
export function untilInterrupted(): Promise<void> {
  return new Promise((resolve) => {
    for (const { signal, end } of ENDINGS) {
      process.off(signal, end);
      process.once(signal, () => {
        process.once(signal, end);
        resolve();
      });
    }
  });
}

/**
 * Runs a command and sets the exit code: 0 when it says true, 1 when it says false or fails. What a user can mend is told
 * in a sentence, everything else with its stack.
 */
export async function runCommand(main: (args: readonly string[]) => Promise<boolean>): Promise<void> {
  for (const { signal, end } of ENDINGS) process.once(signal, end);
  try {
    process.exitCode = (await main(process.argv.slice(2))) ? 0 : 1;
  } catch (error) {
    console.error(isUsersError(error) ? error.message : error);
    process.exitCode = 1;
  }
}
