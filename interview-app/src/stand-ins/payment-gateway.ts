import { Hono } from 'hono';
import { type Behaviour, behave } from './behaviour.js';

interface Charge {
  readonly chargeId: string;
  readonly status: 'succeeded' | 'declined';
}

/** Charges above this amount are declined. */
const LIMIT_CENTS = 1_000_000;
/** The oldest charges are forgotten beyond this many. */
const CHARGES_MAX = 10_000;

/** Charges nobody; a repeated idempotency key gets its first answer again. */
export function paymentGateway(behaviour: Behaviour): Hono {
  const charges = new Map<string, Charge>();
  const app = new Hono();
  app.use(behave(behaviour));
  app.post('/v1/charges', async (context) => {
    const { idempotencyKey, amountCents } = await context.req.json<{
      idempotencyKey?: string;
      amountCents?: number;
    }>();
    if (!idempotencyKey || !Number.isInteger(amountCents))
      return context.json({ error: 'invalid_charge' }, 422);
    const charge = charges.get(idempotencyKey) ?? {
      chargeId: `ch_${crypto.randomUUID()}`,
      status: Number(amountCents) > LIMIT_CENTS ? 'declined' : 'succeeded',
    };
    charges.set(idempotencyKey, charge);
    const oldest = charges.keys().next();
    if (charges.size > CHARGES_MAX && !oldest.done) charges.delete(oldest.value);
    return context.json(charge);
  });
  return app;
}
