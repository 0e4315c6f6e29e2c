/** The HTTP API of Loki, as far as Grafana, logcli and the loader use it. */
import { type Api, type ApiAnswer, type ApiOptions, type ApiRequest, json } from '../http/api.js';
import { Budget } from '../query/budget.js';
import { QueryError, type QueryErrorKind } from '../query/query-error.js';
import { detectedFields, detectedFieldValues } from './api/detected-fields.js';
import { indexStatistics, volume, volumeRange } from './api/index-api.js';
import { detectedLabels, labelNames, labelValues, series } from './api/labels-api.js';
import { queryInstant, queryRange } from './api/query.js';
import { parse } from './logql/parse.js';
import { pretty } from './logql/pretty.js';
import { Pusher } from './push.js';
import { parsePushJson } from './push-json.js';
import { parsePushProtobuf } from './push-protobuf.js';
import type { LogsStore } from './store.js';

const TEXT = { 'Content-Type': 'text/plain; charset=utf-8' };
const VERSION = '3.7.6';
const BASE = '/loki/api/v1';

type Handler = (store: LogsStore, request: ApiRequest) => Promise<ApiAnswer>;

const HANDLERS: ReadonlyMap<string, Handler> = new Map<string, Handler>([
  ['/query', queryInstant],
  ['/query_range', queryRange],
  ['/labels', labelNames],
  ['/label', labelNames],
  ['/series', series],
  ['/index/stats', indexStatistics],
  ['/index/volume', volume],
  ['/index/volume_range', volumeRange],
  ['/detected_fields', detectedFields],
  ['/detected_labels', detectedLabels],
  ['/format_query', formatQuery],
  ['/status/buildinfo', buildInformation],
  ['/tail', tail],
]);

export function createLogsApi(store: LogsStore, { isWritable }: ApiOptions): Api {
  const pusher = new Pusher(store);
  return async (request) => {
    try {
      if (request.path === `${BASE}/push`) return await push(pusher, request, isWritable());
      return await read(store, request);
    } catch (error) {
      if (!(error instanceof QueryError)) throw error;
      return { status: STATUS[error.kind], headers: TEXT, body: error.message };
    }
  };
}

const STATUS: Readonly<Record<QueryErrorKind, number>> = {
  bad_data: 400,
  unsupported: 400,
  // Where the engine answers 500: it is the query that has to be changed.
  execution: 400,
  too_large: 400,
  not_found: 404,
  read_only: 403,
  canceled: 499,
  timeout: 504,
};

const NOT_FOUND: ApiAnswer = { status: 404, headers: TEXT, body: '404 page not found\n' };
const WRONG_METHOD: ApiAnswer = { status: 405, headers: TEXT, body: '' };
const TOO_LARGE: ApiAnswer = { status: 413, headers: TEXT, body: 'request body too large\n' };

async function read(store: LogsStore, request: ApiRequest): Promise<ApiAnswer> {
  const { path, method } = request;
  if (path === '/ready') return { status: 200, headers: TEXT, body: 'ready\n' };
  if (!path.startsWith(`${BASE}/`)) return NOT_FOUND;
  const [, label] = /^\/label\/([^/]+)\/values$/.exec(path.slice(BASE.length)) ?? [];
  const [, field] = /^\/detected_field\/([^/]+)\/values$/.exec(path.slice(BASE.length)) ?? [];
  const handler = HANDLERS.get(path.slice(BASE.length));
  if (!handler && label === undefined && field === undefined) return NOT_FOUND;
  if (method !== 'GET' && method !== 'POST') return WRONG_METHOD;
  if (label !== undefined) return labelValues(store, request, label);
  if (field !== undefined) return detectedFieldValues(store, request, field);
  return handler ? handler(store, request) : NOT_FOUND;
}

/** Far above what senders put into one push, and above the 4 MiB that Loki's parts by default take from each other. */
const PUSH_BYTES_MAX = 8 * 1024 * 1024;

async function push(pusher: Pusher, request: ApiRequest, isWritable: boolean): Promise<ApiAnswer> {
  const { method, headers, body, signal } = request;
  if (method !== 'POST') return WRONG_METHOD;
  if (!isWritable) {
    throw new QueryError('read_only', 'the stores are read-only: start them with --writable to push\n');
  }
  // JSON of nothing but brackets takes fifty times its own size.
  if (body.length > PUSH_BYTES_MAX) return TOO_LARGE;
  const type = headers['content-type'] ?? '';
  const streams = /^application\/json\b/.test(type) ? parsePushJson(body) : parsePushProtobuf(body);
  await pusher.push(streams, new Budget(undefined, signal));
  return { status: 204, body: '' };
}

async function formatQuery(_: LogsStore, { parameters }: ApiRequest): Promise<ApiAnswer> {
  try {
    return json({ status: 'success', data: pretty(parse(parameters.get('query') ?? '')) });
  } catch (error) {
    if (!(error instanceof QueryError)) throw error;
    return json({ status: 'invalid-query', error: error.message }, 400);
  }
}

async function buildInformation(): Promise<ApiAnswer> {
  return json({
    version: VERSION,
    revision: 'embedded',
    branch: 'HEAD',
    buildUser: '',
    buildDate: '',
    goVersion: '',
  });
}

async function tail(): Promise<ApiAnswer> {
  throw new QueryError(
    'unsupported',
    'tail is not served by the embedded stores, which hold what was loaded; the real stack (npm run stack, or docker compose up) runs Loki, which supports it',
  );
}
