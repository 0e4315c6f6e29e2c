/** The links of the details, from the panel's options. */
import { locationUtil, type TimeRange } from '@grafana/data';
import type { DetailLinks } from './components/Details';
import type { Link } from './components/Links';
import {
  type ExploreQuery,
  explorePath,
  logQlOfService,
  traceQlOfEdge,
  traceQlOfNode,
  withParameter,
  withSessions,
  withTime,
} from './model/links';
import { variableIn } from './model/marked-route';
import type { Graph, GraphEdge, GraphNode } from './model/types';
import { type Options, pairsOf } from './options';

export interface LinkInput {
  readonly graph: Graph;
  readonly options: Pick<Options, 'tracesUid' | 'logsUid' | 'databaseUrl' | 'sessionNames' | 'markedRoute'>;
  readonly timeRange: TimeRange;
  readonly replaceVariables: (text: string) => string;
}

export function linksFor({ graph, options, timeRange, replaceVariables }: LinkInput): DetailLinks {
  const range = { from: timeRange.from.valueOf(), to: timeRange.to.valueOf() };
  const kinds = new Map(graph.nodes.map((node) => [node.id, node.kind]));
  const explore = (title: string, type: ExploreQuery['type'], query: string): Link[] => {
    const uid = replaceVariables(type === 'tempo' ? options.tracesUid : options.logsUid);
    if (uid === '') return [];
    return [link(title, explorePath({ type, uid, query, range }))];
  };
  const sessionNames = pairsOf(options.sessionNames);
  const database = (title: string, sessions: string): Link[] => {
    const url = replaceVariables(withSessions(options.databaseUrl, sessions));
    return url === '' ? [] : [link(title, withTime(url, range))];
  };
  /** By the variable that both dashboards have, or by what their text contains. */
  const sessionsOf = (route: string): Link[] => {
    const variable = variableIn(options.markedRoute);
    const links = database('sessions', variable === undefined ? route : '');
    if (variable === undefined) return links;
    return links.map((each) => ({ ...each, href: withParameter(each.href, `var-${variable}`, route) }));
  };
  const spansOf = ({ source, target }: GraphEdge) => {
    return { source, target, fromClients: kinds.get(source) === 'client' };
  };
  const ofEdge = (edge: GraphEdge): Link[] => {
    const { source, target } = edge;
    const spans = spansOf(edge);
    const hasFailed = (edge.now.errors ?? 0) > 0;
    const isDatabase = kinds.get(target) === 'database';
    return [
      ...explore('Traces of this edge', 'tempo', traceQlOfEdge(spans)),
      ...(hasFailed ? explore('Failed ones', 'tempo', traceQlOfEdge({ ...spans, failed: true })) : []),
      ...(spans.fromClients ? [] : explore(`Logs of ${source}`, 'loki', logQlOfService(source))),
      ...(isDatabase ? database(`Sessions of ${source}`, sessionNames.get(source) ?? source) : []),
      ...edge.links,
    ];
  };
  const ofRoute = (edge: GraphEdge, route: string): Link[] => [
    ...explore('traces', 'tempo', traceQlOfEdge({ ...spansOf(edge), route })),
    ...(kinds.get(edge.target) === 'database' && route !== '' ? sessionsOf(route) : []),
  ];
  const ofNode = (node: GraphNode): Link[] => [
    ...(node.kind === 'client' ? [] : explore('Traces', 'tempo', traceQlOfNode(node))),
    ...(node.kind === 'service' ? explore('Logs', 'loki', logQlOfService(node.id)) : []),
    ...(node.kind === 'database' ? database('Sessions', '') : []),
  ];
  return { ofEdge, ofRoute, ofNode };
}

function link(title: string, path: string): Link {
  return { title, href: locationUtil.assureBaseUrl(path), newTab: false };
}
