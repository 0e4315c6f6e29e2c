/** The view model: what the panel shows, free of Grafana, React and pixels. Times in ms since 1970, durations in s. */
import type { DataLink } from './series';

export type NodeKind = 'client' | 'service' | 'database' | 'external';

/** A quantile from a histogram; `above` when it lies beyond the highest finite bound, which is then `value_s`. */
export interface Quantile {
  readonly value_s: number;
  readonly above: boolean;
}

/** Figures of calls over a window. `null` is "not known", never 0. */
export interface Figures {
  /** Calls a second. */
  readonly rate: number | null;
  /** Share of the calls that failed, 0 to 1. */
  readonly errors: number | null;
  readonly mean_s: number | null;
  readonly p50: Quantile | null;
  readonly p95: Quantile | null;
  readonly p99: Quantile | null;
  /** Calls under way at a time: rate times mean latency. */
  readonly inFlight: number | null;
}

export interface Threshold {
  readonly errors: number;
  /** `null` where nobody set a budget. */
  readonly latency_s: number | null;
}

export interface Over {
  readonly errors: boolean;
  readonly latency: boolean;
}

/** Values over the dashboard's range, on the times of `History`. */
export type Values = readonly (number | null)[];

export interface History {
  readonly times: readonly number[];
  readonly rate: Values;
  readonly errors: Values;
  readonly mean_s: Values;
  readonly p95_s: Values;
  readonly inFlight: Values;
  /** On times of its own, those of the buckets. */
  readonly quantiles: QuantileHistory | null;
}

export interface QuantileHistory {
  readonly times: readonly number[];
  readonly p50_s: Values;
  readonly p99_s: Values;
}

/** Calls of an edge made on behalf of one route of its client; '' is work outside of any request. */
export interface RouteFigures {
  readonly route: string;
  readonly now: Figures;
  readonly before: Figures | null;
  readonly over: Over;
}

export interface Detail {
  readonly name: string;
  readonly value: string;
}

export interface GraphEdge {
  /** `source>target` */
  readonly id: string;
  readonly source: string;
  readonly target: string;
  readonly now: Figures;
  readonly before: Figures | null;
  readonly history: History | null;
  readonly routes: readonly RouteFigures[];
  readonly threshold: Threshold;
  readonly over: Over;
  readonly details: readonly Detail[];
  readonly links: readonly DataLink[];
}

/** A figure with its history and how it was before. */
export interface Gauge {
  readonly now: number | null;
  readonly before: number | null;
  readonly times: readonly number[];
  readonly values: Values;
}

/** A connection pool as the client that owns it reports it. */
export interface Pool {
  /** What tells it from other pools, usually the client's name; may be ''. */
  readonly name: string;
  readonly used: Gauge | null;
  readonly max: number | null;
  /** Used over maximum, 0 to 1. */
  readonly utilization: number | null;
  readonly waiting: Gauge | null;
  /** Waits given up, a second. */
  readonly timeouts: Gauge | null;
  readonly waitP95_s: Gauge | null;
  readonly over: { readonly utilization: boolean; readonly waiting: boolean };
}

export interface Server {
  /** Share of the processors in use, 0 to 1. */
  readonly cpu: Gauge | null;
  readonly queryP95_s: Gauge | null;
}

export interface GraphNode {
  readonly id: string;
  readonly name: string;
  readonly kind: NodeKind;
  /** Calls that arrive; `null` when no caller is known. */
  readonly now: Figures | null;
  readonly before: Figures | null;
  readonly history: History | null;
  /** Calls a second that it makes itself; `null` when it makes none. */
  readonly makes: number | null;
  readonly threshold: Threshold;
  readonly over: Over;
  /** The fullest first. */
  readonly pools: readonly Pool[];
  readonly server: Server | null;
  /** Leaves that this node stands for, folded into one. */
  readonly members: readonly string[];
  readonly details: readonly Detail[];
}

/** The windows that the figures cover, in ms. */
export interface Windows {
  readonly now: readonly [number, number];
  readonly before: readonly [number, number] | null;
  /** The newest sample. */
  readonly last: number;
  /** The newest sample is more than three steps older than the end of the range. */
  readonly stale: boolean;
}

export interface Graph {
  readonly nodes: readonly GraphNode[];
  readonly edges: readonly GraphEdge[];
  readonly windows: Windows | null;
  /** What could not be read, a sentence each. */
  readonly notices: readonly string[];
}

export type GraphResult =
  | { readonly kind: 'graph'; readonly graph: Graph }
  | { readonly kind: 'empty' }
  | { readonly kind: 'wrong'; readonly found: readonly string[] };
