import type { EmailProvider } from '../../lib/external-apis/email-provider.js';
import { createServiceApp } from '../../worker/service-app.js';
import type { ServiceParts, WorkerService } from '../../worker/worker-service.js';
import { Dispatcher } from './dispatcher.js';
import { EmailChannel } from './email.js';
import { InAppChannel } from './in-app.js';
import { notificationRoutes } from './routes.js';
import { WebhookChannel, type WebhookOptions } from './webhooks.js';

export function createNotificationService(
  { telemetry, database }: ServiceParts,
  { emails, webhooks }: { readonly emails: EmailProvider; readonly webhooks: WebhookOptions },
): WorkerService {
  const channels = {
    email: new EmailChannel(emails, telemetry.logger),
    webhook: new WebhookChannel(webhooks),
    'in-app': new InAppChannel(database),
  };
  const dispatcher = new Dispatcher({ telemetry, database, channels });
  return {
    path: '/notifications',
    app: notificationRoutes(createServiceApp(telemetry), dispatcher),
    start: async () => undefined,
    stop: () => dispatcher.stop(),
  };
}
