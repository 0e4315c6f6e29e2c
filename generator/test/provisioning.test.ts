/** Every way known in which an engine refuses, loses or hides old data is closed by a setting; each is held here. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { parse } from 'yaml';
import { scenario } from '../src/scenario/connection-pool/index.js';

/** What the configurations promise, in seconds: a run that ended up to this long ago can be loaded and read. */
const AGE_S = 365 * 24 * 3600;

// biome-ignore lint/suspicious/noExplicitAny: YAML has no types; a wrong path fails the assertion on its value
type Yaml = any;

function text(file: string): string {
  return readFileSync(new URL(`../../../${file}`, import.meta.url), 'utf8');
}

/** A configuration as it reads in a container: with the defaults of `${NAME:-default}`. */
function read(file: string): Yaml {
  return parse(file === 'docker-compose.yml' ? text(file) : text(file).replace(/\$\{\w+:-([^}]*)\}/g, '$1'));
}

const prometheus = read('provisioning/prometheus.yml');
const loki = read('provisioning/loki.yaml');
const tempo = read('provisioning/tempo.yaml');
const compose = read('docker-compose.yml');
const grafanaImage = text('provisioning/grafana/Dockerfile');
const grafanaIni = text('provisioning/grafana/grafana.ini');
const ENGINES = ['prometheus', 'loki', 'tempo'];

const UNITS: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600, d: 86_400, y: 365 * 86_400 };

function seconds(duration: unknown): number {
  const [, number, unit = ''] = /^(\d+)([smhdy])$/.exec(String(duration)) ?? [];
  return Number(number) * (UNITS[unit] ?? Number.NaN);
}

function atLeast(duration: unknown, least_s: number): void {
  assert.ok(seconds(duration) >= least_s, `${duration} is less than ${least_s} s`);
}

const { baseline_s, incident_s } = scenario.parameterSpecs;
const longestWindow_s = Number(baseline_s?.max) + Number(incident_s?.max);

test('the promised age is more than the longest window of a run', () => {
  assert.ok(longestWindow_s > 0 && AGE_S > longestWindow_s);
});

test('Tempo keeps blocks of old spans that it has not completed yet', () => {
  atLeast(tempo.live_store.complete_block_timeout, AGE_S);
});

test('Tempo drops no trace for its size or for the number of others', () => {
  assert.equal(tempo.overrides.defaults.ingestion.max_traces_per_user, 0);
  assert.equal(tempo.overrides.defaults.global.max_bytes_per_trace, 0);
});

test('Tempo gives blocks of old spans their true range', () => {
  atLeast(tempo.live_store.wal.ingestion_time_range_slack, AGE_S);
});

test('Tempo asks the live store for old ranges, in searches and in metrics', () => {
  atLeast(tempo.query_frontend.search.query_backend_after, AGE_S);
  atLeast(tempo.query_frontend.metrics.query_backend_after, AGE_S);
});

test('Tempo refuses no search for the length of its range', () => {
  assert.equal(seconds(tempo.query_frontend.search.max_duration), 0);
});

test('Tempo retains blocks longer than the age, wherever retention is set', () => {
  atLeast(tempo.backend_worker.compaction.block_retention, AGE_S);
  atLeast(tempo.overrides.defaults.compaction.block_retention, AGE_S);
});

test('Tempo hides no more than the newest second', () => {
  assert.ok(seconds(tempo.query_frontend.query_end_cutoff) <= 1);
});

test("Tempo's own generator writes no metrics of now", () => {
  assert.deepEqual(tempo.overrides.defaults.metrics_generator.processors, []);
});

test('nothing writes a sample of now into Prometheus', () => {
  assert.equal(prometheus.scrape_configs, undefined);
  assert.equal(prometheus.rule_files, undefined);
});

test('Prometheus takes old samples after newer ones, and keeps them', () => {
  atLeast(prometheus.storage.tsdb.out_of_order_time_window, AGE_S);
  const retention = compose.services.prometheus.command.find((flag: string) =>
    flag.includes('retention.time='),
  );
  atLeast(retention.split('=')[1], AGE_S);
});

