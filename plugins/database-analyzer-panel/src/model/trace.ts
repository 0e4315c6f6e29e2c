import { type Frame, fieldNamed, numberAt, textAt } from './frames';

export interface Span {
  readonly spanId: string;
  readonly parentId: string;
  readonly name: string;
  readonly service: string;
  /** `client`, `server`, `internal`, ... */
  readonly kind: string;
  readonly startMs: number;
  readonly endMs: number;
  readonly tags: Readonly<Record<string, unknown>>;
}

export interface Trace {
  readonly traceId: string;
  /** By start. */
  readonly spans: readonly Span[];
  readonly byId: ReadonlyMap<string, Span>;
}

/** Reads the frame that Tempo's data source gives for a trace id. @returns `undefined` when no frame holds spans */
export function readTrace(frames: readonly Frame[]): Trace | undefined {
  const frame = frames.find((one) => fieldNamed(one, 'spanID') && one.length > 0);
  if (!frame) return undefined;
  const column = (name: string) => fieldNamed(frame, name);
  const columns = {
    spanId: column('spanID'),
    parentId: column('parentSpanID'),
    name: column('operationName'),
    service: column('serviceName'),
    kind: column('kind'),
    start: column('startTime'),
    duration: column('duration'),
    tags: column('tags'),
  };
  const spans = Array.from({ length: frame.length }, (_, index): Span => {
    const startMs = numberAt(columns.start, index) ?? 0;
    return {
      spanId: textAt(columns.spanId, index),
      parentId: textAt(columns.parentId, index),
      name: textAt(columns.name, index),
      service: textAt(columns.service, index),
      kind: textAt(columns.kind, index),
      startMs,
      endMs: startMs + (numberAt(columns.duration, index) ?? 0),
      tags: readTags(columns.tags?.values[index]),
    };
  }).sort((a, b) => a.startMs - b.startMs || b.endMs - a.endMs);
  return {
    traceId: textAt(column('traceID'), 0),
    spans,
    byId: new Map(spans.map((span) => [span.spanId, span])),
  };
}

/** Tags come as a list of `{key, value}`, in some versions as its JSON. */
function readTags(cell: unknown): Readonly<Record<string, unknown>> {
  let list = cell;
  if (typeof cell === 'string') {
    try {
      list = JSON.parse(cell);
    } catch {
      return {};
    }
  }
  if (!Array.isArray(list)) return {};
  return Object.fromEntries(list.map((tag: { key: string; value: unknown }) => [tag.key, tag.value]));
}

/** The backend's pid, on each span that used the connection. */
export function connectionOf(span: Span): number | undefined {
  const pid = Number(span.tags['db.connection.id']);
  return Number.isInteger(pid) && pid > 0 ? pid : undefined;
}

/** A statement that ran on the database, or what was waited for on the way to it. */
export function isDatabaseSpan(span: Span): boolean {
  return span.tags['db.system.name'] !== undefined || span.tags['db.system'] !== undefined;
}

/** Spans that are above `span`, the nearest first. */
export function ancestors(trace: Trace, span: Span): readonly Span[] {
  const found: Span[] = [];
  let parent = trace.byId.get(span.parentId);
  while (parent && !found.includes(parent)) {
    found.push(parent);
    parent = trace.byId.get(parent.parentId);
  }
  return found;
}
