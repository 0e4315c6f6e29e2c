/** A made-up graph with many leaves. */
import type { Figures, Graph, GraphEdge, GraphNode, NodeKind } from '../model/types';

export interface Many {
  readonly runners: number;
  /** Leaves with failing calls. */
  readonly over: readonly string[];
}

/** api -> db, and api -> runner-1 to runner-n. */
export function graphWith({ runners, over }: Many): Graph {
  const names = Array.from({ length: runners }, (_, i) => `runner-${i + 1}`);
  const edges = [edge('db', 200, false), ...names.map((name) => edge(name, 2, over.includes(name)))];
  const nodes = [
    node('api', 'service'),
    node('db', 'database'),
    ...names.map((name) => node(name, 'service')),
  ];
  return { nodes, edges, windows: null, notices: [] };
}

const THRESHOLD = { errors: 0.05, latency_s: 5 };

function figures(rate: number, errors: number): Figures {
  const p95 = { value_s: 0.9, above: false };
  return { rate, errors, mean_s: 0.4, p50: null, p95, p99: null, inFlight: rate * 0.4 };
}

function node(id: string, kind: NodeKind): GraphNode {
  return {
    ...{ id, kind, name: id, now: null, before: null, history: null, makes: null, threshold: THRESHOLD },
    ...{ over: { errors: false, latency: false }, pools: [], server: null, members: [], details: [] },
  };
}

function edge(target: string, rate: number, isOver: boolean): GraphEdge {
  return {
    ...{ id: `api>${target}`, source: 'api', target, before: null, history: null, threshold: THRESHOLD },
    ...{ now: figures(rate, isOver ? 0.12 : 0), over: { errors: isOver, latency: false } },
    ...{ routes: [], details: [], links: [] },
  };
}