test('Prometheus takes remote write, and exemplars with it', () => {
  const { command } = compose.services.prometheus;
  assert.ok(command.includes('--web.enable-remote-write-receiver'));
  assert.ok(command.includes('--enable-feature=exemplar-storage'));
  assert.ok(prometheus.storage.exemplars.max_exemplars >= 100_000);
});

test('Loki rejects no line for its age, nor behind newer ones of its stream', () => {
  assert.equal(loki.limits_config.reject_old_samples, false);
  assert.ok(seconds(loki.ingester.max_chunk_age) / 2 >= 86_400, 'half of it is the out-of-order window');
});

test('Loki asks its ingester whatever the age of the lines', () => {
  assert.equal(loki.querier.query_ingesters_within, 0);
  atLeast(loki.ingester.query_store_max_look_back_period, AGE_S);
  assert.equal(loki.limits_config.max_query_length, 0);
});

test('Loki has room for pushes that follow each other without a pause', () => {
  const limits = loki.limits_config;
  assert.ok(limits.ingestion_rate_mb >= 100 && limits.ingestion_burst_size_mb >= limits.ingestion_rate_mb);
  assert.match(limits.per_stream_rate_limit, /^\d{3,}MB$/);
  assert.equal(limits.max_global_streams_per_user, 0);
  assert.ok(loki.server.grpc_server_max_recv_msg_size > 4 * 1024 * 1024);
});

test('Tempo has room for pushes that follow each other without a pause', () => {
  const { rate_limit_bytes, burst_size_bytes } = tempo.overrides.defaults.ingestion;
  assert.ok(rate_limit_bytes >= 100_000_000 && burst_size_bytes >= rate_limit_bytes);
});

test('Loki serves no answer from before the load', () => {
  const caches = Object.entries(loki.query_range).filter(([name]) => name.startsWith('cache_'));
  assert.equal(caches.length, 6);
  for (const [name, value] of caches) assert.equal(value, false, name);
});

test('streams keep the labels they were pushed with', () => {
  assert.deepEqual(loki.limits_config.discover_service_name, []);
});

test('Loki and Tempo do not fight for a port when they run beside each other', () => {
  const ports = [loki.server, tempo.server].flatMap((server) => [
    server.http_listen_port,
    server.grpc_listen_port,
  ]);
  assert.equal(new Set(ports).size, 4);
  assert.ok(!ports.includes(9095));
});

test('all that an engine keeps lies on its volume', () => {
  const data: Readonly<Record<string, readonly string[]>> = {
    loki: [loki.common.path_prefix, loki.common.storage.object_store.filesystem.dir],
    tempo: [
      tempo.live_store.wal.path,
      tempo.live_store.shutdown_marker_dir,
      tempo.backend_scheduler.local_work_path,
      tempo.storage.trace.wal.path,
      tempo.storage.trace.local.path,
    ],
  };
  for (const [engine, paths] of Object.entries(data)) {
    const mounts = compose.services[engine].volumes.map((volume: string) => volume.split(':'));
    const [, mount] = mounts.find(([from]: string[]) => from === `${engine}-data`);
    for (const path of paths)
      assert.ok(path === mount || path.startsWith(`${mount}/`), `${path} is not on ${mount}`);
    assert.ok(compose.services[engine].command.includes('-config.expand-env=true'));
  }
  assert.equal(loki.storage_config.use_thanos_objstore, true);
  assert.ok(compose.services.prometheus.command.includes('--storage.tsdb.path=/prometheus'));
  assert.ok(compose.services.prometheus.volumes.includes('prometheus-data:/prometheus'));
});

test('engines are pinned, reached from this machine only, limited in memory, and use the configurations tested here', () => {
  assert.deepEqual(
    ENGINES.map((engine) => compose.services[engine].image),
    ['prom/prometheus:v3.14.0', 'grafana/loki:3.7.6', 'grafana/tempo:3.0.3'],
  );
  for (const engine of ENGINES) {
    const { ports, mem_limit, volumes } = compose.services[engine];
    for (const port of ports) assert.match(port, /^127\.0\.0\.1:\d+:\d+$/);
    assert.match(mem_limit, /^\d+[mg]$/);
    assert.ok(volumes.some((volume: string) => volume.startsWith(`./provisioning/${engine}.y`)));
  }
});

