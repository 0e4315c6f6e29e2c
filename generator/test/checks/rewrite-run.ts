/**
 * Copies a run with changes, of single spans, log records or samples, and a manifest that fits the changed files: so
 * that only those who compare what was changed with something else can see that it was.
 */
import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { copyFile, mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import {
  attributeText,
  type FileDigest,
  type LogBatch,
  type Manifest,
  type OtlpAttribute,
  type OtlpLogRecord,
  type OtlpSpan,
  RUN_FILES,
  readLines,
  type TraceBatch,
} from '../../src/telemetry/run-files.js';

export interface Sample {
  /** Name and labels as written. */
  readonly series: string;
  readonly value: number;
  readonly time_ms: number;
}

/** What to do with each part of a run; nothing for what is left out. Each returns what stands there instead. */
export interface Rewrite {
  readonly span?: (span: OtlpSpan, service: string) => readonly OtlpSpan[];
  /** Of the resource of a line's spans. */
  readonly version?: (service: string, version: string) => string;
  /** @param stream the service of an app line, `session_snapshot` for a session's */
  readonly record?: (record: OtlpLogRecord, stream: string) => readonly OtlpLogRecord[];
  /** @returns the new value; undefined takes the sample away */
  readonly sample?: (sample: Sample) => number | undefined;
  readonly manifest?: (manifest: Manifest) => Manifest;
}

/** Writes a changed copy of the run in `from` to `to`. Parts that are not rewritten are copied as they are. */
export async function rewriteRun(from: string, to: string, rewrite: Rewrite): Promise<void> {
  await mkdir(to, { recursive: true });
  const written: Manifest = JSON.parse(await readFile(path.join(from, RUN_FILES.manifest), 'utf8'));
  const counts = structuredClone(written.counts) as Writable<Manifest['counts']>;
  const changes: Readonly<Record<string, ((line: Buffer) => string) | undefined>> = {
    [RUN_FILES.traces]:
      rewrite.span || rewrite.version ? (line) => traceLine(line, rewrite, counts) : undefined,
    [RUN_FILES.logs]: rewrite.record && withRewrite(rewrite.record, logLine, counts),
    [RUN_FILES.metrics]: rewrite.sample && withRewrite(rewrite.sample, sampleLine, counts),
  };
  const files: Record<string, FileDigest> = { ...written.files };
  for (const [name, change] of Object.entries(changes)) {
    const [source, target] = [path.join(from, name), path.join(to, name)];
    if (change) files[name] = await rewriteFile(source, target, change);
    else await copyFile(source, target);
  }
  const manifest = { ...written, counts, files };
  const text = JSON.stringify(rewrite.manifest ? rewrite.manifest(manifest) : manifest);
  await writeFile(path.join(to, RUN_FILES.manifest), text);
}

/**
 * A change of the first thing that is met, and of nothing else.
 * @returns the rewriting function, and whether it found something to change: a test that changed nothing shows nothing
 */
export function first<Args extends readonly unknown[], Result>(
  isMeant: (...args: Args) => boolean,
  change: (...args: Args) => Result,
  otherwise: (...args: Args) => Result,
): ((...args: Args) => Result) & { readonly done: () => boolean } {
  let done = false;
  const rewrite = (...args: Args) => {
    if (done || !isMeant(...args)) return otherwise(...args);
    done = true;
    return change(...args);
  };
  return Object.assign(rewrite, { done: () => done });
}

type Writable<T> = { -readonly [K in keyof T]: T[K] extends number ? T[K] : Writable<T[K]> };

function withRewrite<T>(
  rewrite: T,
  changeLine: (line: Buffer, rewrite: T, counts: Writable<Manifest['counts']>) => string,
  counts: Writable<Manifest['counts']>,
): (line: Buffer) => string {
  return (line) => changeLine(line, rewrite, counts);
}

async function rewriteFile(
  source: string,
  target: string,
  change: (line: Buffer) => string,
): Promise<FileDigest> {
  async function* changed(lines: AsyncIterable<Buffer>) {
    for await (const line of lines) yield `${change(line)}\n`;
  }
  await pipeline(readLines(source), changed, createGzip({ level: 1 }), createWriteStream(target));
  const bytes = await readFile(target);
  return { bytes: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') };
}

function traceLine(
  line: Buffer,
  { span: rewrite = (span) => [span], version = (_, version) => version }: Rewrite,
  counts: Writable<Manifest['counts']>,
): string {
  const { resourceSpans } = JSON.parse(line.toString()) as TraceBatch;
  const before = new Set<string>();
  const after = new Set<string>();
  const result = resourceSpans.map((resource) => ({
    resource: {
      attributes: resource.resource.attributes.map(({ key, value }) => {
        if (key !== 'service.version') return { key, value };
        const service = attributeText(resource.resource.attributes, 'service.name') ?? '';
        return { key, value: { stringValue: version(service, value.stringValue ?? '') } };
      }),
    },
    scopeSpans: resource.scopeSpans.map((scope) => ({
      ...scope,
      spans: scope.spans.flatMap((span) => {
        const spans = rewrite(span, attributeText(resource.resource.attributes, 'service.name') ?? '');
        before.add(span.traceId);
        for (const { traceId } of spans) after.add(traceId);
        counts.spans += spans.length - 1;
        return spans;
      }),
    })),
  }));
  counts.traces += after.size - before.size;
  return JSON.stringify({ resourceSpans: result });
}

function logLine(
  line: Buffer,
  rewrite: NonNullable<Rewrite['record']>,
  counts: Writable<Manifest['counts']>,
): string {
  const { resourceLogs } = JSON.parse(line.toString()) as LogBatch;
  const result = resourceLogs.map((resource) => ({
    ...resource,
    scopeLogs: resource.scopeLogs.map((scope) => ({
      ...scope,
      logRecords: scope.logRecords.flatMap((record) => {
        const stream = streamOf(resource.resource.attributes);
        const records = rewrite(record, stream);
        const counted = stream === 'session_snapshot' ? 'session_snapshot' : 'app';
        counts.log_lines[counted] += records.length - 1;
        return records;
      }),
    })),
  }));
  return JSON.stringify({ resourceLogs: result });
}

function streamOf(attributes: readonly OtlpAttribute[]): string {
  return attributeText(attributes, 'service.name') ?? attributeText(attributes, 'op') ?? '';
}

function sampleLine(
  line: Buffer,
  rewrite: NonNullable<Rewrite['sample']>,
  counts: Writable<Manifest['counts']>,
): string {
  const text = line.toString();
  if (text.startsWith('#')) return text;
  const exemplar = text.indexOf(' # {');
  const sample = exemplar < 0 ? text : text.slice(0, exemplar);
  const [, series = '', value, time = ''] = /^(.*) (\S+) (\S+)$/.exec(sample) ?? [];
  const old = value === '+Inf' ? Number.POSITIVE_INFINITY : Number(value);
  const changed = rewrite({ series, value: old, time_ms: Math.round(Number(time) * 1000) });
  if (changed === old) return text;
  if (changed !== undefined) return `${series} ${changed} ${time}${exemplar < 0 ? '' : text.slice(exemplar)}`;
  counts.samples--;
  return '';
}
