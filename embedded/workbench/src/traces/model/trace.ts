/** A trace as a tree of spans, out of the frame that Tempo's data source makes. */
import type { DataFrame } from '@grafana/data';

export type Attribute = readonly [name: string, value: string];

export interface SpanEvent {
  readonly name: string;
  readonly timeMs: number;
  readonly attributes: readonly Attribute[];
}

export interface SpanLink {
  readonly traceId: string;
  readonly spanId: string;
}

export interface Span {
  readonly spanId: string;
  readonly parentId: string;
  readonly name: string;
  readonly service: string;
  readonly kind: string;
  readonly status: 'unset' | 'ok' | 'error';
  readonly statusMessage: string;
  readonly startMs: number;
  readonly durationMs: number;
  readonly attributes: readonly Attribute[];
  readonly resource: readonly Attribute[];
  readonly events: readonly SpanEvent[];
  readonly links: readonly SpanLink[];
  readonly scope: string;
}

/** A span at its place in the tree. */
export interface TreeSpan extends Span {
  /** 0 = a root. */
  readonly depth: number;
  readonly childCount: number;
  /** How many spans are below it, on all levels: they follow it in the tree's order. */
  readonly descendantCount: number;
  /** The time in it that no child covers. */
  readonly selfMs: number;
}

export interface Trace {
  readonly traceId: string;
  /** Each before its children, children in order of their start. */
  readonly spans: readonly TreeSpan[];
  readonly startMs: number;
  readonly endMs: number;
  /** In order of appearance. */
  readonly services: readonly string[];
}

const STATUS: Readonly<Record<number, Span['status']>> = { 1: 'ok', 2: 'error' };

/** @throws {Error} when the frame has no spans */
export function traceOf(frame: DataFrame): Trace {
  const spans = treeOf(spansOf(frame));
  if (spans.length === 0) throw new Error('The trace has no spans');
  return {
    traceId: String(frame.fields.find(({ name }) => name === 'traceID')?.values[0] ?? ''),
    spans,
    startMs: spans.reduce((least, { startMs }) => Math.min(least, startMs), Infinity),
    endMs: spans.reduce((most, span) => Math.max(most, endOf(span)), -Infinity),
    services: [...new Set(spans.map(({ service }) => service))],
  };
}

export function endOf({ startMs, durationMs }: Pick<Span, 'startMs' | 'durationMs'>): number {
  return startMs + durationMs;
}

function spansOf(frame: DataFrame): Span[] {
  const columns = new Map(frame.fields.map(({ name, values }) => [name, values]));
  const text = (name: string, row: number) => String(columns.get(name)?.[row] ?? '');
  return Array.from({ length: frame.length }, (_, row) => ({
    spanId: text('spanID', row),
    parentId: text('parentSpanID', row),
    name: text('operationName', row),
    service: text('serviceName', row),
    kind: text('kind', row),
    status: STATUS[Number(columns.get('statusCode')?.[row])] ?? 'unset',
    statusMessage: text('statusMessage', row),
    startMs: Number(columns.get('startTime')?.[row]),
    durationMs: Number(columns.get('duration')?.[row]),
    attributes: attributes(columns.get('tags')?.[row]),
    resource: attributes(columns.get('serviceTags')?.[row]),
    events: events(columns.get('logs')?.[row]),
    links: links(columns.get('references')?.[row]),
    scope: [text('instrumentationLibraryName', row), text('instrumentationLibraryVersion', row)]
      .filter(Boolean)
      .join(' '),
  }));
}

interface KeyValue {
  readonly key: string;
  readonly value: unknown;
}

function attributes(tags: readonly KeyValue[] | undefined): readonly Attribute[] {
  return (tags ?? [])
    .map(
      ({ key, value }): Attribute => [key, typeof value === 'object' ? JSON.stringify(value) : String(value)],
    )
    .sort(([one], [other]) => (one < other ? -1 : 1));
}

interface FrameEvent {
  readonly timestamp: number;
  readonly name?: string;
  readonly fields?: readonly KeyValue[];
}

function events(logs: readonly FrameEvent[] | undefined): readonly SpanEvent[] {
  return (logs ?? []).map(({ timestamp, name, fields }) => {
    const all = attributes(fields);
    const own = all.find(([key]) => key === 'message' || key === 'event')?.[1];
    return { name: name || own || 'event', timeMs: timestamp, attributes: all };
  });
}

function links(references: readonly { traceID: string; spanID: string }[] | undefined): readonly SpanLink[] {
  return (references ?? []).map(({ traceID, spanID }) => ({ traceId: traceID, spanId: spanID }));
}

/** Spans whose parent is not part of the trace are roots; so is one of each circle, so that none is lost. */
function treeOf(spans: readonly Span[]): readonly TreeSpan[] {
  const ids = new Set(spans.map(({ spanId }) => spanId));
  const children = new Map<string, Span[]>();
  const roots: Span[] = [];
  for (const span of [...spans].sort((one, other) => one.startMs - other.startMs)) {
    const siblings = children.get(span.parentId) ?? [];
    if (!ids.has(span.parentId) || span.parentId === span.spanId) roots.push(span);
    else if (siblings.push(span) === 1) children.set(span.parentId, siblings);
  }
  const tree: TreeSpan[] = [];
  const seen = new Set<Span>();
  const walk = (root: Span) => {
    const stack: { readonly span: Span; readonly depth: number; index: number }[] = [
      { span: root, depth: 0, index: -1 },
    ];
    for (let top = stack.at(-1); top; top = stack.at(-1)) {
      const own = children.get(top.span.spanId) ?? [];
      if (top.index === -1 && !seen.has(top.span)) {
        seen.add(top.span);
        top.index = tree.length;
        const { span, depth } = top;
        tree.push({
          ...span,
          depth,
          childCount: own.length,
          descendantCount: 0,
          selfMs: selfTime(span, own),
        });
        for (const child of [...own].reverse()) stack.push({ span: child, depth: depth + 1, index: -1 });
      } else {
        stack.pop();
        const placed = tree[top.index];
        if (placed) tree[top.index] = { ...placed, descendantCount: tree.length - top.index - 1 };
      }
    }
  };
  for (const root of roots) walk(root);
  for (const span of spans) if (!seen.has(span)) walk(span);
  return tree;
}

function selfTime(span: Span, children: readonly Span[]): number {
  let covered = 0;
  let until = span.startMs;
  for (const child of children) {
    const from = Math.max(child.startMs, until);
    const to = Math.min(endOf(child), endOf(span));
    if (to > from) covered += to - from;
    until = Math.max(until, to);
  }
  return Math.max(0, span.durationMs - covered);
}
