import * as connectionPool from '../scenario/connection-pool/targets.js';
import type { Measuring } from '../scenario/measuring.js';
import type { Target } from '../scenario/types.js';
import { UserError } from '../user-error.js';

/** What the checks need of a scenario. */
export interface CheckedScenario {
  readonly targets: readonly Target[];
  readonly measuring: Measuring;
}

const SCENARIOS: Readonly<Record<string, CheckedScenario>> = { 'connection-pool': connectionPool };

/** @throws {UserError} when the name is not known */
export function checkedScenario(name: string): CheckedScenario {
  const scenario = SCENARIOS[name];
  if (scenario) return scenario;
  throw new UserError(`scenario "${name}" can't be checked: known are ${Object.keys(SCENARIOS).join(', ')}`);
}
