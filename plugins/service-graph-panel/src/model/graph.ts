/** Data frames -> the graph that the panel shows, or what is wrong with them. Pure: same frames, same graph. */
import type { DataFrame } from '@grafana/data';
import { groupByEdge, highestBoundOf, type Measuring, measureEdge } from './edges';
import { isNodeGraph, readNodeGraph } from './node-graph';
import { kindsOf, measureNodes } from './nodes';
import { noticesOf } from './notices';
import type { ModelOptions } from './options';
import { readPools, readServer } from './pool';
import { readSeries, type Series } from './series';
import type { GraphResult } from './types';
import { unionOf } from './values';
import { type Range, windowsOf } from './windows';

export interface GraphInput {
  readonly frames: readonly DataFrame[];
  /** Names of the queries that were asked, answered or not. */
  readonly asked: readonly string[];
  readonly range: Range;
  readonly options: ModelOptions;
}

export function buildGraph({ frames, asked, range, options }: GraphInput): GraphResult {
  if (isNodeGraph(frames)) return readNodeGraph(frames, options);
  const series = readSeries(frames);
  const groups = groupByEdge(series, options.hidden);
  if (groups.length === 0) return withoutEdges(frames);

  const totals = groups.flatMap((group) => group.totals).filter((each) => each.role !== 'bucket');
  const pointCovers_s = pointCoversOf(totals, options);
  const { figuresOver_s, compare, compareOver_s } = options;
  const times = unionOf(totals.map((each) => each.times));
  const windows = windowsOf({ times, range, pointCovers_s, figuresOver_s, compare, compareOver_s });
  if (windows === null) return withoutEdges(frames);

  const failuresKnown =
    series.some(({ role }) => role === 'failed') || asked.some((name) => /failed/i.test(name));
  const highestBound_s = highestBoundOf(groups.flatMap((group) => group.totals));
  const measuring: Measuring = { windows, pointCovers_s, highestBound_s, failuresKnown };
  const kinds = kindsOf(groups, options);
  const edges = groups.map((group) =>
    measureEdge(group, kinds.get(group.target) ?? 'service', measuring, options),
  );
  const pools = readPools(series, windows, options);
  const server = readServer(series, windows);
  const nodes = measureNodes({ kinds, edges, measuring, options, pools, server });
  const graphEdges = edges.map(({ edge }) => edge);
  const notices = noticesOf({ series, asked, nodes, edges: graphEdges, failuresKnown });
  return { kind: 'graph', graph: { nodes, edges: graphEdges, windows, notices } };
}

/** What a point covers: the query's own range selector, or else the window that the options name. */
function pointCoversOf(totals: readonly Series[], { figuresOver_s }: ModelOptions): number {
  return (
    totals.find((each) => each.role === 'rate' && each.window_s !== undefined)?.window_s ?? figuresOver_s
  );
}

function withoutEdges(frames: readonly DataFrame[]): GraphResult {
  const withRows = frames.filter((frame) => frame.length > 0 && frame.fields.length > 0);
  if (withRows.length === 0) return { kind: 'empty' };
  return { kind: 'wrong', found: [...new Set(withRows.map(describeFrame))] };
}

/** `A: Time, Value (job, instance)` */
function describeFrame({ refId, fields }: DataFrame): string {
  const labels = [...new Set(fields.flatMap((field) => Object.keys(field.labels ?? {})))].sort();
  const names = fields.map((field) => field.name).join(', ');
  return `${refId ?? 'frame'}: ${names}${labels.length > 0 ? ` (${labels.join(', ')})` : ''}`;
}
