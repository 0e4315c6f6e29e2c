/** Reading the files of a run, as a stream: gunzip, then lines, then OTLP batches. Memory is bounded by one line. */
import { isAscii } from 'node:buffer';
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { createGunzip, type ZlibOptions } from 'node:zlib';

/** What a run directory holds. Every name but the manifest's is listed in the manifest, with size and hash. */
export const RUN_FILES = {
  manifest: 'manifest.json',
  traces: 'traces.jsonl.gz',
  logs: 'logs.jsonl.gz',
  metrics: 'metrics.om.gz',
} as const;

export interface Manifest {
  readonly format: 1;
  readonly scenario: string;
  readonly seed: number;
  readonly options: { readonly scale: number; readonly parameters: Readonly<Record<string, unknown>> };
  /** ISO times. Steady is the part of the incident in which the targets are measured. */
  readonly window: {
    readonly start: string;
    readonly incident: string;
    readonly steady: string;
    readonly end: string;
  };
  readonly counts: {
    readonly traces: number;
    readonly spans: number;
    readonly log_lines: { readonly app: number; readonly session_snapshot: number };
    readonly series: number;
    readonly samples: number;
    readonly exemplars: number;
  };
  readonly names: Readonly<Record<string, string>>;
  readonly files: Readonly<Record<string, FileDigest>>;
}

/** Of the file as it lies on the disk, compressed. */
export interface FileDigest {
  readonly bytes: number;
  readonly sha256: string;
}

export interface OtlpAttribute {
  readonly key: string;
  readonly value: OtlpValue;
}

/** 64-bit integers are decimal strings in OTLP/JSON; plain numbers are read too. */
export interface OtlpValue {
  readonly stringValue?: string;
  readonly intValue?: string | number;
  readonly doubleValue?: number;
  readonly boolValue?: boolean;
  readonly arrayValue?: { readonly values?: readonly OtlpValue[] };
}

interface Resource {
  readonly resource: { readonly attributes: readonly OtlpAttribute[] };
}

export interface OtlpSpan {
  readonly traceId: string;
  readonly spanId: string;
  /** Empty or absent on a root. */
  readonly parentSpanId?: string;
  readonly name: string;
  /** 1 INTERNAL, 2 SERVER, 3 CLIENT, 4 PRODUCER, 5 CONSUMER */
  readonly kind: number;
  readonly startTimeUnixNano: string;
  readonly endTimeUnixNano: string;
  readonly attributes: readonly OtlpAttribute[];
  readonly links?: readonly { readonly traceId: string; readonly spanId: string }[];
  /** 0 unset, 1 OK, 2 ERROR */
  readonly status?: { readonly code?: number; readonly message?: string };
}

/** One line of the traces file: an ExportTraceServiceRequest that holds whole traces. */
export interface TraceBatch {
  readonly resourceSpans: readonly (Resource & {
    readonly scopeSpans: readonly { readonly spans: readonly OtlpSpan[] }[];
  })[];
}

export interface OtlpLogRecord {
  readonly timeUnixNano: string;
  readonly severityText?: string;
  readonly severityNumber?: number;
  readonly body: { readonly stringValue: string };
  readonly attributes?: readonly OtlpAttribute[];
  readonly traceId?: string;
  readonly spanId?: string;
}

/** One line of the logs file: an ExportLogsServiceRequest. */
export interface LogBatch {
  readonly resourceLogs: readonly (Resource & {
    readonly scopeLogs: readonly { readonly logRecords: readonly OtlpLogRecord[] }[];
  })[];
}

const CHUNK_BYTES = 256 * 1024;
/** How much is decompressed, in a thread of its own, while earlier content is worked on. */
const READ_AHEAD_BYTES = 4 * CHUNK_BYTES;
const NEWLINE = 10;

/** What a reader can be told about besides the content. */
export interface ReadOptions {
  /** Called with the size of each piece of the compressed file when it has been read. */
  readonly onBytes?: (bytes: number) => void;
  /** Called once, after the last chunk, with size and hash of the compressed file. */
  readonly onDigest?: (digest: FileDigest) => void;
}

/**
 * Yields a gzip file's content in chunks.
 * @throws {Error} naming the file when it is missing, cut off or not gzip
 */
export async function* readGzip(
  file: string,
  options: ReadOptions = {},
): AsyncGenerator<Buffer, void, undefined> {
  const hash = createHash('sha256');
  let bytes = 0;
  const gunzip = createGunzip({
    chunkSize: CHUNK_BYTES,
    readableHighWaterMark: READ_AHEAD_BYTES,
  } as ZlibOptions);
  async function* digested(source: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
    for await (const chunk of source) {
      bytes += chunk.length;
      options.onBytes?.(chunk.length);
      if (options.onDigest) hash.update(chunk);
      yield chunk;
    }
  }
  // A failure anywhere in the pipeline destroys `gunzip` with it, and so ends the loop below.
  const done = pipeline(createReadStream(file, { highWaterMark: CHUNK_BYTES }), digested, gunzip);
  done.catch(() => {});
  try {
    for await (const chunk of gunzip) yield chunk as Buffer;
  } catch (error) {
    throw new Error(`${file}: ${(error as Error).message}`, { cause: error });
  }
  options.onDigest?.({ bytes, sha256: hash.digest('hex') });
}

/** Cuts chunks into lines, without their line ends. Empty lines are left out; a last line needs no line end. */
export async function* splitLines(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer, void, undefined> {
  let pending: Buffer[] = [];
  for await (const chunk of chunks) {
    let from = 0;
    for (let at = chunk.indexOf(NEWLINE); at >= 0; at = chunk.indexOf(NEWLINE, from)) {
      const part = chunk.subarray(from, at);
      const line = pending.length > 0 ? Buffer.concat([...pending, part]) : part;
      pending = [];
      from = at + 1;
      if (line.length > 0) yield line;
    }
    if (from < chunk.length) pending.push(chunk.subarray(from));
  }
  if (pending.length > 0) yield Buffer.concat(pending);
}

/** The lines of a gzip file as they are, for who passes them on. Options and errors as {@link readGzip}. */
export function readLines(file: string, options: ReadOptions = {}): AsyncGenerator<Buffer, void, undefined> {
  return splitLines(readGzip(file, options));
}

/** The batches of a logs file. @throws {Error} naming file and line when a line is not JSON */
export async function* readLogBatches(
  file: string,
  options: ReadOptions = {},
): AsyncGenerator<LogBatch, void, undefined> {
  let number = 0;
  for await (const line of readLines(file, options)) {
    number++;
    let batch: LogBatch;
    try {
      batch = JSON.parse(textOf(line)) as LogBatch;
    } catch (error) {
      throw new Error(`${file}:${number}: ${(error as Error).message}`, { cause: error });
    }
    yield batch;
  }
}

/** Plain ASCII, which most lines are, is much faster to take over as what it is than to decode. */
function textOf(line: Buffer): string {
  return line.toString(isAscii(line) ? 'latin1' : 'utf8');
}

/** A scalar attribute as text, or undefined when it is absent or not a scalar. */
export function attributeText(attributes: readonly OtlpAttribute[], key: string): string | undefined {
  for (const attribute of attributes) {
    if (attribute.key !== key) continue;
    const { stringValue, intValue, doubleValue, boolValue } = attribute.value;
    const scalar = stringValue ?? intValue ?? doubleValue ?? boolValue;
    return scalar === undefined ? undefined : String(scalar);
  }
  return undefined;
}
