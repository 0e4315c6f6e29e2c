/** Whole traces by their id, as JSON and as protobuf. */
import type { ApiAnswer } from '../../http/api.js';
import type { Budget } from '../../query/budget.js';
import type { TracesStore } from '../store.js';
import { goJson } from './go-json.js';
import { bad, signed, text } from './parameters.js';
import { takeSnapshot } from './snapshot.js';
import { traceJson } from './trace-json.js';
import { encodeTrace, encodeTraceAnswer } from './trace-protobuf.js';

const UUID = /^[\da-f]{8}-?[\da-f]{4}-?[\da-f]{4}-?[\da-f]{4}-?[\da-f]{12}$/i;
const MODES: ReadonlySet<string> = new Set(['', 'all', 'ingesters', 'blocks', 'external']);

export interface TraceRequest {
  readonly id: string;
  readonly version: 1 | 2;
  readonly parameters: URLSearchParams;
  readonly protobuf: boolean;
}

/** An unknown trace is not found in version 1, and empty in version 2. */
export async function traceById(
  store: TracesStore,
  request: TraceRequest,
  budget: Budget,
): Promise<ApiAnswer> {
  checkId(request.id);
  checkParameters(request.parameters);
  const snapshot = await takeSnapshot(store, budget);
  const found = snapshot.store.traces.find(request.id);
  const trace = found !== undefined && isThere(snapshot.index.from, found) ? found : undefined;
  if (trace === undefined && request.version === 1)
    return { status: 404, headers: { 'Content-Type': '' }, body: '' };
  if (request.protobuf) {
    const encode = request.version === 1 ? encodeTrace : encodeTraceAnswer;
    return {
      status: 200,
      headers: { 'Content-Type': 'application/protobuf' },
      body: encode(snapshot, trace),
    };
  }
  const resourceSpans = trace === undefined ? undefined : traceJson(snapshot, trace);
  const body = request.version === 1 ? { batches: resourceSpans } : { trace: { resourceSpans }, metrics: {} };
  return { status: 200, body: goJson(body) };
}

function isThere(from: Uint32Array, trace: number): boolean {
  return trace + 1 < from.length && (from[trace] as number) < (from[trace + 1] as number);
}

function checkId(id: string): void {
  const odd = [...id].findIndex((char) => !/[\da-fA-F]/.test(char));
  if (odd >= 0) {
    throw bad(
      `trace IDs can only contain hex characters: invalid character '${[...id][odd]}' at position ${odd + 1}`,
    );
  }
  if (id.length > 32) throw bad("trace IDs can't be larger than 128 bits");
}

/** A time range narrows only which blocks Tempo looks into. */
function checkParameters(parameters: URLSearchParams): void {
  const mode = text(parameters, 'mode') ?? '';
  if (!MODES.has(mode)) throw bad(`invalid value for mode ${mode}`);
  if (mode === 'ingesters') return;
  for (const [name, called] of [
    ['blockStart', 'blockstart'],
    ['blockEnd', 'blockEnd'],
  ] as const) {
    const given = text(parameters, name);
    if (given !== undefined && !UUID.test(given)) {
      throw bad(
        `invalid value for ${called}: invalid UUID ${given.length === 36 ? 'format' : `length: ${given.length}`}`,
      );
    }
  }
  const [start, end] = [signed(parameters, 'start'), signed(parameters, 'end')];
  if (start !== 0 && end !== 0 && end <= start) {
    throw bad(`http parameter start must be before end. received start=${start} end=${end}`);
  }
}
