/** An answer to the caller that is not a success: a stable code, a status and a sentence. */
export class ApiError extends Error {
  override readonly name: string = 'ApiError';
  readonly status: 400 | 401 | 403 | 404 | 409 | 413 | 422 | 500 | 502 | 503 | 504;
  readonly code: string;
  readonly details: readonly ErrorDetail[] | undefined;

  constructor(
    status: ApiError['status'],
    code: string,
    message: string,
    details?: readonly ErrorDetail[],
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.status = status;
    this.code = code;
    this.details = details;
  }
}

export interface ErrorDetail {
  readonly path: string;
  readonly message: string;
}

export const badRequest = (code: string, message: string) => new ApiError(400, code, message);
export const unauthenticated = (message: string) => new ApiError(401, 'unauthenticated', message);
export const forbidden = (message: string) => new ApiError(403, 'forbidden', message);
export const notFound = (what: string, id: string) =>
  new ApiError(404, `${what}_not_found`, `There is no ${what} ${id}`);
export const conflict = (code: string, message: string) => new ApiError(409, code, message);
export const invalidRequest = (details: readonly ErrorDetail[]) =>
  new ApiError(422, 'invalid_request', 'The request is not valid', details);

/** No answer came from another service, or none that can be used. */
export class UpstreamError extends Error {
  override readonly name = 'UpstreamError';
  readonly service: string;
  /** What went wrong as a word of few values: an HTTP status, `timeout`, `unreachable`. */
  readonly reason: string;

  constructor(service: string, reason: string, options?: ErrorOptions) {
    super(`${service} did not answer (${reason})`, options);
    this.service = service;
    this.reason = reason;
  }
}

/** Anything that keeps the database from serving a request; the caller may try again. */
export class DatabaseUnavailableError extends Error {
  override readonly name: string = 'DatabaseUnavailableError';
}

/** Nobody returned a connection within the time that the checkout was willing to wait. */
export class PoolTimeoutError extends DatabaseUnavailableError {
  override readonly name = 'PoolTimeoutError';

  constructor(waitedMs: number) {
    super(`Timed out after ${Math.round(waitedMs)} ms waiting for a database connection`);
  }
}

/** A transaction took longer than its `timeoutMs` and was rolled back. */
export class TransactionTimeoutError extends DatabaseUnavailableError {
  override readonly name = 'TransactionTimeoutError';

  constructor(timeoutMs: number) {
    super(`Transaction rolled back after ${timeoutMs} ms`);
  }
}

export class RecordNotFoundError extends Error {
  override readonly name = 'RecordNotFoundError';

  constructor(table: string) {
    super(`No row of ${table} matches`);
  }
}
