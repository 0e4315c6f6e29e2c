import type { Measuring } from '../scenario/measuring.js';
import type { Target } from '../scenario/types.js';
import { UserError } from '../user-error.js';

/** What the checks need of a scenario: what its `targets.ts` exports. */
export interface CheckedScenario {
  readonly targets: readonly Target[];
  readonly measuring: Measuring;
}

/**
 * Scenarios are found by the names of their folders.
 * @throws {UserError} when there is none of this name
 */
export async function checkedScenario(name: string): Promise<CheckedScenario> {
  const unknown = () => new UserError(`scenario "${name}" is not known, so its runs can't be checked`);
  if (!/^[a-z0-9-]+$/.test(name)) throw unknown();
  try {
    return (await import(`../scenario/${name}/targets.js`)) as CheckedScenario;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_MODULE_NOT_FOUND') throw unknown();
    throw error;
  }
}
