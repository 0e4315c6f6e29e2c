/** An HTTP server that stands in for an engine: it keeps what it was sent, and can be told to give recorded answers. */
import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gunzipSync } from 'node:zlib';

export interface Answer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: string;
}

export interface FakeRequest {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingMessage['headers'];
  /** Decompressed if it came as gzip. */
  readonly body: Buffer;
}

/** Gives an answer, or never one at all when it returns undefined. */
export type Handler = (request: FakeRequest) => Answer | undefined;

const answersFile = new URL('../../../test/data/engine-answers.json', import.meta.url);

/** Answers recorded from real engines, by name. */
export const RECORDED = JSON.parse(readFileSync(answersFile, 'utf8')) as Readonly<Record<string, Answer>>;

export function recorded(name: string): Answer {
  const answer = RECORDED[name];
  if (!answer) throw new Error(`no recorded answer ${name}`);
  return answer;
}

export function json(value: unknown): Answer {
  return { status: 200, headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(value) };
}

export class FakeServer {
  readonly requests: FakeRequest[] = [];
  readonly #server: Server;
  readonly #handler: Handler;
  #scripted: { readonly path: string; readonly answer: Answer }[] = [];

  constructor(handler: Handler) {
    this.#handler = handler;
    this.#server = createServer(async (incoming, response) => {
      const chunks: Buffer[] = [];
      for await (const chunk of incoming) chunks.push(chunk);
      const raw = Buffer.concat(chunks);
      const url = new URL(incoming.url ?? '/', 'http://fake');
      const request: FakeRequest = {
        method: incoming.method ?? '',
        path: url.pathname,
        query: url.searchParams,
        headers: incoming.headers,
        body: incoming.headers['content-encoding'] === 'gzip' ? gunzipSync(raw) : raw,
      };
      this.requests.push(request);
      const answer = this.#nextScripted(request.path) ?? this.#handler(request);
      if (answer) response.writeHead(answer.status, { ...answer.headers }).end(answer.body);
    });
  }

  /** Answers the next request for a path this way, whatever it asks; several calls queue up. */
  script(path: string, answer: Answer): void {
    this.#scripted.push({ path, answer });
  }

  /** @param port 0 for any that is free */
  async listen(port = 0): Promise<string> {
    await new Promise<void>((resolve) => this.#server.listen(port, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  #nextScripted(path: string): Answer | undefined {
    const index = this.#scripted.findIndex((entry) => entry.path === path);
    return index < 0 ? undefined : this.#scripted.splice(index, 1)[0]?.answer;
  }
}
