/** Puts the world together: PostgreSQL, outside services, the app's processes, users, and what watches all of them. */
import type { Fault, Parameters, RequestKind } from '../scenario/types.js';
import type { VirtualClock } from '../simulation/clock.js';
import { createRandom } from '../simulation/random.js';
import type { Recorder } from '../telemetry/recorder.js';
import type { App } from './app.js';
import type { Network } from './network.js';
import { Observers } from './observers.js';
import {
  attachCustomerSystems,
  attachEmailProvider,
  attachIdentityProvider,
  attachPaymentGateway,
  attachValidationService,
  type Latency,
  type SlowPeriod,
} from './outside-services.js';
import { PostgresServer } from './postgres/server.js';
import { createProcesses } from './processes.js';
import { startUsers } from './users/users.js';

export interface WorldOptions {
  readonly clock: VirtualClock;
  readonly network: Network;
  readonly recorder: Recorder;
  readonly code: App;
  readonly appVersion: string;
  readonly seed: number;
  readonly scale: number;
  readonly parameters: Parameters;
  readonly scenario: { readonly faults: readonly Fault[]; readonly requestMix: readonly RequestKind[] };
  /** In µs of virtual time. */
  readonly window: { readonly startUs: number; readonly endUs: number };
  /** Called now and then with the simulated share of the whole time, from 0 to 1. */
  readonly onProgress: (share: number) => void;
}

/** Starts everything; from then on the clock's events drive it. */
export function buildWorld(options: WorldOptions): void {
  const { clock, recorder, seed, scale, parameters, scenario, window } = options;
  const server = new PostgresServer({ clock, random: createRandom(seed, 'postgres'), parameters: { scale } });
  attachOutsideServices(options);
  const processes = createProcesses({ ...options, server });
  void processes.api.start();
  void processes.worker.start();
  new Observers({ clock, recorder, server, processes, window, onProgress: options.onProgress }).start();
  startUsers({
    clock,
    seed,
    parameters,
    window,
    requestMix: scenario.requestMix,
    hasImportClients: scenario.faults.some(({ kind }) => kind === 'import-clients'),
    isUsable: (table, n) => {
      const row = server.populationRow(table, n);
      return row !== undefined && (row.status ?? 'active') === 'active';
    },
    send: (request) => processes.api.fetch(request),
  });
}

function attachOutsideServices({ clock, network, seed, parameters, scenario, window }: WorldOptions): void {
  const service = (name: string, latency_s: readonly number[]) => ({
    clock,
    random: createRandom(seed, name),
    latency: latency_s.map((seconds) => seconds * 1000) as unknown as Latency,
    slow: slowPeriods(scenario.faults, name, window.startUs),
  });
  attachIdentityProvider(network, service('identity-provider', parameters.identity_s));
  attachValidationService(network, service('validation-service', parameters.validation_s));
  attachPaymentGateway(network, service('payment-gateway', parameters.payment_s));
  attachEmailProvider(network, service('email-provider', parameters.email_s));
  attachCustomerSystems(network, service('customer-systems', parameters.customer_s));
}

function slowPeriods(faults: readonly Fault[], service: string, startUs: number): SlowPeriod[] {
  return faults.flatMap((fault) =>
    fault.kind === 'slow-service' && fault.service === service
      ? [
          {
            fromUs: startUs + fault.from_s * 1e6,
            toUs: startUs + fault.to_s * 1e6,
            latency: fault.latency_ms,
          },
        ]
      : [],
  );
}
