/**
 * The services outside the company, each with latencies of its own. They answer what their real counterparts would
 * (and `npm run app:outside` does), from what they are asked.
 */
import type { VirtualClock } from '../simulation/clock.js';
import type { Random } from '../simulation/random.js';
import type { Network, NetworkRequest } from './network.js';
import { readToken } from './tokens.js';

/** Low, mode, high of a triangular distribution, in ms. */
export type Latency = readonly [number, number, number];

export interface SlowPeriod {
  readonly fromUs: number;
  readonly toUs: number;
  readonly latency: Latency;
}

export interface OutsideServiceOptions {
  readonly clock: VirtualClock;
  readonly random: Random;
  readonly latency: Latency;
  readonly slow?: readonly SlowPeriod[];
}

/** Latencies are dealt, not drawn: their distribution then hardly depends on the seed. */
const LATENCIES_PER_DECK = 20;

/** Customers' own systems, all under this name. */
const CUSTOMER_SYSTEMS = '.example';

type Answer = (request: NetworkRequest) => { readonly status: number; readonly body: unknown };

function attach(network: Network, name: string, answer: Answer, options: OutsideServiceOptions): void {
  const { clock, random, latency, slow = [] } = options;
  const quantile = random.deck(LATENCIES_PER_DECK);
  network.attach(name, async (request) => {
    const period = slow.find(({ fromUs, toUs }) => clock.nowUs >= fromUs && clock.nowUs < toUs);
    const [low, mode, high] = period?.latency ?? latency;
    await network.wait(random.triangular(low, mode, high, quantile()));
    const { status, body } = answer(request);
    return Response.json(body, { status });
  });
}

/** `POST /introspect` (RFC 7662): whose token it is, and whether it is still good. */
export function attachIdentityProvider(network: Network, options: OutsideServiceOptions): void {
  attach(network, 'identity-provider', introspect, options);
}

function introspect({ body }: NetworkRequest): ReturnType<Answer> {
  const { token } = JSON.parse(body ?? '{}') as { token?: string };
  const bearer = readToken(token ?? '');
  if (bearer === undefined) return { status: 200, body: { active: false } };
  const { userId, tenantId, role } = bearer;
  return { status: 200, body: { active: true, sub: userId, tenant_id: tenantId, roles: [role] } };
}

/** `POST /validate`: a verdict on each workflow definition of a bundle. */
export function attachValidationService(network: Network, options: OutsideServiceOptions): void {
  attach(network, 'validation-service', validate, options);
}

interface Definition {
  readonly name: string;
  readonly steps: readonly { readonly kind: string }[];
}

function validate({ body }: NetworkRequest): ReturnType<Answer> {
  const { workflows } = JSON.parse(body ?? '{"workflows":[]}') as { workflows: readonly Definition[] };
  const results = workflows.map(({ name, steps }) => {
    const endsWithDelay = steps.at(-1)?.kind === 'delay';
    const issues = endsWithDelay ? [{ code: 'trailing_delay', message: 'the last step is a delay' }] : [];
    return { name, valid: issues.length === 0, issues };
  });
  return { status: 200, body: { results } };
}

/** `POST /charges`. */
export function attachPaymentGateway(network: Network, options: OutsideServiceOptions): void {
  const { random } = options;
  const charge = () => ({
    status: 200,
    body: { id: `ch_${random.nextUint32().toString(36)}`, status: 'captured' },
  });
  attach(network, 'payment-gateway', charge, options);
}

/** `POST /messages`. */
export function attachEmailProvider(network: Network, options: OutsideServiceOptions): void {
  const { random } = options;
  const accept = () => ({ status: 202, body: { id: `msg_${random.nextUint32().toString(36)}` } });
  attach(network, 'email-provider', accept, options);
}

/** The systems that customers have their workflows talk to: they take what they are sent, and have nothing new. */
export function attachCustomerSystems(network: Network, options: OutsideServiceOptions): void {
  const answer = ({ method }: NetworkRequest) => ({
    status: 200,
    body: method === 'GET' ? { records: [] } : {},
  });
  attach(network, CUSTOMER_SYSTEMS, answer, options);
}
