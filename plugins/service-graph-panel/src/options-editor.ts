/** The editor of the panel's options. */
import type { PanelOptionsEditorBuilder } from '@grafana/data';
import { DEFAULTS, type Options } from './options';

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
    })
    .addTextInput({
      path: 'markedRoute',
      name: 'Marked route',
      description: 'Edges with calls for it stand out. A variable ($route) is read, and set in the details.',
      defaultValue: DEFAULTS.markedRoute,
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
    'Address of a dashboard about the database. Variables are replaced; $sessions is the caller, or the route.',
  );
  builder.addTextInput({
    ...{ path: 'sessionNames', name: 'Sessions of a service', category },
    description: '"node = text", one a line: what $sessions is for a caller, if not its name.',
    defaultValue: DEFAULTS.sessionNames,
    settings: { useTextarea: true, rows: 3 },
  });
}
