import { createHmac } from 'node:crypto';
import type { Notification } from '../../types/job.js';
import type { Channel, Message } from './channel.js';

export interface WebhookOptions {
  /** Signs every delivery, so that a receiver can tell ours from others'. */
  readonly signingKey: string;
  /** A receiver that has not answered by then has not taken the message. */
  readonly timeoutMs: number;
}

/** Posts messages to addresses that customers gave. */
export class WebhookChannel implements Channel {
  readonly #options: WebhookOptions;

  constructor(options: WebhookOptions) {
    this.#options = options;
  }

  async deliver({ id, template }: Notification, { to, data }: Message): Promise<void> {
    const body = JSON.stringify({ id, template, data });
    const response = await fetch(to, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'x-notification-id': id,
        'x-signature': `sha256=${signature(body, this.#options.signingKey)}`,
      },
      body,
      redirect: 'error',
      signal: AbortSignal.timeout(this.#options.timeoutMs),
    });
    await response.arrayBuffer();
    if (!response.ok) throw new Error(`the webhook's receiver answered ${response.status}`);
  }
}

/** Hex HMAC of a body, as a receiver computes it to compare. */
export function signature(body: string, key: string): string {
  return createHmac('sha256', key).update(body).digest('hex');
}
