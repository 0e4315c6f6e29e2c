import type { Database } from '../../lib/database/client.js';
import type { Notification } from '../../types/job.js';
import type { Channel, Message } from './channel.js';

/** An inbox keeps this many messages. */
const INBOX_MAX = 100;

/** Messages that wait in the application until their user reads them: what is stored is what is delivered. */
export class InAppChannel implements Channel {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  async deliver({ tenantId }: Notification, { to: userId }: Message): Promise<void> {
    await this.#database.$connection(async (db) => {
      const user = await db.user.findFirst({ where: { id: userId, tenantId, status: 'active' } });
      if (!user) throw new Error('the user is gone');
      const [oldestKept] = await db.notification.findMany({
        where: { userId, channel: 'in-app' },
        orderBy: { createdAt: 'desc' },
        take: 1,
        skip: INBOX_MAX,
      });
      if (!oldestKept) return;
      const { createdAt } = oldestKept;
      await db.notification.deleteMany({
        where: { userId, channel: 'in-app', createdAt: { lte: createdAt } },
      });
    });
  }
}
