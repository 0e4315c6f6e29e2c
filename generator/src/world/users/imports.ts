/** Clients that import bundles of workflows: now and then somebody by hand, and in the incident a customer's migration. */
import type { Parameters } from '../../scenario/types.js';
import type { VirtualClock } from '../../simulation/clock.js';
import type { Random } from '../../simulation/random.js';
import { entityId } from '../postgres/data/entity-id.js';
import { MOST, TENANTS } from '../postgres/data/table.js';
import type { Bearer } from '../tokens.js';
import { definition, Names } from './bundle.js';
import type { Send } from './users.js';

const PAUSES_PER_DECK = 20;
/** The customer that moves its workflows over. */
const MIGRATING_TENANT = 211;

export interface ImportsOptions {
  readonly clock: VirtualClock;
  readonly random: Random;
  readonly parameters: Parameters;
  /** In µs of virtual time. */
  readonly window: { readonly startUs: number; readonly endUs: number };
  readonly send: Send;
  /** Whether the clients of the incident exist. */
  readonly hasClients: boolean;
}

export function startImports({ clock, random, parameters, window, send, hasClients }: ImportsOptions): void {
  const { rare_import_interval_s, import_clients, import_ramp_s, incident_s } = parameters;
  const [shortest = 0, longest = 0] = parameters.import_think_s;
  const names = new Names(random);
  const sizes = parameters.import_definitions;
  const size = random.deck(sizes.length);
  const pause = random.deck(PAUSES_PER_DECK);
  const incidentMs = window.endUs / 1000 - incident_s * 1000;

  const importBundle = (tenant: number): Promise<void> => {
    const count = sizes[Math.floor(size() * sizes.length)] ?? 1;
    const workflows = Array.from({ length: count }, () => definition(names.next(), random));
    return send({
      method: 'POST',
      path: '/api/workflows/import',
      bearer: admin(tenant),
      body: { workflows },
    });
  };

  const byHand = () => {
    clock.schedule(random.exponential(rare_import_interval_s * 1000), () => {
      if (clock.nowUs / 1000 >= incidentMs) return;
      void importBundle(random.integer(0, TENANTS - 1));
      byHand();
    });
  };

  /** A client keeps one import under way, and pauses a moment between two. */
  const client = async (): Promise<void> => {
    for (;;) {
      await importBundle(MIGRATING_TENANT);
      const pauseMs = (shortest + (longest - shortest) * pause()) * 1000;
      await new Promise<void>((resolve) => clock.schedule(pauseMs, resolve));
    }
  };

  byHand();
  if (!hasClients) return;
  for (let i = 0; i < import_clients; i++) {
    clock.schedule(incidentMs + (import_ramp_s * 1000 * i) / import_clients, () => void client());
  }
}

function admin(tenant: number): Bearer {
  return {
    role: 'admin',
    userId: entityId('users', tenant * MOST.users),
    tenantId: entityId('tenants', tenant),
  };
}
