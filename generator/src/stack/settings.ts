/** How each program is started: pure, from where things are to arguments and environment. */
import path from 'node:path';
import { ADDRESS, type Ports } from './ports.js';
import type { ProgramName, Programs, StoreName } from './programs.js';

export interface Layout {
  /** Everything that the stack writes. */
  readonly folder: string;
  /** The project's configuration of the engines. */
  readonly provisioning: string;
}

export interface ProgramSettings {
  readonly name: ProgramName;
  /** What people call it. */
  readonly title: string;
  readonly binary: string;
  readonly args: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
  /** Where it is reached. */
  readonly url: string;
  /** Answers 200 once the program can work. */
  readonly readyUrl: string;
  /** What it writes on standard output and error. */
  readonly log: string;
  /** Folders that have to exist. */
  readonly folders: readonly string[];
  /** From the request to end until it is killed. Tempo never ends once it has served a query; its data survives that. */
  readonly grace_ms: number;
}

export function dashboardsFolder({ folder }: Layout): string {
  return path.join(folder, 'dashboards');
}

export function pluginsFolder({ folder }: Layout): string {
  return path.join(folder, 'plugins');
}

export function programSettings(
  layout: Layout,
  programs: Programs,
  ports: Ports,
): Readonly<Record<ProgramName, ProgramSettings>> {
  const data = (name: ProgramName) => path.join(layout.folder, name);
  const config = (file: string) => path.join(layout.provisioning, file);
  const url = (name: ProgramName) => `http://${ADDRESS}:${ports[name]}`;
  const settings = (name: StoreName, own: Omit<OwnSettings, 'name' | 'port'>) =>
    program(layout, programs.binaries[name], { name, port: ports[name], ...own });

  return {
    prometheus: settings('prometheus', {
      title: 'Prometheus',
      args: [
        `--config.file=${config('prometheus.yml')}`,
        `--storage.tsdb.path=${data('prometheus')}`,
        '--storage.tsdb.retention.time=10y',
        `--web.listen-address=${ADDRESS}:${ports.prometheus}`,
        '--web.enable-remote-write-receiver',
        '--enable-feature=exemplar-storage',
        '--log.level=warn',
      ],
      environment: {},
      ready: '/-/ready',
    }),
    loki: settings('loki', {
      title: 'Loki',
      args: [`-config.file=${config('loki.yaml')}`, '-config.expand-env=true'],
      environment: {
        LOKI_ADDRESS: ADDRESS,
        LOKI_PORT: String(ports.loki),
        LOKI_GRPC_PORT: String(ports.lokiGrpc),
        LOKI_PATH: data('loki'),
      },
      ready: '/ready',
    }),
    tempo: settings('tempo', {
      title: 'Tempo',
      args: [`-config.file=${config('tempo.yaml')}`, '-config.expand-env=true'],
      environment: {
        TEMPO_ADDRESS: ADDRESS,
        TEMPO_PORT: String(ports.tempo),
        TEMPO_GRPC_PORT: String(ports.tempoGrpc),
        TEMPO_OTLP_ADDRESS: `${ADDRESS}:${ports.otlp}`,
        TEMPO_PATH: data('tempo'),
        // Without it the load drives the process to 2.7 GiB before it tidies up.
        GOMEMLIMIT: '1GiB',
      },
      ready: '/ready',
      grace_ms: 5000,
    }),
    grafana: grafanaSettings(layout, programs, ports.grafana, {
      prometheus: url('prometheus'),
      loki: url('loki'),
      tempo: url('tempo'),
    }),
  };
}

/** Grafana over any stores. @param stores where they are */
export function grafanaSettings(
  layout: Layout,
  { binaries, grafanaHome }: Programs<'grafana'>,
  port: number,
  stores: Readonly<Record<StoreName, string>>,
): ProgramSettings {
  const config = path.join(layout.provisioning, 'grafana');
  return program(layout, binaries.grafana, {
    name: 'grafana',
    title: 'Grafana',
    args: ['server', '--homepath', grafanaHome, '--config', path.join(config, 'grafana.ini')],
    environment: {
      GF_PATHS_DATA: path.join(layout.folder, 'grafana'),
      GF_PATHS_LOGS: path.join(layout.folder, 'log', 'grafana'),
      GF_PATHS_PLUGINS: pluginsFolder(layout),
      GF_PATHS_PROVISIONING: config,
      GF_SERVER_HTTP_ADDR: ADDRESS,
      GF_SERVER_HTTP_PORT: String(port),
      DASHBOARDS_PATH: dashboardsFolder(layout),
      PROMETHEUS_URL: stores.prometheus,
      LOKI_URL: stores.loki,
      TEMPO_URL: stores.tempo,
    },
    port,
    ready: '/api/health',
    folders: [pluginsFolder(layout), dashboardsFolder(layout)],
  });
}

interface OwnSettings extends Pick<ProgramSettings, 'name' | 'title' | 'args' | 'environment'> {
  readonly port: number;
  /** Path that answers 200 once it can work. */
  readonly ready: string;
  readonly folders?: readonly string[];
  readonly grace_ms?: number;
}

function program(
  layout: Layout,
  binary: string,
  { port, ready, folders = [], grace_ms = 20_000, ...own }: OwnSettings,
): ProgramSettings {
  const url = `http://${ADDRESS}:${port}`;
  return {
    ...own,
    binary,
    url,
    readyUrl: `${url}${ready}`,
    log: path.join(layout.folder, 'log', `${own.name}.log`),
    folders: [path.join(layout.folder, own.name), ...folders],
    grace_ms,
  };
}
