/** How each program is started: pure, from where things are to arguments and environment. */
import path from 'node:path';
import { ADDRESS, type Ports } from './ports.js';
import type { ProgramName, Programs } from './programs.js';

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
  { binaries, grafanaHome }: Programs,
  ports: Ports,
): Readonly<Record<ProgramName, ProgramSettings>> {
  const data = (name: ProgramName) => path.join(layout.folder, name);
  const config = (file: string) => path.join(layout.provisioning, file);
  const url = (name: ProgramName) => `http://${ADDRESS}:${ports[name]}`;
  const settings = (
    name: ProgramName,
    own: Pick<ProgramSettings, 'title' | 'args' | 'environment'> & {
      readonly ready: string;
      readonly grace_ms?: number;
      readonly folders?: readonly string[];
    },
  ): ProgramSettings => ({
    name,
    title: own.title,
    binary: binaries[name],
    args: own.args,
    environment: own.environment,
    url: url(name),
    readyUrl: `${url(name)}${own.ready}`,
    log: path.join(layout.folder, 'log', `${name}.log`),
    folders: [data(name), ...(own.folders ?? [])],
    grace_ms: own.grace_ms ?? 20_000,
  });

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
    grafana: settings('grafana', {
      title: 'Grafana',
      args: ['server', '--homepath', grafanaHome, '--config', config('grafana/grafana.ini')],
      environment: {
        GF_PATHS_DATA: data('grafana'),
        GF_PATHS_LOGS: path.join(layout.folder, 'log', 'grafana'),
        GF_PATHS_PLUGINS: pluginsFolder(layout),
        GF_PATHS_PROVISIONING: config('grafana'),
        GF_SERVER_HTTP_ADDR: ADDRESS,
        GF_SERVER_HTTP_PORT: String(ports.grafana),
        DASHBOARDS_PATH: dashboardsFolder(layout),
        PROMETHEUS_URL: url('prometheus'),
        LOKI_URL: url('loki'),
        TEMPO_URL: url('tempo'),
      },
      ready: '/api/health',
      folders: [pluginsFolder(layout), dashboardsFolder(layout)],
    }),
  };
}
