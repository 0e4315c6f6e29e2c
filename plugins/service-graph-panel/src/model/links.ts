/** Addresses of what lies behind a figure: traces and logs in Explore, other dashboards. */
import { exploreUrl } from '../../../shared/explore-url';
import type { GraphNode } from './types';
import type { Range } from './windows';

/** Span attributes that name the called service, older convention first. */
const PEER_ATTRIBUTES = ['span.peer.service', 'span.service.peer.name'];

export interface EdgeSpans {
  readonly source: string;
  readonly target: string;
  /** The source stands for callers that send no spans of their own. */
  readonly fromClients: boolean;
  readonly failed?: boolean;
  /** Only calls made on behalf of this route; '' = outside of any request. */
  readonly route?: string;
}

/** TraceQL for the client spans of an edge. */
export function traceQlOfEdge({ source, target, fromClients, failed, route }: EdgeSpans): string {
  const conditions = fromClients
    ? [`resource.service.name=${quoted(target)}`, 'kind=server']
    : [`resource.service.name=${quoted(source)}`, 'kind=client', anyOf(PEER_ATTRIBUTES, target)];
  if (route !== undefined)
    conditions.push(route === '' ? 'span.http.route=nil' : `span.http.route=${quoted(route)}`);
  if (failed) conditions.push('status=error');
  return `{ ${conditions.join(' && ')} }`;
}

/** TraceQL for what a node did, or, if it sends no spans of its own, for the calls to it. */
export function traceQlOfNode({ id, kind }: Pick<GraphNode, 'id' | 'kind'>): string {
  return kind === 'service'
    ? `{ resource.service.name=${quoted(id)} && kind=server }`
    : `{ kind=client && ${anyOf(PEER_ATTRIBUTES, id)} }`;
}

export function logQlOfService(id: string): string {
  return `{service_name=${quoted(id)}}`;
}

function anyOf(attributes: readonly string[], value: string): string {
  return `(${attributes.map((attribute) => `${attribute}=${quoted(value)}`).join(' || ')})`;
}

function quoted(text: string): string {
  return `"${text.replace(/[\\"]/g, '\\$&')}"`;
}

export interface ExploreQuery {
  readonly type: 'tempo' | 'loki';
  readonly uid: string;
  readonly query: string;
  readonly range: Range;
}

/** A path that opens Explore with one query; the caller puts Grafana's sub-path before it. */
export function explorePath({ type, uid, query, range }: ExploreQuery): string {
  const editors = {
    tempo: { queryType: 'traceql', query, limit: 50, tableType: 'traces' },
    loki: { queryType: 'range', expr: query },
  };
  return exploreUrl({ datasourceUid: uid, query: editors[type], fromMs: range.from, toMs: range.to });
}

/** Adds the dashboard's time to an address that names none. */
export function withTime(url: string, { from, to }: Range): string {
  if (/[?&]from=/.test(url)) return url;
  return `${url}${url.includes('?') ? '&' : '?'}from=${from}&to=${to}`;
}

const SESSIONS = /\$(?:\{sessions\}|sessions\b)/g;

/** Fills in what tells sessions of the selection from others: a service, a route; '' = all of them. */
export function withSessions(url: string, sessions: string): string {
  return url.replace(SESSIONS, encodeURIComponent(sessions));
}

/** Sets one parameter of an address, in place of any value that it has there. */
export function withParameter(url: string, name: string, value: string): string {
  const [path = '', query = ''] = url.split('?');
  const others = query.split('&').filter((part) => part !== '' && !part.startsWith(`${name}=`));
  return `${path}?${[...others, `${name}=${encodeURIComponent(value)}`].join('&')}`;
}
