import { type SpanContext, SpanKind, trace } from '@opentelemetry/api';
import type { Database } from '../../lib/database/client.js';
import { ApiError } from '../../lib/errors.js';
import { EVENT } from '../../lib/telemetry-names.js';
import type {
  AcceptedNotification,
  Notification,
  NotificationChannel,
  SendNotification,
} from '../../types/job.js';
import { inBackground } from '../../worker/background-work.js';
import type { Telemetry } from '../../worker/service-app.js';
import { WorkQueue } from '../../worker/work-queue.js';
import type { Channel } from './channel.js';

export interface DispatcherOptions {
  readonly database: Database;
  readonly telemetry: Telemetry;
  readonly channels: Readonly<Record<NotificationChannel, Channel>>;
}

interface Delivery {
  readonly notification: Notification;
  readonly request: SendNotification;
  readonly cause: SpanContext | undefined;
}

const WAITING_MAX = 1000;
const AT_ONCE = 8;

/** Stores what is to be sent, answers, and delivers afterwards. */
export class Dispatcher {
  readonly #options: DispatcherOptions;
  readonly #queue: WorkQueue<Delivery>;

  constructor(options: DispatcherOptions) {
    this.#options = options;
    this.#queue = new WorkQueue({
      capacity: WAITING_MAX,
      concurrency: AT_ONCE,
      run: (delivery) => this.#deliver(delivery),
    });
  }

  /** @throws {ApiError} 503 when too many wait already */
  async accept(request: SendNotification): Promise<AcceptedNotification> {
    if (this.#queue.waiting >= WAITING_MAX) {
      throw new ApiError(503, 'queue_full', 'Too many notifications are waiting');
    }
    const { tenantId, channel, template, to, data } = request;
    const notification = await this.#options.database.notification.create({
      data: {
        id: crypto.randomUUID(),
        tenantId,
        userId: channel === 'in-app' ? to : null,
        channel,
        template,
        payload: data,
        status: 'queued',
        createdAt: new Date(),
      },
    });
    this.#queue.offer({ notification, request, cause: trace.getActiveSpan()?.spanContext() });
    return { notificationId: notification.id };
  }

  /** Waits for the deliveries under way. */
  stop(): Promise<void> {
    return this.#queue.stop();
  }

  async #deliver({ notification, request, cause }: Delivery): Promise<void> {
    const { database, telemetry, channels } = this.#options;
    const { channel } = request;
    const work = { name: `deliver ${channel}`, kind: SpanKind.CONSUMER, cause };
    const deliver = async () => {
      await channels[channel].deliver(notification, request);
      await database.notification.update({
        where: { id: notification.id },
        data: { status: 'sent', sentAt: new Date() },
      });
    };
    await inBackground(telemetry.tracing, work, deliver, (error) => this.#failed(notification, error));
  }

  async #failed({ id, channel }: Notification, error: unknown): Promise<void> {
    const { database, telemetry } = this.#options;
    telemetry.logger.warn(EVENT.notificationFailed, 'Notification was not delivered', {
      notification_id: id,
      channel,
      error: String(error),
    });
    await database.notification
      .updateMany({ where: { id }, data: { status: 'failed' } })
      .catch(() => undefined);
  }
}
