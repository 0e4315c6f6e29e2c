/** Grafana's node graph frames (`nodes` and `edges`), as Tempo, X-Ray and others give them. */
import type { DataFrame, Field } from '@grafana/data';
import { overOf } from './edges';
import { rateOf } from './nodes';
import { untimedNotice } from './notices';
import { type ModelOptions, thresholdOf } from './options';
import type { Detail, Figures, GraphEdge, GraphNode, GraphResult, NodeKind } from './types';

const NOTHING: Figures = {
  ...{ rate: null, errors: null, mean_s: null, p50: null, p95: null, p99: null, inFlight: null },
};

interface NodeGraphFrames {
  readonly nodes: DataFrame | undefined;
  readonly edges: DataFrame;
}

export function isNodeGraph(frames: readonly DataFrame[]): boolean {
  return framesOf(frames) !== undefined;
}

/** Reads them; figures are what their statistics' units say, everything else is kept as text for the details. */
export function readNodeGraph(frames: readonly DataFrame[], options: ModelOptions): GraphResult {
  const found = framesOf(frames);
  if (found === undefined || found.edges.length === 0) return { kind: 'empty' };
  const rows = rowsOf(found.edges).filter((row) => row.text('source') !== '' && row.text('target') !== '');
  const nodeRows = new Map(found.nodes ? rowsOf(found.nodes).map((row) => [row.text('id'), row]) : []);
  const ids = new Set([
    ...nodeRows.keys(),
    ...rows.flatMap((row) => [row.text('source'), row.text('target')]),
  ]);
  const shown = [...ids].filter((id) => !options.hidden.has(id)).sort();
  const callers = new Set(rows.map((row) => row.text('source')));
  const bare = shown.map((id) => nodeOf(id, nodeRows.get(id), callers.has(id), options));
  const kinds = new Map(bare.map((node) => [node.id, node.kind]));
  const edges = rows
    .map((row) => edgeOf(row, kinds.get(row.text('target')) ?? 'service', options))
    .filter((edge) => kinds.has(edge.source) && kinds.has(edge.target))
    .sort((a, b) => (a.id < b.id ? -1 : 1));
  const nodes = bare.map((node) => ({
    ...node,
    makes: rateOf(edges.filter((edge) => edge.source === node.id)),
  }));
  return { kind: 'graph', graph: { nodes, edges, windows: null, notices: untimedNotice(edges) } };
}

function framesOf(frames: readonly DataFrame[]): NodeGraphFrames | undefined {
  const has = (frame: DataFrame, ...names: string[]) =>
    names.every((name) => frame.fields.some((field) => field.name.toLowerCase() === name));
  const edges = frames.find((frame) => has(frame, 'source', 'target'));
  if (edges === undefined) return undefined;
  return { edges, nodes: frames.find((frame) => frame !== edges && has(frame, 'id')) };
}

function nodeOf(id: string, row: Row | undefined, calls: boolean, options: ModelOptions): GraphNode {
  const kind = kindOf(id, row, calls, options);
  const figures = row ? figuresOf(row) : NOTHING;
  // Who is not called has a row without statistics.
  const now = figures.rate === null && figures.mean_s === null ? null : figures;
  const threshold = thresholdOf(id, kind, options);
  return {
    ...{
      id,
      kind,
      now,
      threshold,
      before: null,
      history: null,
      pools: [],
      server: null,
      members: [],
      makes: null,
    },
    name: options.displayNames.get(id) ?? (row?.text('title') || id),
    over: overOf(now, threshold),
    details: row?.details() ?? [],
  };
}

function kindOf(id: string, row: Row | undefined, calls: boolean, options: ModelOptions): NodeKind {
  const type = `${row?.text('subtitle') ?? ''} ${row?.text('icon') ?? ''}`.toLowerCase();
  if (options.clients.test(id)) return 'client';
  if (options.databases.test(id) || (!calls && /\b(database|postgres|mysql|redis|mongo)/.test(type)))
    return 'database';
  return options.externals.test(id) || (!calls && /\b(external|virtual)/.test(type)) ? 'external' : 'service';
}

function edgeOf(row: Row, kind: NodeKind, options: ModelOptions): GraphEdge {
  const source = row.text('source');
  const target = row.text('target');
  const now = figuresOf(row);
  const threshold = thresholdOf(target, kind, options);
  return {
    ...{ source, target, now, threshold, before: null, history: null, routes: [] },
    id: `${source}>${target}`,
    over: overOf(now, threshold),
    details: row.details(),
    links: row.links(),
  };
}

function figuresOf(row: Row): Figures {
  const stats = ['mainstat', 'secondarystat'].map((name) => row.statistic(name));
  const rate = stats.find((stat) => stat?.kind === 'rate')?.value ?? null;
  // No call takes no time: Tempo's service map writes 0 where there is no server's span to take the time from.
  const mean_s = stats.find((stat) => stat?.kind === 'latency')?.value || null;
  const failed = row.number('arc__failed') ?? row.number('arc__errors') ?? row.number('arc__error');
  return {
    ...NOTHING,
    rate,
    mean_s,
    errors: failed,
    inFlight: rate !== null && mean_s !== null ? rate * mean_s : null,
  };
}

interface Statistic {
  readonly kind: 'rate' | 'latency';
  readonly value: number;
}

/** A row of a frame by field name, whatever the case. */
class Row {
  readonly #fields: readonly Field[];
  readonly #row: number;

  constructor(fields: readonly Field[], row: number) {
    this.#fields = fields;
    this.#row = row;
  }

  text(name: string): string {
    const value: unknown = this.#field(name)?.values[this.#row];
    return value === null || value === undefined ? '' : String(value);
  }

  number(name: string): number | null {
    const value: unknown = this.#field(name)?.values[this.#row];
    return typeof value === 'number' && Number.isFinite(value) ? value : null;
  }

  /** A statistic whose unit says what it is: calls a second, a minute, or a time. */
  statistic(name: string): Statistic | undefined {
    const value = this.number(name);
    if (value === null) return undefined;
    const unit = (this.#field(name)?.config.unit ?? '').toLowerCase();
    if (/^(r\/sec|reqps|cps|ops|rps|req\/s|\/s)$/.test(unit)) return { kind: 'rate', value };
    if (/^(r\/min|reqpm|cpm|opm)$/.test(unit)) return { kind: 'rate', value: value / 60 };
    if (/^ms(\/r)?$/.test(unit)) return { kind: 'latency', value: value / 1000 };
    return /^s(\/r)?$/.test(unit) ? { kind: 'latency', value } : undefined;
  }

  details(): Detail[] {
    return this.#fields
      .filter(({ name }) => /^(detail__|mainstat$|secondarystat$|subtitle$)/i.test(name))
      .map(({ name, config }) => ({
        name: config.displayName ?? name.replace(/^detail__/i, ''),
        value: [this.text(name), config.unit ?? ''].join(' ').trim(),
      }))
      .filter(({ value }) => value !== '');
  }

  links(): GraphEdge['links'] {
    const field = this.#field('id') ?? this.#field('source');
    const links = field?.getLinks?.({ valueRowIndex: this.#row }) ?? [];
    return links.map(({ title, href, target }) => ({ title, href, newTab: target === '_blank' }));
  }

  #field(name: string): Field | undefined {
    return this.#fields.find((field) => field.name.toLowerCase() === name);
  }
}

function rowsOf(frame: DataFrame): Row[] {
  return Array.from({ length: frame.length }, (_, row) => new Row(frame.fields, row));
}
