/**
 * Tempo's API over traces in memory: the answers of Tempo 3.0.3, its oddities included, but for these.
 *
 * - A search finds the newest traces within its limit (where Tempo takes those that its blocks happen to give first), and
 *   exemplars are the newest of each part of the time (where it draws them).
 * - Inspected bytes, blocks and jobs are not told: there are none.
 * - `{ span.a = nil }` finds all spans without the attribute, `&>>` and `&<<` all spans that are related, and `sum_over_time`
 *   leaves out spans without the value, where Tempo 3.0.3 misses some of them. Ids of spans may begin with a zero.
 * - `compare()` counts each value once, exactly; Tempo counts some twice, and drops what is rare in one of its blocks.
 * - An evaluation that fails on the data (a division by zero) is a 400, not a 500.
 */
import type { Api, ApiAnswer, ApiOptions, ApiRequest } from '../http/api.js';
import { json } from '../http/api.js';
import { Budget, DEFAULT_LIMITS } from '../query/budget.js';
import { QueryError, type QueryErrorKind } from '../query/query-error.js';
import { OtlpReceiver } from './otlp.js';
import { queryInstant, queryRange } from './query/metrics-api.js';
import { search } from './query/search.js';
import { tagValues, typedTagValues } from './query/tag-values.js';
import { tagNames, tagNamesByScope } from './query/tags.js';
import { traceById } from './query/trace-by-id.js';
import type { TracesStore } from './store.js';

/** Which Tempo this is like. */
const BUILD = {
  version: '3.0.3',
  revision: 'embedded',
  branch: '',
  buildUser: '',
  buildDate: '',
  goVersion: '',
};
const PROTOBUF = 'application/protobuf';
const STATUS: Readonly<Record<QueryErrorKind, number>> = {
  bad_data: 400,
  unsupported: 400,
  execution: 400,
  too_large: 422,
  timeout: 503,
  canceled: 499,
  not_found: 404,
  read_only: 403,
};

export function createTracesApi(store: TracesStore, options: ApiOptions): Api {
  const receiver = new OtlpReceiver(store);
  return async (request) => {
    if (request.path === '/v1/traces') return receiver.receive(request, options.isWritable());
    try {
      return await route(store, request);
    } catch (error) {
      if (error instanceof QueryError) return plain(STATUS[error.kind], error.message);
      throw error;
    }
  };
}

function route(store: TracesStore, request: ApiRequest): ApiAnswer | Promise<ApiAnswer> {
  const { path, parameters } = request;
  const budget = new Budget(DEFAULT_LIMITS, request.signal);
  switch (path) {
    case '/ready':
      return plain(200, 'ready\n');
    case '/api/echo':
      return plain(200, 'echo');
    case '/api/status/buildinfo':
      return json(BUILD);
    case '/api/search':
      return search(store, parameters, budget);
    case '/api/search/tags':
      return tagNames(store, parameters, budget);
    case '/api/v2/search/tags':
      return tagNamesByScope(store, parameters, budget);
    case '/api/metrics/query':
      return queryInstant(store, parameters, budget);
    case '/api/metrics/query_range':
      return queryRange(store, parameters, budget);
  }
  const trace = /^\/api\/(v2\/)?traces\/([^/]+)$/.exec(path);
  if (trace) {
    const protobuf = (request.headers.accept ?? '').includes(PROTOBUF);
    return traceById(store, { id: trace[2] ?? '', version: trace[1] ? 2 : 1, parameters, protobuf }, budget);
  }
  const values = /^\/api\/(v2\/)?search\/tag\/(.*)\/values$/.exec(path);
  if (values) return (values[1] ? typedTagValues : tagValues)(store, values[2] ?? '', parameters, budget);
  return plain(404, '404 page not found\n');
}

function plain(status: number, body: string): ApiAnswer {
  return { status, headers: { 'Content-Type': 'text/plain; charset=utf-8' }, body };
}
