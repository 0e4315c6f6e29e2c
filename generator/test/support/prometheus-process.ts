/** A real Prometheus with the product's own configuration, on a free port and in a folder of its own. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const config = fileURLToPath(new URL('../../../../provisioning/prometheus.yml', import.meta.url));

export interface PrometheusProcess {
  readonly url: string;
  stop(): Promise<void>;
}

/** @param options.receiver whether it takes remote write */
export async function startPrometheus({ receiver = true } = {}): Promise<PrometheusProcess> {
  const folder = await mkdtemp(path.join(tmpdir(), 'prometheus-'));
  const address = `127.0.0.1:${await freePort()}`;
  const args = [
    `--config.file=${config}`,
    `--storage.tsdb.path=${folder}`,
    '--storage.tsdb.retention.time=10y',
    '--enable-feature=exemplar-storage',
    `--web.listen-address=${address}`,
    ...(receiver ? ['--web.enable-remote-write-receiver'] : []),
  ];
  const child = spawn('prometheus', args, { stdio: ['ignore', 'ignore', 'pipe'] });
  let log = '';
  child.stderr.on('data', (text) => (log += text));
  const url = `http://${address}`;
  await untilReady(url, child, () => log);
  return {
    url,
    async stop() {
      if (child.exitCode === null) {
        child.kill();
        await once(child, 'exit');
      }
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function untilReady(url: string, child: ChildProcess, log: () => string): Promise<void> {
  for (;;) {
    if (child.exitCode !== null) throw new Error(`prometheus ended at its start:\n${log()}`);
    const response = await fetch(`${url}/-/ready`).catch(() => undefined);
    await response?.text();
    if (response?.ok) return;
    await sleep(50);
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
