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
  withTime,
} from './model/links';
import type { Graph, GraphEdge, GraphNode } from './model/types';
import type { Options } from './options';

export interface LinkInput {
  readonly graph: Graph;
  readonly options: Pick<Options, 'tracesUid' | 'logsUid' | 'databaseUrl'>;
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
  const database = (): Link[] => {
    const url = replaceVariables(options.databaseUrl);
    return url === '' ? [] : [link('Database Analyzer', withTime(url, range))];
  };
  const ofEdge = (edge: GraphEdge, route?: string): Link[] => {
    const { source, target } = edge;
    const spans = {
      ...{ source, target, fromClients: kinds.get(source) === 'client' },
      ...(route === undefined ? {} : { route }),
    };
    const hasFailed = (edge.now.errors ?? 0) > 0;
    return [
      ...explore('Traces of this edge', 'tempo', traceQlOfEdge(spans)),
      ...(hasFailed ? explore('Failed ones', 'tempo', traceQlOfEdge({ ...spans, failed: true })) : []),
      ...(spans.fromClients ? [] : explore(`Logs of ${source}`, 'loki', logQlOfService(source))),
      ...(kinds.get(target) === 'database' ? database() : []),
      ...edge.links,
    ];
  };
  const ofNode = (node: GraphNode): Link[] => [
    ...(node.kind === 'client' ? [] : explore('Traces', 'tempo', traceQlOfNode(node))),
    ...(node.kind === 'service' ? explore('Logs', 'loki', logQlOfService(node.id)) : []),
    ...(node.kind === 'database' ? database() : []),
  ];
  return { ofEdge, ofNode };
}

function link(title: string, path: string): Link {
  return { title, href: locationUtil.assureBaseUrl(path), newTab: false };
}
