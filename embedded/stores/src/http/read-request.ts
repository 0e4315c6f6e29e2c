/** From Node's request to what the APIs take: parameters of address and form, body without its compression. */
import type { IncomingMessage } from 'node:http';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';

const decompress = promisify(gunzip);

/** Of a body, as sent and without its compression. OTLP receivers take 20 MiB, remote write 32. */
export const BODY_BYTES_MAX = 64 * 1024 * 1024;

const FORM = 'application/x-www-form-urlencoded';

/** Refused by the server itself, before any store has seen it. */
export class RequestError extends Error {
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

export interface ReadRequest {
  readonly path: string;
  readonly parameters: URLSearchParams;
  readonly body: Uint8Array;
}

/** @throws {RequestError} 400 for a broken address or body, 413 for one that is too large, 415 for an unknown compression */
export async function readRequest(message: IncomingMessage): Promise<ReadRequest> {
  const { path, parameters } = readAddress(message.url ?? '/');
  const raw = await readBody(message);
  const body = await inflate(raw, message.headers['content-encoding']);
  if (!message.headers['content-type']?.toLowerCase().startsWith(FORM)) return { path, parameters, body };
  for (const [name, value] of new URLSearchParams(Buffer.from(body).toString('utf8'))) {
    parameters.append(name, value);
  }
  return { path, parameters, body: new Uint8Array() };
}

/** @throws {RequestError} when the path is not UTF-8 in percent encoding */
function readAddress(address: string): { path: string; parameters: URLSearchParams } {
  const [path = '/', ...query] = address.split('?');
  try {
    return { path: decodeURIComponent(path), parameters: new URLSearchParams(query.join('?')) };
  } catch {
    throw new RequestError(400, `the path ${path} is not percent-encoded UTF-8`);
  }
}

async function readBody(message: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of message) {
    bytes += chunk.length;
    if (bytes > BODY_BYTES_MAX) throw tooLarge();
    chunks.push(chunk);
  }
  return chunks.length === 1 ? (chunks[0] as Buffer) : Buffer.concat(chunks, bytes);
}

/** Snappy is a block that the API of its wire format takes apart. */
async function inflate(body: Buffer, encoding = 'identity'): Promise<Uint8Array> {
  if (encoding === 'identity' || encoding === 'snappy') return body;
  if (encoding !== 'gzip') {
    throw new RequestError(415, `Content-Encoding ${encoding}: allowed are gzip, snappy and identity`);
  }
  try {
    return await decompress(body, { maxOutputLength: BODY_BYTES_MAX });
  } catch (error) {
    if ((error as { code?: string }).code === 'ERR_BUFFER_TOO_LARGE') throw tooLarge();
    throw new RequestError(400, `the body is not gzip: ${(error as Error).message}`);
  }
}

function tooLarge(): RequestError {
  return new RequestError(413, `the body is larger than ${BODY_BYTES_MAX} bytes`);
}
