/** From Node's request to what the APIs take: parameters of address and form, body without its compression. */
import type { IncomingMessage } from 'node:http';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';

const decompress = promisify(gunzip);

/** Of a body, as sent and without its compression. OTLP receivers take 20 MiB, remote write 32. */
export const BODY_BYTES_MAX = 64 * 1024 * 1024;

const FORM = 'application/x-www-form-urlencoded';
/** As the real engines, which are written in Go, take it. */
const FORM_BYTES_MAX = 10 * 1024 * 1024;

/** Refused by the server itself, before any store has seen it. */
export class RequestError extends Error {
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

export interface Address {
  readonly path: string;
  readonly parameters: URLSearchParams;
}

/**
 * Reads what comes behind the address; the parameters of a form are added to those of the address.
 * @returns the body, empty when it was a form
 * @throws {RequestError} 400 for a broken body, 413 for one that is too large, 415 for an unknown compression
 */
export async function readContent(
  message: IncomingMessage,
  parameters: URLSearchParams,
): Promise<Uint8Array> {
  const raw = await readBody(message);
  const body = await inflate(raw, message.headers['content-encoding']);
  if (!message.headers['content-type']?.toLowerCase().startsWith(FORM)) return body;
  if (body.length > FORM_BYTES_MAX) throw tooLarge('the form', FORM_BYTES_MAX);
  for (const [name, value] of new URLSearchParams(Buffer.from(body).toString('utf8'))) {
    parameters.append(name, value);
  }
  return new Uint8Array();
}

/** @throws {RequestError} 400 when the path is not UTF-8 in percent encoding */
export function readAddress(address: string): Address {
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
    if (bytes > BODY_BYTES_MAX) throw tooLarge('the body', BODY_BYTES_MAX);
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
    if ((error as { code?: string }).code === 'ERR_BUFFER_TOO_LARGE')
      throw tooLarge('the body', BODY_BYTES_MAX);
    throw new RequestError(400, `the body is not gzip: ${(error as Error).message}`);
  }
}

function tooLarge(what: string, bytes: number): RequestError {
  return new RequestError(413, `${what} is larger than ${bytes} bytes`);
}
