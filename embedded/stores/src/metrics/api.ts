/** Prometheus' HTTP API over the store of metrics. */
import type { Api, ApiAnswer, ApiOptions, ApiRequest } from '../http/api.js';
import { QueryError } from '../query/query-error.js';
import { failure, plain, plainFailure, success } from './api/answers.js';
import type { Asked, Handler } from './api/asked.js';
import { labels, labelValues, series } from './api/labels.js';
import { formatQuery, query, queryExemplars, queryOverRange } from './api/queries.js';
import { buildInfo, config, flags, metadata } from './api/status.js';
import { decodeWriteRequest } from './remote-write.js';
import { PROMETHEUS_3, type Semantics } from './semantics.js';
import type { MetricsStore } from './store.js';

export interface MetricsApiOptions extends ApiOptions {
  /** Which version's answers are given: of version 3 unless it is said. */
  readonly semantics?: Semantics;
}

interface Route {
  readonly methods: readonly string[];
  readonly handler: Handler;
}

const READ = ['GET', 'HEAD'];
/** Queries may come as forms, which have no limit of length. */
const READ_OR_FORM = [...READ, 'POST'];

const LABEL_VALUES = /^\/api\/v1\/label\/([^/]+)\/values$/;
const WRITE = '/api/v1/write';

const ROUTES: ReadonlyMap<string, Route> = new Map<string, Route>([
  ['/api/v1/query', { methods: READ_OR_FORM, handler: query }],
  ['/api/v1/query_range', { methods: READ_OR_FORM, handler: queryOverRange }],
  ['/api/v1/query_exemplars', { methods: READ_OR_FORM, handler: queryExemplars }],
  ['/api/v1/series', { methods: READ_OR_FORM, handler: series }],
  ['/api/v1/labels', { methods: READ_OR_FORM, handler: labels }],
  ['/api/v1/format_query', { methods: READ_OR_FORM, handler: formatQuery }],
  ['/api/v1/metadata', { methods: READ, handler: metadata }],
  // Nothing is scraped, and there are no rules.
  ['/api/v1/rules', { methods: READ, handler: () => success({ groups: [] }) }],
  ['/api/v1/alerts', { methods: READ, handler: () => success({ alerts: [] }) }],
  ['/api/v1/targets', { methods: READ, handler: () => success({ activeTargets: [], droppedTargets: [] }) }],
  ['/api/v1/status/buildinfo', { methods: READ, handler: buildInfo }],
  ['/api/v1/status/config', { methods: READ, handler: config }],
  ['/api/v1/status/flags', { methods: READ, handler: flags }],
  ['/-/ready', { methods: READ, handler: () => plain(200, 'Prometheus Server is Ready.\n') }],
  ['/-/healthy', { methods: READ, handler: () => plain(200, 'Prometheus Server is Healthy.\n') }],
  ['/ready', { methods: READ, handler: () => plain(200, 'Prometheus Server is Ready.\n') }],
]);

/** Answers what is asked of the store, and takes remote write while that is allowed. */
export function createMetricsApi(store: MetricsStore, options: MetricsApiOptions): Api {
  const semantics = options.semantics ?? PROMETHEUS_3;
  return async (request) => {
    if (request.path === WRITE) return write(store, options, request);
    const route = findRoute(request.path);
    if (!route) return plain(404, '404 page not found\n');
    if (!route.methods.includes(request.method)) return plain(405, 'Method Not Allowed\n');
    return answer(route.handler, { ...request, store, semantics });
  };
}

function findRoute(path: string): Route | undefined {
  const [, name] = LABEL_VALUES.exec(path) ?? [];
  if (name === undefined) return ROUTES.get(path);
  return { methods: READ, handler: (asked) => labelValues(asked, name) };
}

async function answer(handler: Handler, asked: Asked): Promise<ApiAnswer> {
  try {
    return await handler(asked);
  } catch (error) {
    if (error instanceof QueryError) return failure(error);
    throw error;
  }
}

function write(store: MetricsStore, { isWritable }: MetricsApiOptions, request: ApiRequest): ApiAnswer {
  if (request.method !== 'POST') return plain(405, 'Method Not Allowed\n');
  if (!isWritable()) {
    const message = 'the stores are read-only once a run is loaded: start them with --writable to write more';
    return plainFailure(new QueryError('read_only', message));
  }
  const type = `${request.headers['content-type']}`;
  if (type.includes('io.prometheus.write.v2')) {
    return plain(415, 'remote write 2.0 is not taken by the embedded stores: send remote write 1.0\n');
  }
  try {
    store.append(decodeWriteRequest(request.body));
    return { status: 204, body: '' };
  } catch (error) {
    if (error instanceof QueryError) return plainFailure(error);
    throw error;
  }
}
