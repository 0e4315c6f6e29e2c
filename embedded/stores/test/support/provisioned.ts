/** Every query that ships: dashboards, alert rules, data source links, both panels, the interviewer's six steps. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { CHECKS, HOLDING_TRACES, IDLE_SESSIONS } from 'interviewer/six-steps';
import { withDefaults } from './dashboard-variables.js';
import { TEST_FOLDER } from './frozen-run.js';
import { panelQueries } from './panel-queries.js';
import { keyOf, type Query, type StoreName } from './query.js';

const PROVISIONING = path.resolve(TEST_FOLDER, '../../../provisioning/grafana');

/** Each one once. */
export async function provisionedQueries(): Promise<Query[]> {
  const queries = [...dashboardQueries(), ...ruleQueries(), ...(await panelQueries()), ...stepQueries()];
  return [...new Map(queries.map((query) => [keyOf(query), query])).values()];
}

interface Target {
  readonly expr?: string;
  readonly query?: string;
  readonly datasource?: { readonly type: string };
  readonly instant?: boolean;
  readonly exemplar?: boolean;
  readonly maxLines?: number;
}

interface Panel {
  readonly type: string;
  readonly title?: string;
  readonly targets?: readonly Target[];
  readonly panels?: readonly Panel[];
}

interface Dashboard {
  readonly panels: readonly Panel[];
  readonly templating: {
    readonly list: readonly { readonly name: string; readonly type: string; readonly query: unknown }[];
  };
  readonly annotations: { readonly list: readonly { readonly name: string; readonly expr?: string }[] };
}

function dashboardQueries(): Query[] {
  const folder = path.join(PROVISIONING, 'dashboards');
  const files = readdirSync(folder).filter((name) => name.endsWith('.json'));
  return files.sort().flatMap((file) => {
    const dashboard = JSON.parse(readFileSync(path.join(folder, file), 'utf8')) as Dashboard;
    const variables = dashboard.templating.list.flatMap(({ name, type, query }) =>
      type === 'query' ? [variableQuery((query as { query: string }).query, `${file} $${name}`)] : [],
    );
    const annotations = dashboard.annotations.list.flatMap(({ name, expr }) =>
      expr ? [rangeQuery('prometheus', expr, `${file} ${name}`)] : [],
    );
    const targets = allPanels(dashboard.panels).flatMap(({ title, type, targets = [] }) =>
      targets.flatMap((target) => targetQueries(target, `${file} "${title ?? type}"`)),
    );
    return [...variables, ...annotations, ...targets];
  });
}

function allPanels(panels: readonly Panel[]): Panel[] {
  return panels.flatMap((panel) => [panel, ...allPanels(panel.panels ?? [])]);
}

function targetQueries(target: Target, source: string): Query[] {
  const text = target.expr ?? target.query ?? '';
  switch (target.datasource?.type) {
    case 'prometheus':
      return [
        target.instant ? instantQuery('prometheus', text, source) : rangeQuery('prometheus', text, source),
        ...(target.exemplar ? [exemplarQuery(text, source)] : []),
      ];
    case 'loki':
      return [{ ...rangeQuery('loki', text, source, target.maxLines), categorize: true }];
    case 'tempo':
      return [searchQuery(text, source)];
    default:
      throw new Error(`${source}: a target of no store that is known`);
  }
}

/** Conditions of alert rules, and the queries that a span leads to. */
function ruleQueries(): Query[] {
  const rules = readFileSync(path.join(PROVISIONING, 'alerting', 'rules.yaml'), 'utf8');
  const sources = readFileSync(path.join(PROVISIONING, 'datasources', 'stores.yaml'), 'utf8');
  return [
    ...[...rules.matchAll(/^ +expr: (.*)$/gm)].map(([, text = '']) =>
      instantQuery('prometheus', text, 'rules.yaml'),
    ),
    ...[...sources.matchAll(/^ +query: (.*)$/gm)].map(([, text = '']) =>
      rangeQuery('prometheus', text.replaceAll(/\$\$\{__span\.tags[^}]*\}/g, 'api'), 'stores.yaml'),
    ),
  ];
}

function stepQueries(): Query[] {
  return [
    ...CHECKS.map(({ store, query, quantity }) => ({ store, query, source: `six steps: ${quantity}` })),
    ...[HOLDING_TRACES, IDLE_SESSIONS].map(
      (query) => ({ store: 'loki', query, source: 'six steps' }) as const,
    ),
  ].map(({ store, query, source }) =>
    // Session by session, Loki takes no more than a few minutes at once.
    store === 'loki' ? since('$end-60s', rangeQuery(store, query, source)) : rangeQuery(store, query, source),
  );
}

function since(start: string, query: Query): Query {
  const parameters = query.parameters.map(
    ([name, value]) => [name, name === 'start' ? start : value] as const,
  );
  return { ...query, parameters };
}

const SENT = { method: 'GET', categorize: false, wrong: false } as const;
const LOKI_LINES = 1000;
/** A dashboard's own steps: those of the scrapes, and of the session snapshots. */
const STEP = { prometheus: '15', loki: '5' } as const;

export function rangeQuery(
  store: 'prometheus' | 'loki',
  text: string,
  source: string,
  limit: number = LOKI_LINES,
): Query {
  const parameters = [
    ['query', withDefaults(text)],
    ['start', '$start'],
    ['end', '$end'],
    ['step', STEP[store]],
    ...(store === 'loki' ? ([['limit', String(limit)]] as const) : []),
  ] as const;
  const path = store === 'loki' ? '/loki/api/v1/query_range' : '/api/v1/query_range';
  return { ...SENT, store, path, parameters, source };
}

export function instantQuery(store: 'prometheus' | 'loki', text: string, source: string): Query {
  const path = store === 'loki' ? '/loki/api/v1/query' : '/api/v1/query';
  const parameters = [
    ['query', withDefaults(text)],
    ['time', '$end'],
  ] as const;
  return { ...SENT, store, path, parameters, source };
}

/** All matches of the last seconds, with all of their spans: which ones a limit leaves is the engine's own choice. */
export function searchQuery(text: string, source: string): Query {
  const parameters = [
    ['q', withDefaults(text)],
    ['start', '$end-10s'],
    ['end', '$end'],
    ['limit', '2000'],
    ['spss', '100'],
  ] as const;
  return { ...SENT, store: 'tempo', path: '/api/search', parameters, source };
}

function exemplarQuery(text: string, source: string): Query {
  const parameters = [
    ['query', withDefaults(text)],
    ['start', '$start'],
    ['end', '$end'],
  ] as const;
  return { ...SENT, store: 'prometheus', path: '/api/v1/query_exemplars', parameters, source };
}

/** `label_values(series, label)`, as Grafana asks for it. */
function variableQuery(text: string, source: string): Query {
  const [, series = '', label = ''] = /^label_values\((.*), (\w+)\)$/.exec(text) ?? [];
  if (!label) throw new Error(`${source}: a variable of no kind that is known: ${text}`);
  const parameters = [
    ['match[]', series],
    ['start', '$start'],
    ['end', '$end'],
  ] as const;
  return {
    ...SENT,
    store: 'prometheus' as StoreName,
    path: `/api/v1/label/${label}/values`,
    parameters,
    source,
  };
}
