import type { Notification } from '../../types/job.js';

/** One way to reach somebody. */
export interface Channel {
  /** @throws when the message could not be handed over */
  deliver(notification: Notification, message: Message): Promise<void>;
}

export interface Message {
  /** An address, a URL or a user's id, as the channel has it. */
  readonly to: string;
  /** What the template is filled in with. */
  readonly data: Readonly<Record<string, unknown>>;
}
