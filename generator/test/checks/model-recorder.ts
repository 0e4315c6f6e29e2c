/** What the model's service emits, in the format of a run's files. */
import { createHash } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Manifest, OtlpAttribute, OtlpLogRecord, OtlpSpan } from '../../src/telemetry/run-files.js';

/** Everything in s from the window's start. */
export interface ModelWindow {
  readonly start_ms: number;
  readonly incident_s: number;
  readonly steady_s: number;
  readonly end_s: number;
}

type Values = Readonly<Record<string, string | number>>;

export interface SpanStart {
  readonly name: string;
  readonly kind: number;
  readonly parent?: SpanRecord | undefined;
  readonly service?: string;
  readonly attributes?: Values;
  readonly link?: SpanRecord | undefined;
}

export interface SpanRecord {
  readonly service: string;
  readonly span: OtlpSpan & {
    endTimeUnixNano: string;
    status: { code: number };
    attributes: OtlpAttribute[];
  };
}

interface LineRecord {
  readonly resource: 'session_snapshot' | string;
  readonly time_us: number;
  readonly record: OtlpLogRecord;
}

/** A trace while it is under way; its spans and lines are kept if it ends within the window. */
export class OpenTrace {
  readonly id: string;
  readonly spans: SpanRecord[] = [];
  readonly lines: LineRecord[] = [];
  readonly #recorder: Recorder;

  constructor(id: string, recorder: Recorder) {
    this.id = id;
    this.#recorder = recorder;
  }

  start({ name, kind, parent, service = 'api', attributes = {}, link }: SpanStart): SpanRecord {
    const time = this.#recorder.nano();
    const started: SpanRecord = {
      service: parent && kind !== 2 ? parent.service : service,
      span: {
        traceId: this.id,
        spanId: this.#recorder.id(16),
        ...(parent && { parentSpanId: parent.span.spanId }),
        name,
        kind,
        startTimeUnixNano: time,
        endTimeUnixNano: time,
        attributes: [],
        ...(link && { links: [{ traceId: this.id, spanId: link.span.spanId }] }),
        status: { code: 0 },
      },
    };
    set(started, attributes);
    this.spans.push(started);
    return started;
  }

  end({ span }: SpanRecord, { failed = false } = {}): void {
    span.endTimeUnixNano = this.#recorder.nano();
    span.status.code = failed ? 2 : 0;
  }

  line(event: string, level = 'info', service = 'api'): void {
    this.lines.push(this.#recorder.appLine(service, event, level, this.spans[0]));
  }
}

export function set({ span }: SpanRecord, attributes: Values): void {
  for (const [key, value] of Object.entries(attributes)) {
    span.attributes.push({
      key,
      value: typeof value === 'number' ? { intValue: String(value) } : { stringValue: value },
    });
  }
}

export class Recorder {
  readonly #window: ModelWindow;
  readonly #now: () => number;
  #ids = 0;
  readonly #traces: OpenTrace[] = [];
  #lines: LineRecord[] = [];
  readonly #counters = new Map<string, number>();
  readonly #series = new Map<string, string[]>();

  /** @param now µs from the window's start */
  constructor(window: ModelWindow, now: () => number) {
    this.#window = window;
    this.#now = now;
  }

  nano(): string {
    return `${this.#window.start_ms * 1000 + this.#now()}000`;
  }

