/** The panel's options, their defaults, and their editor. */
import type { PanelOptionsEditorBuilder } from '@grafana/data';
import type { Positions } from './layout/layout';
import type { Compare, ModelOptions } from './model/options';

export interface Options {
  readonly view: 'graph' | 'table';
  /** s */
  readonly figuresOver: number;
  readonly compareWith: Compare;
  /** s */
  readonly compareOver: number;
  /** Percent of the calls. */
  readonly errorThreshold: number;
  /** s */
  readonly latencyThreshold: number;
  /** `node = seconds`, one a line. */
  readonly latencyBudgets: string;
  /** 0 to 1 */
  readonly poolThreshold: number;
  readonly queueThreshold: number;
  readonly beads: boolean;
  readonly foldFrom: number;
  /** Regular expressions of whole names. */
  readonly clients: string;
  readonly databases: string;
  readonly externals: string;
  /** `node = name`, one a line. */
  readonly displayNames: string;
  /** Names, one a line. */
  readonly hiddenNodes: string;
  /** Id of a node or an edge (`api>postgresql`) to open; variables are replaced. */
  readonly highlight: string;
  readonly tracesUid: string;
  readonly logsUid: string;
  readonly databaseUrl: string;
  readonly positions: Positions;
}

export const DEFAULTS: Options = {
  view: 'graph',
  figuresOver: 300,
  compareWith: 'start',
  compareOver: 600,
  errorThreshold: 5,
  latencyThreshold: 5,
  latencyBudgets: '',
  poolThreshold: 0.8,
  queueThreshold: 1,
  beads: true,
  foldFrom: 4,
  clients: 'clients?|users?',
  databases: '',
  externals: '',
  displayNames: '',
  hiddenNodes: '',
  highlight: '',
  tracesUid: '',
  logsUid: '',
  databaseUrl: '',
  positions: {},
};

/** Fills in what is missing (a dashboard keeps only what somebody set) and parses texts. */
export function modelOptionsOf(given: Partial<Options>): ModelOptions {
  const options = { ...DEFAULTS, ...given };
  return {
    figuresOver_s: options.figuresOver,
    compare: options.compareWith,
    compareOver_s: options.compareOver,
    errorShare: options.errorThreshold / 100,
    latency_s: options.latencyThreshold,
    budgets_s: numbersOf(options.latencyBudgets),
    poolShare: options.poolThreshold,
    poolQueue: options.queueThreshold,
    clients: wholeName(options.clients),
    databases: wholeName(options.databases),
    externals: wholeName(options.externals),
    displayNames: pairsOf(options.displayNames),
    hidden: new Set(linesOf(options.hiddenNodes)),
  };
}

const NEVER = /^(?!)/;

/** A pattern that is empty, or not a regular expression, matches nothing. */
function wholeName(pattern: string): RegExp {
  if (pattern.trim() === '') return NEVER;
  try {
    return new RegExp(`^(?:${pattern})$`);
  } catch {
    return NEVER;
  }
}

function linesOf(text: string): string[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
}

function pairsOf(text: string): Map<string, string> {
  const pairs = linesOf(text).map((line) => {
    const at = line.indexOf('=');
    return [line.slice(0, at).trim(), line.slice(at + 1).trim()] as const;
  });
  return new Map(pairs.filter(([name, value]) => name !== '' && value !== ''));
}

function numbersOf(text: string): Map<string, number> {
  const numbers = [...pairsOf(text)].map(([name, value]) => [name, Number.parseFloat(value)] as const);
  return new Map(numbers.filter(([, value]) => value > 0));
}

export function buildOptions(builder: PanelOptionsEditorBuilder<Options>): void {
  addFigures(builder);
  addThresholds(builder);
  addDrawing(builder);
  addNodes(builder);
  addLinks(builder);
}

function addFigures(builder: PanelOptionsEditorBuilder<Options>): void {
  const category = ['Figures'];
  builder
    .addNumberInput({
      path: 'figuresOver',
      name: 'Figures over (s)',
      description: 'Window of all figures. Queries with a shorter range selector are averaged over it.',
      defaultValue: DEFAULTS.figuresOver,
      settings: { min: 15, integer: true },
      category,
    })
    .addSelect({
      path: 'compareWith',
      name: 'Compare with',
      defaultValue: DEFAULTS.compareWith,
      settings: {
        options: [
          { value: 'start', label: 'Start of the range' },
          { value: 'previous', label: 'Previous period' },
          { value: 'off', label: 'Nothing' },
        ],
      },
      category,
    })
    .addNumberInput({
      path: 'compareOver',
      name: 'Length of the start (s)',
      defaultValue: DEFAULTS.compareOver,
      settings: { min: 60, integer: true },
      showIf: (options) => options.compareWith !== 'previous' && options.compareWith !== 'off',
      category,
    });
}

