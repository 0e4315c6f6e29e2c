import type { EmailProvider } from '../../lib/external-apis/email-provider.js';
import type { Logger } from '../../lib/logger.js';
import { EVENT } from '../../lib/telemetry-names.js';
import type { Notification } from '../../types/job.js';
import type { Channel, Message } from './channel.js';

/** A delivery that takes longer is worth a line: the provider's own status page lags behind. */
const SLOW_MS = 2000;

/** Sends e-mail through the provider. */
export class EmailChannel implements Channel {
  readonly #provider: EmailProvider;
  readonly #logger: Logger;

  constructor(provider: EmailProvider, logger: Logger) {
    this.#provider = provider;
    this.#logger = logger;
  }

  async deliver({ id, template }: Notification, { to, data }: Message): Promise<void> {
    const startedMs = performance.now();
    await this.#provider.send({ to, template, data });
    const durationMs = Math.round(performance.now() - startedMs);
    if (durationMs < SLOW_MS) return;
    this.#logger.warn(EVENT.emailSlow, `Slow e-mail delivery: ${(durationMs / 1000).toFixed(1)}s`, {
      duration_ms: durationMs,
      template,
      notification_id: id,
    });
  }
}
