import assert from 'node:assert/strict';
import { request } from 'node:http';
import { test } from 'node:test';
import { gzipSync } from 'node:zlib';
import type { Api, ApiRequest } from './api.js';
import { json } from './api.js';
import { startServer } from './server.js';

interface Reply {
  readonly status: number;
  readonly text: string;
}

/** By Node's own client: `fetch` does not let its Host be chosen. */
function ask(
  url: string,
  {
    headers = {},
    method = 'GET',
    body,
  }: { headers?: Record<string, string>; method?: string; body?: Uint8Array | string } = {},
): Promise<Reply> {
  return new Promise((resolve, reject) => {
    const sent = request(url, { method, headers }, async (answer) => {
      let text = '';
      for await (const chunk of answer) text += chunk;
      resolve({ status: answer.statusCode ?? 0, text });
    });
    sent.once('error', reject).end(body);
  });
}

async function withServer(api: Api, use: (url: string, port: number) => Promise<void>): Promise<void> {
  const server = await startServer({ port: 0, apis: new Map([['/stores/loki', api]]) });
  try {
    await use(server.url, server.port);
  } finally {
    await server.close();
  }
}

const echo: Api = async ({ method, path, parameters, body }: ApiRequest) =>
  json({ method, path, parameters: [...parameters], body: Buffer.from(body).toString() });

test('an API gets the path below its base, and parameters of address and form', () =>
  withServer(echo, async (url) => {
    const { status, text } = await ask(`${url}/stores/loki/loki/api/v1/label/a%20b/values?x=1`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
      body: 'query=%7Ba%3D%22b%22%7D&x=2',
    });
    assert.equal(status, 200);
    assert.deepEqual(JSON.parse(text), {
      method: 'POST',
      path: '/loki/api/v1/label/a b/values',
      parameters: [
        ['x', '1'],
        ['query', '{a="b"}'],
        ['x', '2'],
      ],
      body: '',
    });
  }));

test('a body arrives without its gzip; what is no gzip, or of an unknown compression, is refused', () =>
  withServer(echo, async (url) => {
    const push = (encoding: string, body: Uint8Array | string) =>
      ask(`${url}/stores/loki/push`, { method: 'POST', headers: { 'Content-Encoding': encoding }, body });
    assert.equal(JSON.parse((await push('gzip', gzipSync('hello'))).text).body, 'hello');
    assert.equal((await push('gzip', 'hello')).status, 400);
    assert.equal((await push('br', 'hello')).status, 415);
    assert.equal((await push('gzip', gzipSync(Buffer.alloc(65 * 1024 * 1024)))).status, 413);
  }));

test('other hosts and origins are refused, whatever address they resolve to', () =>
  withServer(echo, async (url, port) => {
    const path = `${url}/stores/loki/ready`;
    const refused: Record<string, string>[] = [
      { Host: 'attacker.example' },
      { Host: `attacker.example:${port}` },
      { Host: 'localhost:1' },
      { Origin: 'https://attacker.example' },
      { Origin: 'null' },
      { Origin: `http://localhost:${port + 1}` },
      { 'Sec-Fetch-Site': 'cross-site', 'Sec-Fetch-Mode': 'no-cors', 'Sec-Fetch-Dest': 'image' },
    ];
    for (const headers of refused)
      assert.equal((await ask(path, { headers })).status, 403, JSON.stringify(headers));
    const welcome: Record<string, string>[] = [
      { Host: `localhost:${port}` },
      { Host: `LOCALHOST:${port}`, Origin: `http://127.0.0.1:${port}` },
      { Host: `[::1]:${port}` },
      { 'Sec-Fetch-Site': 'same-origin' },
      { 'Sec-Fetch-Site': 'cross-site', 'Sec-Fetch-Mode': 'navigate', 'Sec-Fetch-Dest': 'document' },
    ];
    for (const headers of welcome)
      assert.equal((await ask(path, { headers })).status, 200, JSON.stringify(headers));
  }));

test('what lies below no base is told apart from what an API does not know', () =>
  withServer(echo, async (url) => {
    const { status, text } = await ask(`${url}/stores/lokix/ready`);
    assert.equal(status, 404);
    assert.match(text, /there are \/stores\/loki/);
    assert.equal((await ask(`${url}/%zz`)).status, 400);
  }));

test('a client that hangs up aborts what it asked for', async () => {
  let aborted: Promise<void> | undefined;
  const api: Api = ({ signal }) => {
    aborted = new Promise((resolve) => {
      signal.addEventListener('abort', () => resolve());
    });
    return aborted.then(() => json({}));
  };
  await withServer(api, async (url) => {
    const client = request(`${url}/stores/loki/query`).end();
    client.once('error', () => {});
    while (aborted === undefined) await new Promise((resolve) => setTimeout(resolve, 1));
    client.destroy();
    await aborted;
  });
});
