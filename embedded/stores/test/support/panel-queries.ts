/** The queries of both panels. Their modules are written for a bundler: they are bundled to be asked. */
import path from 'node:path';
import { build } from 'esbuild';
import { TEST_FOLDER } from './frozen-run.js';
import { instantQuery, rangeQuery, searchQuery } from './provisioned.js';
import type { Query } from './query.js';

const PLUGINS = path.resolve(TEST_FOLDER, '../../../plugins');
const SNAPSHOTS = '{job="integrations/db-o11y", op="session_snapshot"}';
const APPLICATION = 'api';

interface GraphModule {
  readonly suggestedQueries: (window?: string) => readonly {
    readonly refId: string;
    readonly expr: string;
    readonly instant: boolean;
  }[];
}

interface AnalyzerModule {
  readonly sessionLogs: (selector: string, pid: number) => string;
  readonly snapshotCounts: (selector: string, stepMs: number) => string;
  readonly snapshotCountsByState: (selector: string, application: string, stepMs: number) => string;
  readonly connectionSeconds: (
    selector: string,
    options: { readonly application: string; readonly groupBy: string; readonly windowMs: number },
  ) => string;
  readonly traceLogs: (selector: string, traceId: string) => string;
  readonly routeTraces: (route: string) => string;
}

interface GroupModule {
  readonly GROUP_LABEL: Readonly<Record<string, unknown>>;
}

export async function panelQueries(): Promise<Query[]> {
  const graph = await bundled<GraphModule>('service-graph-panel/src/model/queries.ts');
  const analyzer = await bundled<AnalyzerModule>('database-analyzer-panel/src/model/queries.ts');
  const { GROUP_LABEL } = await bundled<GroupModule>(
    'database-analyzer-panel/src/model/connection-seconds.ts',
  );
  const inGraph = graph
    .suggestedQueries('2m')
    .map(({ refId, expr, instant }) =>
      (instant ? instantQuery : rangeQuery)('prometheus', expr, `service graph ${refId}`),
    );
  const grouped = Object.keys(GROUP_LABEL).map((groupBy) =>
    analyzer.connectionSeconds(SNAPSHOTS, { application: APPLICATION, groupBy, windowMs: 60_000 }),
  );
  return [
    ...inGraph,
    ...grouped.map((text) => instantQuery('loki', text, 'database analyzer')),
    rangeQuery('loki', analyzer.snapshotCounts(SNAPSHOTS, 5000), 'database analyzer'),
    rangeQuery('loki', analyzer.snapshotCountsByState(SNAPSHOTS, APPLICATION, 5000), 'database analyzer'),
    rangeQuery('loki', analyzer.sessionLogs(SNAPSHOTS, 1742), 'database analyzer'),
    rangeQuery('loki', analyzer.traceLogs('{service_name=~".+"}', '$trace'), 'database analyzer'),
    searchQuery(analyzer.routeTraces('POST /api/workflows/import'), 'database analyzer'),
  ];
}

async function bundled<T>(file: string): Promise<T> {
  const { outputFiles } = await build({
    entryPoints: [path.join(PLUGINS, file)],
    bundle: true,
    write: false,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    logLevel: 'warning',
  });
  const code = Buffer.from(outputFiles[0]?.contents ?? []).toString('base64');
  return (await import(`data:text/javascript;base64,${code}`)) as T;
}
