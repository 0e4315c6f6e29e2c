/** Scenario "connection-pool": API timeouts spread over all endpoints while the database looks healthy. */
import type { Scenario } from '../types.js';
import { faults } from './faults.js';
import { requestMix } from './load.js';
import { parameterSpecs } from './parameters.js';
import { targets } from './targets.js';

export const scenario: Scenario = {
  name: 'connection-pool',
  parameterSpecs,
  requestMix,
  faults,
  targets,
};