test('the generator waits by itself: the images have no shell for a health check', () => {
  for (const service of Object.values<Yaml>(compose.services)) assert.equal(service.healthcheck, undefined);
  assert.deepEqual(compose.services.generator.depends_on, [...ENGINES, 'grafana']);
  assert.equal(compose.services.generator.command[0], 'backfill');
  assert.equal(compose.services.generator.ports, undefined);
});

test('Grafana is pinned, reached from this machine only, limited in memory, and takes nothing from the checkout', () => {
  const { build, ports, mem_limit, volumes, environment } = compose.services.grafana;
  assert.deepEqual(build, { context: '.', dockerfile: 'provisioning/grafana/Dockerfile' });
  assert.match(grafanaImage, /^FROM grafana\/grafana:\d+\.\d+\.\d+$/m);
  assert.deepEqual(ports, ['127.0.0.1:3000:3000']);
  assert.match(mem_limit, /^\d+[mg]$/);
  for (const volume of volumes) assert.match(volume, /^[a-z]/, 'a volume, no folder of this machine');
  for (const store of ENGINES) {
    assert.ok(environment[`${store.toUpperCase()}_URL`].startsWith(`http://${store}:`));
  }
});

test('the generator writes the dashboards where Grafana reads them', () => {
  const { command, volumes } = compose.services.generator;
  const folder = command[command.indexOf('--dashboards') + 1];
  assert.ok(volumes.includes(`dashboards:${folder}`));
  assert.ok(compose.services.grafana.volumes.includes(`dashboards:${folder}`));
  assert.match(grafanaImage, new RegExp(`DASHBOARDS_PATH=${folder}$`, 'm'));
});

test('a candidate looks and explores without an account, and nothing is fetched', () => {
  const settings = new Map<string, string>();
  let section = '';
  for (const line of grafanaIni.split('\n')) {
    section = /^\[(.*)\]$/.exec(line)?.[1] ?? section;
    const [, name, value] = /^(\w+) = (.*)$/.exec(line) ?? [];
    if (name && value) settings.set(`${section}.${name}`, value);
  }
  const expected = {
    'auth.anonymous.enabled': 'true',
    'auth.anonymous.org_role': 'Viewer',
    'users.viewers_can_edit': 'true',
    'plugins.preinstall_disabled': 'true',
    'plugins.plugin_admin_enabled': 'false',
    'plugins.public_key_retrieval_disabled': 'true',
    'analytics.reporting_enabled': 'false',
    'analytics.check_for_updates': 'false',
    'analytics.check_for_plugin_updates': 'false',
    'news.news_feed_enabled': 'false',
    'security.disable_gravatar': 'true',
  };
  assert.deepEqual(
    Object.fromEntries(Object.keys(expected).map((name) => [name, settings.get(name)])),
    expected,
  );
  const ids = ['database-analyzer-panel', 'service-graph-panel'].map(
    (name) => JSON.parse(text(`plugins/${name}/src/plugin.json`)).id,
  );
  assert.deepEqual(settings.get('plugins.allow_loading_unsigned_plugins')?.split(','), ids);
  for (const id of ids) assert.match(grafanaImage, new RegExp(`/var/lib/incident/plugins/${id}$`, 'm'));
});

test('images are installed from the lock file, which lists every workspace', () => {
  const { workspaces } = JSON.parse(text('package.json'));
  const folders = workspaces.flatMap((workspace: string) =>
    workspace === 'plugins/*'
      ? ['plugins/database-analyzer-panel', 'plugins/service-graph-panel']
      : [workspace],
  );
  for (const file of ['generator/Dockerfile', 'provisioning/grafana/Dockerfile']) {
    for (const stage of text(file)
      .split(/^FROM /m)
      .filter((part) => part.includes('npm ci'))) {
      for (const folder of folders)
        assert.ok(stage.includes(`COPY ${folder}/package.json ${folder}/\n`), `${file}: ${folder}`);
    }
  }
});

test('the compose file needs no version and uses nothing that only Compose 2 knows', () => {
  assert.equal(compose.version, undefined);
  const known = ['image', 'build', 'command', 'environment', 'volumes', 'ports', 'mem_limit', 'depends_on'];
  for (const [name, service] of Object.entries<Yaml>(compose.services)) {
    for (const key of Object.keys(service)) assert.ok(known.includes(key), `${name}.${key}`);
  }
});
