import { z } from 'zod';
import { id, readBody } from '../../api/middleware/validation.js';
import type { ServiceApp } from '../../worker/service-app.js';
import type { Dispatcher } from './dispatcher.js';

const common = {
  tenantId: id,
  template: z.string().min(1).max(100),
  data: z.record(z.string(), z.unknown()),
};

const sendNotification = z.discriminatedUnion('channel', [
  z.object({ ...common, channel: z.literal('email'), to: z.email() }),
  z.object({ ...common, channel: z.literal('webhook'), to: z.url({ protocol: /^https?$/ }) }),
  z.object({ ...common, channel: z.literal('in-app'), to: id }),
]);

/** `POST /` takes a notification in: 202, before it is delivered. */
export function notificationRoutes(app: ServiceApp, dispatcher: Dispatcher): ServiceApp {
  return app.post('/', async (c) => {
    const notification = await readBody(c, sendNotification);
    return c.json(await dispatcher.accept(notification), 202);
  });
}
