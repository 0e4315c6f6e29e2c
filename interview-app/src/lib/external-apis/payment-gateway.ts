import { OUTSIDE_SERVICE } from '../telemetry-names.js';
import { HttpClient, type HttpClientOptions } from './http-client.js';

export interface Charge {
  readonly tenantId: string;
  /** In cents, not negative. */
  readonly amount: number;
  readonly currency: 'EUR' | 'USD';
  /** The same charge may be sent again under the same key and is made once. */
  readonly idempotencyKey: string;
}

export interface ChargeReceipt {
  readonly id: string;
  readonly status: 'captured' | 'pending' | 'declined';
}

export class PaymentGateway {
  readonly #client: HttpClient;

  constructor(options: Omit<HttpClientOptions, 'service'>) {
    this.#client = new HttpClient({ ...options, service: OUTSIDE_SERVICE.paymentGateway });
  }

  /** @throws {UpstreamError} when there is no answer; whether the charge was made is unknown then */
  charge({ tenantId, amount, currency, idempotencyKey }: Charge): Promise<ChargeReceipt> {
    return this.#client.post<ChargeReceipt>('/charges', {
      customer: tenantId,
      amount,
      currency,
      idempotency_key: idempotencyKey,
    });
  }
}
