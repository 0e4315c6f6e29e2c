/** What watches the running system, on a fixed grid of times: the scraper of metrics and the sampler of sessions. */
import { SAMPLE_INTERVAL_S, SCRAPE_INTERVAL_S } from '../scenario/grid.js';
import type { VirtualClock } from '../simulation/clock.js';
import type { LogStream } from '../telemetry/log-collector.js';
import type { Exposition, Recorder } from '../telemetry/recorder.js';
import type { Service } from './app.js';
import type { PostgresServer } from './postgres/server.js';
import { SessionSampler } from './postgres/session-sampler.js';
import type { Processes } from './processes.js';

export interface ObserverOptions {
  readonly clock: VirtualClock;
  readonly recorder: Recorder;
  readonly server: PostgresServer;
  readonly processes: Processes;
  /** In µs of virtual time. */
  readonly window: { readonly startUs: number; readonly endUs: number };
  readonly onProgress: (share: number) => void;
}

export class Observers {
  readonly #options: ObserverOptions;
  readonly #sampler: SessionSampler;
  readonly #sessions: LogStream;
  #ticks = 0;

  constructor(options: ObserverOptions) {
    const { server, clock } = options;
    this.#options = options;
    this.#sampler = new SessionSampler({ server, epochMs: clock.epochMs });
    this.#sessions = {
      category: 'session_snapshot',
      name: 'session-sampler',
      resource: {
        job: 'integrations/db-o11y',
        instance: server.parameters.address,
        server_id: server.id,
        op: 'session_snapshot',
      },
    };
  }

  /** Begins at the window's start; the last tick is at its end. */
  start(): void {
    const { clock, window } = this.#options;
    clock.schedule(window.startUs / 1000, () => this.#tick());
  }

  #tick(): void {
    const { clock, recorder, window, onProgress } = this.#options;
    for (const text of this.#sampler.sample()) recorder.addLog(this.#sessions, { text });
    if (this.#ticks++ % (SCRAPE_INTERVAL_S / SAMPLE_INTERVAL_S) === 0) void this.#scrape();
    recorder.settle();
    onProgress(clock.nowUs / window.endUs);
    if (clock.nowUs < window.endUs) clock.schedule(SAMPLE_INTERVAL_S * 1000, () => this.#tick());
  }

  async #scrape(): Promise<void> {
    const { recorder, server, processes } = this.#options;
    const [api, worker] = await Promise.all([scrape(processes.api), scrape(processes.worker)]);
    const host = server.parameters.address.split(':', 1)[0] ?? '';
    const expositions: Exposition[] = [
      { text: api, target: 'job="api",instance="api:3000"' },
      { text: worker, target: 'job="worker",instance="worker:3001"' },
      { text: server.postgresExporter(), target: `job="postgres",instance="${server.parameters.address}"` },
      { text: server.nodeExporter(), target: `job="node",instance="${host}:9100"` },
    ];
    recorder.addScrape(expositions);
  }
}

async function scrape(service: Service): Promise<string> {
  const response = await service.fetch(new Request('http://localhost/metrics'));
  return response.text();
}
