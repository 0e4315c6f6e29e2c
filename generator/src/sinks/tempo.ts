/** Sends traces by OTLP/HTTP: whole requests as they lie in a file, one at a time, each awaited. */
import { type HttpClient, quoteBody, StoreError } from './http.js';

const TRACES_PATH = '/v1/traces';
/** What an OTLP receiver takes at most, uncompressed. */
const REQUEST_BYTES_MAX = 20 * 1024 * 1024;

/**
 * Sends one `ExportTraceServiceRequest` in JSON.
 * @throws {StoreError} when it is refused, wholly or in part, or too large to be sent
 */
export async function exportTraces(client: HttpClient, request: Uint8Array): Promise<void> {
  const { store, url } = client.endpoint;
  if (request.length > REQUEST_BYTES_MAX) {
    throw new StoreError(
      store,
      `a batch of ${request.length} bytes is over the ${REQUEST_BYTES_MAX} of a request`,
    );
  }
  const reply = await client.postGzip(TRACES_PATH, request, { 'Content-Type': 'application/json' });
  const refused = partialSuccess(reply.text);
  if (refused) throw new StoreError(store, `${url}${TRACES_PATH} took a part only: ${refused}`);
}

/** Sends no span: finds out whether OTLP is taken at all. @throws {StoreError} when it is not */
export function probeTraces(client: HttpClient): Promise<void> {
  return exportTraces(client, Buffer.from('{"resourceSpans":[]}'));
}

/** A receiver answers 200 although it dropped spans; the body says so. */
function partialSuccess(text: string): string | undefined {
  if (text.trim() === '') return undefined;
  let answer: { partialSuccess?: { rejectedSpans?: string | number; errorMessage?: string } };
  try {
    answer = JSON.parse(text);
  } catch {
    return `its answer is not JSON: ${quoteBody(text)}`;
  }
  const { rejectedSpans = 0, errorMessage = '' } = answer.partialSuccess ?? {};
  if (Number(rejectedSpans) === 0 && errorMessage === '') return undefined;
  return `${rejectedSpans} spans rejected, ${errorMessage || 'no reason given'}`;
}
