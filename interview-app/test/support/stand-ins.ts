import type { Hono } from 'hono';
import { listen } from '../../src/lib/listen.js';
import type { Behaviour } from '../../src/stand-ins/behaviour.js';
import { emailProvider } from '../../src/stand-ins/email-provider.js';
import { identityProvider } from '../../src/stand-ins/identity-provider.js';
import { paymentGateway } from '../../src/stand-ins/payment-gateway.js';
import { validationService } from '../../src/stand-ins/validation-service.js';

export interface StandIns {
  /** How each answers; may be changed at any time. */
  readonly identity: Behaviour;
  readonly validation: Behaviour;
  readonly payment: Behaviour;
  readonly email: Behaviour;
  /** The variables that lead the app to them. */
  readonly env: Readonly<Record<string, string>>;
  stop(): Promise<void>;
}

/** Starts the outside services on ports of their own, answering at once. */
export async function startStandIns(): Promise<StandIns> {
  const start = async (create: (behaviour: Behaviour) => Hono) => {
    const behaviour: Behaviour = { delayMs: [0, 0], down: false };
    const app = create(behaviour);
    const listener = await listen({ fetch: (request) => app.fetch(request) }, 0);
    return { behaviour, listener, url: `http://127.0.0.1:${listener.port}` };
  };
  const [identity, validation, payment, email] = await Promise.all([
    start(identityProvider),
    start(validationService),
    start(paymentGateway),
    start(emailProvider),
  ]);
  return {
    identity: identity.behaviour,
    validation: validation.behaviour,
    payment: payment.behaviour,
    email: email.behaviour,
    env: {
      IDENTITY_PROVIDER_URL: identity.url,
      VALIDATION_SERVICE_URL: validation.url,
      PAYMENT_GATEWAY_URL: payment.url,
      EMAIL_PROVIDER_URL: email.url,
    },
    async stop() {
      await Promise.all([identity, validation, payment, email].map(({ listener }) => listener.close()));
    },
  };
}
