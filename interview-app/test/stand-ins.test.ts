import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Behaviour } from '../src/stand-ins/behaviour.js';
import { emailProvider } from '../src/stand-ins/email-provider.js';
import { identityProvider } from '../src/stand-ins/identity-provider.js';
import { paymentGateway } from '../src/stand-ins/payment-gateway.js';
import { readSettings } from '../src/stand-ins/settings.js';
import { validationService } from '../src/stand-ins/validation-service.js';

const atOnce = (): Behaviour => ({ delayMs: [0, 0], down: false });
const post = (body: unknown): RequestInit => ({ method: 'POST', body: JSON.stringify(body) });

test('settings: a flag goes before the environment, and both before the default', () => {
  const env = { VALIDATION_DELAY: '100', PAYMENT_DELAY: '5-9', EMAIL_DOWN: '1' };
  const settings = readSettings(['--validation-delay', '20-30', '--identity-port=0'], env);
  assert.deepEqual(settings.validation.behaviour, { delayMs: [20, 30], down: false });
  assert.deepEqual(settings.payment.behaviour, { delayMs: [5, 9], down: false });
  assert.deepEqual(settings.email.behaviour, { delayMs: [200, 900], down: true });
  assert.equal(settings.identity.port, 0);
});

test('settings: a wrong value is refused by the name of its flag', () => {
  assert.throws(() => readSettings(['--email-delay', '30-20'], {}), /--email-delay .* not "30-20"/);
  assert.throws(() => readSettings([], { PAYMENT_PORT: '99999' }), /--payment-port .* not "99999"/);
  assert.throws(() => readSettings(['--validation-dely', '3'], {}), /validation-dely/);
});

test('a service that is down answers 503 until it is back, its health included', async () => {
  const behaviour = atOnce();
  const app = emailProvider(behaviour);
  behaviour.down = true;
  assert.equal((await app.request('/messages', post({ to: 'a@example.com' }))).status, 503);
  assert.deepEqual(await (await app.request('/health')).json(), { status: 'down' });
  behaviour.down = false;
  assert.equal((await app.request('/messages', post({ to: 'a@example.com' }))).status, 202);
  assert.equal((await app.request('/messages', post({ to: 'nobody' }))).status, 422);
});

test('identity: a token that names its user is active, any other is not', async () => {
  const app = identityProvider(atOnce());
  const [user, tenant] = [crypto.randomUUID(), crypto.randomUUID()];
  const known = await app.request('/introspect', post({ token: `editor.${user}.${tenant}` }));
  assert.deepEqual(await known.json(), { active: true, sub: user, tenant_id: tenant, roles: ['editor'] });
  const unknown = await app.request('/introspect', post({ token: 'whatever' }));
  assert.deepEqual(await unknown.json(), { active: false });
});

test('payment: an idempotency key is charged once', async () => {
  const app = paymentGateway(atOnce());
  const charge = async (key: string, amount: number) =>
    (await app.request('/charges', post({ idempotency_key: key, amount }))).json() as Promise<{
      status: string;
    }>;
  const first = await charge('a', 100);
  assert.deepEqual(await charge('a', 100), first);
  assert.notDeepEqual(await charge('b', 100), first);
  assert.equal((await charge('c', 2_000_000)).status, 'declined');
});

test('validation: each workflow of a bundle is judged by itself', async () => {
  const app = validationService(atOnce());
  const workflows = [
    { name: 'good', steps: [{ kind: 'delay' }, { kind: 'notify' }] },
    { name: 'bad', steps: [{ kind: 'notify' }, { kind: 'delay' }] },
  ];
  const answer = await app.request('/validate', post({ workflows }));
  const { results } = (await answer.json()) as { results: { name: string; valid: boolean }[] };
  assert.deepEqual(
    results.map(({ name, valid }) => [name, valid]),
    [
      ['good', true],
      ['bad', false],
    ],
  );
});
