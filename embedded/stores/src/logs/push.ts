/** What of a push is stored: the engine's limits, by its default and provisioned settings. */
import type { Budget } from '../query/budget.js';
import { QueryError } from '../query/query-error.js';
import { quote } from './go/strings.js';
import { type Label, Labels } from './labels.js';
import { LevelDetector } from './level.js';
import type { PushedStream } from './push-json.js';
import type { LogsStore } from './store.js';
import type { Entry, LogStream } from './stream.js';

const LIMITS = {
  labels: 15,
  name_bytes: 1024,
  value_bytes: 2048,
  line_bytes: 256 * 1024,
  metadata: 128,
  metadata_bytes: 64 * 1024,
  /** How far ahead of now. */
  future_ms: 10 * 60_000,
  /** How far behind the newest line of its stream: half of the longest age of a chunk. */
  behind_ms: 24 * 3_600_000,
};

export class Pusher {
  readonly #store: LogsStore;
  readonly #levels = new LevelDetector();

  constructor(store: LogsStore) {
    this.#store = store;
  }

  /** Stores what it may. @throws {QueryError} telling of the first thing that it may not; the rest is stored */
  async push(streams: readonly PushedStream[], budget: Budget): Promise<void> {
    if (streams.length === 0) {
      throw new QueryError('bad_data', 'error at least one valid stream is required for ingestion');
    }
    let problem: string | undefined;
    const now_ms = Date.now();
    for (const { labels: given, entries } of streams) {
      const labels = Labels.of(given.pairs.filter(([, value]) => value !== ''));
      const refused = labelsProblem(labels);
      if (refused !== undefined) {
        problem ??= refused;
        continue;
      }
      if (entries.length === 0) continue;
      const stream = this.#store.stream(labels);
      for (const entry of entries) problem = this.#append(stream, entry, now_ms) ?? problem;
      budget.spend(entries.length);
      await budget.breathe();
    }
    if (problem !== undefined) throw new QueryError('bad_data', problem);
  }

  #append(stream: LogStream, entry: Entry, now_ms: number): string | undefined {
    const problem = entryProblem(stream, entry, now_ms);
    if (problem !== undefined) return problem;
    const named = { ...entry, metadata: withValidNames(entry.metadata) };
    stream.append({ ...named, metadata: this.#levels.withLevel(stream.labels, named) });
    return undefined;
  }
}

const LABEL_NAME = /^[a-zA-Z_][a-zA-Z0-9_]*$/;

function labelsProblem(labels: Labels): string | undefined {
  const { pairs } = labels;
  if (pairs.length === 0) return 'error at least one label pair is required per stream';
  for (const [name, value] of pairs) {
    if (!LABEL_NAME.test(name))
      return `couldn't parse labels: 1:2: parse error: ${quote(name)} is no name of a label`;
    if (name.length > LIMITS.name_bytes) return `stream '${labels}' has label name too long: '${name}'`;
    if (Buffer.byteLength(value) > LIMITS.value_bytes)
      return `stream '${labels}' has label value too long: '${value}'`;
  }
  if (pairs.length <= LIMITS.labels) return undefined;
  return `entry for stream '${labels}' has ${pairs.length} label names; limit ${LIMITS.labels}`;
}

function entryProblem({ labels, newest_ms }: LogStream, { time, line, metadata }: Entry, now_ms: number) {
  const length = line.length * 3 > LIMITS.line_bytes ? Buffer.byteLength(line) : 0;
  if (length > LIMITS.line_bytes) {
    return `max entry size '${LIMITS.line_bytes}' bytes exceeded for stream '${labels}' while adding an entry with length '${length}' bytes`;
  }
  if (time.ms > now_ms + LIMITS.future_ms) {
    return `entry for stream '${labels}' has timestamp too new: ${iso(time.ms)}`;
  }
  if (time.ms < newest_ms - LIMITS.behind_ms) {
    const oldest = iso(newest_ms - LIMITS.behind_ms);
    return `entry with timestamp ${iso(time.ms)} ignored, reason: 'entry too far behind, entry timestamp is: ${iso(time.ms)}, oldest acceptable timestamp is: ${oldest}',\nuser 'fake', total ignored: 1 out of 1 for stream: ${labels}`;
  }
  return metadataProblem(labels, metadata);
}

function metadataProblem(labels: Labels, metadata: readonly Label[]): string | undefined {
  if (metadata.length > LIMITS.metadata) {
    return `stream '${labels}' has too many structured metadata labels: '${metadata.length}', limit: '${LIMITS.metadata}'. Please see \`limits_config.max_structured_metadata_entries_count\` or contact your Loki administrator to increase it`;
  }
  let bytes = 0;
  for (const [name, value] of metadata) {
    if (name === '') return 'label name is empty';
    bytes += name.length + value.length;
  }
  if (bytes <= LIMITS.metadata_bytes) return undefined;
  return `stream '${labels}' has structured metadata too large: '${bytes}' bytes, limit: '${LIMITS.metadata_bytes}' bytes. Please see \`limits_config.max_structured_metadata_size\` or contact your Loki administrator to increase it`;
}

function withValidNames(metadata: readonly Label[]): readonly Label[] {
  if (metadata.every(([name]) => LABEL_NAME.test(name))) return metadata;
  const renamed = new Map(metadata.map(([name, value]) => [validName(name), value]));
  return [...renamed].sort(([a], [b]) => (a < b ? -1 : 1));
}

function validName(name: string): string {
  const valid = name.replace(/[^a-zA-Z0-9_]/gu, '_');
  return /^\d/.test(valid) ? `key_${valid}` : valid;
}

function iso(ms: number): string {
  return new Date(ms).toISOString().replace(/\.\d+Z$/, 'Z');
}
