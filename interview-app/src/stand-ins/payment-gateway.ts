import { Hono } from 'hono';
import { type Behaviour, behave } from './behaviour.js';

interface Receipt {
  readonly id: string;
  readonly status: 'captured' | 'declined';
}

/** Charges above this amount, in cents, are declined. */
const AMOUNT_MAX = 1_000_000;
/** The oldest charges are forgotten beyond this many. */
const CHARGES_MAX = 10_000;

/** Charges nobody; a repeated idempotency key gets its first answer again. */
export function paymentGateway(behaviour: Behaviour): Hono {
  const receipts = new Map<string, Receipt>();
  const app = new Hono();
  app.use(behave(behaviour));
  app.post('/charges', async (c) => {
    const { idempotency_key: key, amount } = await c.req.json<{
      idempotency_key?: string;
      amount?: number;
    }>();
    if (!key || amount === undefined || !Number.isInteger(amount))
      return c.json({ error: 'invalid_charge' }, 422);
    const receipt = receipts.get(key) ?? {
      id: `ch_${crypto.randomUUID()}`,
      status: amount > AMOUNT_MAX ? 'declined' : 'captured',
    };
    receipts.set(key, receipt);
    const oldest = receipts.keys().next();
    if (receipts.size > CHARGES_MAX && !oldest.done) receipts.delete(oldest.value);
    return c.json(receipt);
  });
  return app;
}
