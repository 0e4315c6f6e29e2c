/** `npm run app:outside`: the outside services as small local servers, with delays as set by flags. */
import { serve } from '@hono/node-server';
import { emailProvider } from './email-provider.js';
import { identityProvider } from './identity-provider.js';
import { paymentGateway } from './payment-gateway.js';
import { readSettings, STAND_INS, type StandInName, USAGE } from './settings.js';
import { validationService } from './validation-service.js';

const SERVICES = {
  identity: { label: 'identity-provider', create: identityProvider },
  validation: { label: 'validation-service', create: validationService },
  payment: { label: 'payment-gateway', create: paymentGateway },
  email: { label: 'email-provider', create: emailProvider },
} as const;

function settingsOrExit() {
  try {
    return readSettings(process.argv.slice(2), process.env);
  } catch (error) {
    console.error(`${(error as Error).message}\n\n${USAGE}`);
    process.exit(1);
  }
}

const settings = settingsOrExit();

function start(name: StandInName) {
  const { label, create } = SERVICES[name];
  const { port, behaviour } = settings[name];
  const app = create(behaviour);
  const server = serve({ fetch: app.fetch, port, hostname: '127.0.0.1' }, (address) => {
    const answers = behaviour.down ? 'answers 503' : 'answers';
    const [shortest, longest] = behaviour.delayMs;
    console.log(
      `${label.padEnd(18)} http://localhost:${address.port}   ${answers} in ${shortest}-${longest} ms`,
    );
  });
  server.on('error', (error: NodeJS.ErrnoException) => {
    const reason =
      error.code === 'EADDRINUSE' ? `port ${port} is in use; choose another by --${name}-port` : error;
    console.error(`${label}: ${reason}`);
    process.exit(1);
  });
  return server;
}

const servers = STAND_INS.map(start);
console.log(
  'Stand-ins of the outside services; stop them by Ctrl+C. Bearer token: <role>.<user id>.<tenant id>',
);
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => {
    for (const server of servers) {
      server.close();
      if ('closeAllConnections' in server) server.closeAllConnections();
    }
    process.exit(0);
  });
}