function addThresholds(builder: PanelOptionsEditorBuilder<Options>): void {
  const category = ['Thresholds'];
  builder
    .addNumberInput({
      path: 'errorThreshold',
      name: 'Errors (%)',
      description: 'Share of failed calls from which an edge or a node is marked. 0 = never.',
      defaultValue: DEFAULTS.errorThreshold,
      settings: { min: 0, max: 100 },
      category,
    })
    .addNumberInput({
      path: 'latencyThreshold',
      name: 'Latency P95 (s)',
      description: 'Of calls to services and databases. 0 = none.',
      defaultValue: DEFAULTS.latencyThreshold,
      settings: { min: 0 },
      category,
    })
    .addTextInput({
      path: 'latencyBudgets',
      name: 'Latency budgets',
      description:
        'P95 of calls to single nodes, "node = seconds", one a line. An external service has no other.',
      defaultValue: DEFAULTS.latencyBudgets,
      settings: { useTextarea: true, rows: 3, placeholder: 'payment-gateway = 1' },
      category,
    })
    .addNumberInput({
      path: 'poolThreshold',
      name: 'Connection pool in use',
      description: 'Share of a pool, 0 to 1, from which its database is marked. 0 = never.',
      defaultValue: DEFAULTS.poolThreshold,
      settings: { min: 0, max: 1, step: 0.05 },
      category,
    })
    .addNumberInput({
      path: 'queueThreshold',
      name: 'Waiting for a connection',
      description: 'Number of waiting requests from which it is marked. 0 = never.',
      defaultValue: DEFAULTS.queueThreshold,
      settings: { min: 0 },
      category,
    });
}

function addDrawing(builder: PanelOptionsEditorBuilder<Options>): void {
  const category = ['Drawing'];
  builder
    .addRadio({
      path: 'view',
      name: 'View',
      defaultValue: DEFAULTS.view,
      settings: {
        options: [
          { value: 'graph', label: 'Graph' },
          { value: 'table', label: 'Table' },
        ],
      },
      category,
    })
    .addBooleanSwitch({
      path: 'beads',
      name: 'Calls in flight as beads',
      defaultValue: DEFAULTS.beads,
      category,
    })
    .addNumberInput({
      path: 'foldFrom',
      name: 'Fold leaves from',
      description:
        'So many leaves of one caller with the same name but for a number become one node. 0 = never.',
      defaultValue: DEFAULTS.foldFrom,
      settings: { min: 0, integer: true },
      category,
    })
    .addTextInput({
      path: 'highlight',
      name: 'Open at start',
      description: 'A node (api) or an edge (api>postgresql). Variables are replaced.',
      defaultValue: DEFAULTS.highlight,
      category,
    });
}

function addNodes(builder: PanelOptionsEditorBuilder<Options>): void {
  const category = ['Nodes'];
  const pattern = (path: 'clients' | 'databases' | 'externals', name: string, description: string) =>
    builder.addTextInput({ path, name, description, defaultValue: DEFAULTS[path], category });
  pattern('clients', 'Clients', 'Regular expression of the names that stand for users.');
  pattern('databases', 'Databases', 'Beside those of connection_type "database".');
  pattern('externals', 'External services', 'Beside those of connection_type "virtual_node".');
  const lines = (path: 'displayNames' | 'hiddenNodes', name: string, description: string) =>
    builder.addTextInput({
      ...{ path, name, description, category },
      defaultValue: DEFAULTS[path],
      settings: { useTextarea: true, rows: 3 },
    });
  lines('displayNames', 'Display names', '"node = name", one a line.');
  lines('hiddenNodes', 'Hidden nodes', 'Names, one a line.');
}

function addLinks(builder: PanelOptionsEditorBuilder<Options>): void {
  const category = ['Links'];
  const text = (path: 'tracesUid' | 'logsUid' | 'databaseUrl', name: string, description: string) =>
    builder.addTextInput({ path, name, description, defaultValue: DEFAULTS[path], category });
  text('tracesUid', 'Traces: data source uid', 'A Tempo data source; opened in Explore.');
  text('logsUid', 'Logs: data source uid', 'A Loki data source; opened in Explore.');
  text(
    'databaseUrl',
    'Database dashboard',
    'Address of a dashboard about the database. Variables are replaced.',
  );
}
