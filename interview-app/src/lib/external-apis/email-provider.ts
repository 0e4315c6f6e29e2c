import { OUTSIDE_SERVICE } from '../telemetry-names.js';
import { HttpClient, type HttpClientOptions } from './http-client.js';

export interface Email {
  readonly to: string;
  readonly template: string;
  readonly data: Readonly<Record<string, unknown>>;
}

export interface AcceptedEmail {
  readonly id: string;
}

export class EmailProvider {
  readonly #client: HttpClient;

  constructor(options: Omit<HttpClientOptions, 'service'>) {
    this.#client = new HttpClient({ ...options, service: OUTSIDE_SERVICE.emailProvider });
  }

  /** Hands a message over for delivery. @throws {UpstreamError} when it was not taken */
  send(email: Email): Promise<AcceptedEmail> {
    return this.#client.post<AcceptedEmail>('/messages', email);
  }
}
