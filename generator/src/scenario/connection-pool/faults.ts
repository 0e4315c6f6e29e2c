/** What happens besides ordinary use. Only the first is behind the incident; the second is there to be ruled out. */
import type { Fault } from '../types.js';

export const faults: readonly Fault[] = [
  { kind: 'import-clients' },
  {
    kind: 'slow-service',
    service: 'email-provider',
    from_s: 1140,
    to_s: 2520,
    latency_ms: [1800, 3200, 7500],
  },
];
