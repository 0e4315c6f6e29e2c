/** From OTLP log records to Loki's streams: which attributes are labels, and what goes beside a line. */
import { attributeText, type LogBatch, type OtlpAttribute } from '../telemetry/run-files.js';

export interface LokiEntry {
  readonly timestamp_ns: string;
  readonly line: string;
  /** Structured metadata. */
  readonly metadata: Readonly<Record<string, string>>;
}

export interface LokiStream {
  readonly labels: Readonly<Record<string, string>>;
  readonly entries: readonly LokiEntry[];
}

/** A version as a label would cut every stream in two at each release. */
const NOT_A_LABEL = new Set(['service.version']);

/** A batch's records by stream, in the order of the batch. */
export function toStreams(batch: LogBatch): readonly LokiStream[] {
  const streams = new Map<string, { labels: Record<string, string>; entries: LokiEntry[] }>();
  for (const { resource, scopeLogs } of batch.resourceLogs) {
    const common = resourceLabels(resource.attributes);
    for (const record of scopeLogs.flatMap(({ logRecords }) => logRecords)) {
      const labels = record.severityText ? { ...common, level: record.severityText } : common;
      const key = streamSelector(labels);
      const stream = streams.get(key) ?? { labels, entries: [] };
      streams.set(key, stream);
      stream.entries.push({
        timestamp_ns: record.timeUnixNano,
        line: record.body.stringValue,
        metadata: {
          ...(record.traceId ? { trace_id: record.traceId } : {}),
          ...(record.spanId ? { span_id: record.spanId } : {}),
        },
      });
    }
  }
  return [...streams.values()];
}

/** A LogQL selector of exactly these labels, sorted by name: a stream's name. */
export function streamSelector(labels: Readonly<Record<string, string>>): string {
  const matchers = Object.entries(labels)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => `${name}=${JSON.stringify(value)}`);
  return `{${matchers.join(', ')}}`;
}

function resourceLabels(attributes: readonly OtlpAttribute[]): Record<string, string> {
  const labels: Record<string, string> = {};
  for (const { key } of attributes) {
    const value = attributeText(attributes, key);
    if (value !== undefined && !NOT_A_LABEL.has(key)) labels[key.replaceAll('.', '_')] = value;
  }
  return labels;
}
