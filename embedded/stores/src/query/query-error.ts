/** What a query, or a request to write, can fail by. Each API puts it into its own engine's words and status. */

export type QueryErrorKind =
  /** Malformed, or meaningless: the client has to change it. */
  | 'bad_data'
  /** The real engine evaluates it and these stores do not. */
  | 'unsupported'
  /** Well-formed, and fails on this data (many-to-many matching, for instance). */
  | 'execution'
  | 'timeout'
  /** More samples, lines, spans or bytes than a query may take. */
  | 'too_large'
  | 'canceled'
  | 'not_found'
  | 'read_only';

export class QueryError extends Error {
  override readonly name = 'QueryError';
  readonly kind: QueryErrorKind;

  constructor(kind: QueryErrorKind, message: string, options?: ErrorOptions) {
    super(message, options);
    this.kind = kind;
  }
}

/**
 * @param construct as the query's author wrote or knows it, such as "function predict_linear"
 * @param engine which evaluates it
 */
export function unsupported(construct: string, engine: 'Prometheus' | 'Loki' | 'Tempo'): QueryError {
  return new QueryError(
    'unsupported',
    `${construct} is not evaluated by the embedded stores; the real stack (npm run stack, or docker compose up) runs ${engine}, which supports it`,
  );
}