  id(length: number): string {
    return (++this.#ids).toString(16).padStart(length, 'a');
  }

  trace(): OpenTrace {
    return new OpenTrace(this.id(32), this);
  }

  /** Keeps a trace whose root has just ended. @returns whether it belongs to the window */
  finish(trace: OpenTrace): boolean {
    const now = this.#now();
    if (now <= 0 || now > this.#window.end_s * 1e6) return false;
    this.#traces.push(trace);
    this.#lines.push(...trace.lines.filter(({ time_us }) => time_us > 0));
    return true;
  }

  appLine(service: string, event: string, level: string, root?: SpanRecord): LineRecord {
    const { traceId, spanId } = root?.span ?? {};
    const ids = traceId && spanId ? { traceId, spanId } : {};
    const body = { event, level, message: event, ...(traceId && { trace_id: traceId, span_id: spanId }) };
    return {
      resource: service,
      time_us: this.#now(),
      record: {
        timeUnixNano: this.nano(),
        severityText: level,
        body: { stringValue: JSON.stringify(body) },
        ...ids,
      },
    };
  }

  /** A line outside of any trace. */
  noise(service: string, event: string): void {
    if (this.#now() > 0) this.#lines.push(this.appLine(service, event, 'info'));
  }

  sessionLine(text: string): void {
    if (this.#now() <= 0) return;
    const record = { timeUnixNano: this.nano(), body: { stringValue: text } };
    this.#lines.push({ resource: 'session_snapshot', time_us: this.#now(), record });
  }

  count(series: string, amount = 1): void {
    this.#counters.set(series, (this.#counters.get(series) ?? 0) + amount);
  }

  /** Takes a scrape of all counters and of these gauges. */
  scrape(gauges: Readonly<Record<string, number>>): void {
    const time = (this.#window.start_ms + this.#now() / 1000) / 1000;
    for (const [series, value] of [...this.#counters, ...Object.entries(gauges)]) {
      const samples = this.#series.get(series) ?? [];
      this.#series.set(series, [...samples, `${series} ${Number(value.toFixed(6))} ${time.toFixed(3)}`]);
    }
  }

  /** Writes the run. */
  async write(folder: string): Promise<void> {
    await mkdir(folder, { recursive: true });
    const files: Record<string, { bytes: number; sha256: string }> = {};
    for (const [name, text] of [
      ['traces.jsonl.gz', this.#traceLines()],
      ['logs.jsonl.gz', this.#logLines()],
      ['metrics.om.gz', this.#openMetrics()],
    ] as const) {
      const bytes = gzipSync(text, { level: 1 });
      files[name] = { bytes: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') };
      await writeFile(path.join(folder, name), bytes);
    }
    await writeFile(path.join(folder, 'manifest.json'), JSON.stringify(this.#manifest(files)));
  }

  #traceLines(): string {
    const lines: string[] = [];
    for (let from = 0; from < this.#traces.length; from += 100) {
      const spans = this.#traces.slice(from, from + 100).flatMap((trace) => trace.spans);
      const resourceSpans = Array.from(
        groupBy(spans, ({ service }) => service),
        ([service, group]) => ({
          resource: resource({ 'service.name': service, 'service.version': '1.0.0' }),
          scopeSpans: [{ spans: group.map(({ span }) => span) }],
        }),
      );
      lines.push(JSON.stringify({ resourceSpans }));
    }
    return `${lines.join('\n')}\n`;
  }

  #logLines(): string {
    const sorted = this.#lines.toSorted((a, b) => a.time_us - b.time_us);
    const lines: string[] = [];
    for (let from = 0; from < sorted.length; from += 500) {
      const groups = groupBy(sorted.slice(from, from + 500), (line) => line.resource);
      const resourceLogs = Array.from(groups, ([name, group]) => ({
        resource: resource(
          name === 'session_snapshot' ? { job: 'integrations/db-o11y', op: name } : { 'service.name': name },
        ),
        scopeLogs: [{ logRecords: group.map(({ record }) => record) }],
      }));
      lines.push(JSON.stringify({ resourceLogs }));
    }
    return `${lines.join('\n')}\n`;
  }

  #openMetrics(): string {
    const families = groupBy(this.#series, ([series]) => family(series));
    const texts = Array.from(families, ([name, group]) => {
      const samples = group.flatMap(([, lines]) => lines);
      return [`# TYPE ${name} unknown`, ...samples].join('\n');
    });
    return `${[...texts, '# EOF'].join('\n')}\n`;
  }

  #manifest(files: Manifest['files']): Manifest {
    const { start_ms, incident_s, steady_s, end_s } = this.#window;
    const iso = (seconds: number) => new Date(start_ms + seconds * 1000).toISOString();
    const sessions = this.#lines.filter((line) => line.resource === 'session_snapshot').length;
    const samples = [...this.#series.values()].reduce((sum, lines) => sum + lines.length, 0);
    return {
      format: 1,
      scenario: 'model',
      seed: 1,
      options: { scale: 1, parameters: {} },
      window: { start: iso(0), incident: iso(incident_s), steady: iso(steady_s), end: iso(end_s) },
      counts: {
        traces: this.#traces.length,
        spans: this.#traces.reduce((sum, trace) => sum + trace.spans.length, 0),
        log_lines: { app: this.#lines.length - sessions, session_snapshot: sessions },
        series: this.#series.size,
        samples,
        exemplars: 0,
      },
      names: {},
      files,
    };
  }
}

function resource(values: Values) {
  return {
    attributes: Object.entries(values).map(([key, value]) => ({
      key,
      value: { stringValue: String(value) },
    })),
  };
}

function family(series: string): string {
  return (series.split('{', 1)[0] as string).replace(/_(total|sum|count)$/, '');
}

function groupBy<T>(items: Iterable<T>, keyOf: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) groups.set(keyOf(item), [...(groups.get(keyOf(item)) ?? []), item]);
  return groups;
}
