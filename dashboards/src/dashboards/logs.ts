/** Log lines of the services. */
import { SERVICE } from 'interview-app/telemetry-names';
import { DATASOURCE } from '../config.js';
import { buildDashboard } from '../frame.js';
import { lines, logList } from '../panels.js';
import * as logs from '../queries/logs.js';
import { logCounts, logLines } from '../targets.js';
import { choice, typed } from '../variables.js';

const LEVEL_COLOR = { info: 'green', warn: 'yellow', error: 'red' };

const panels = [
  lines({
    title: 'Lines by event',
    description: 'Log lines that match the variables, by event, in each interval of the graph.',
    at: [0, 0, 16, 8],
    unit: 'short',
    min: 0,
    stacked: true,
    fill: 60,
    legend: 'table',
    targets: [logCounts(logs.countBy('event'), '{{event}}')],
  }).datasource(DATASOURCE.loki),
  lines({
    title: 'Lines by level',
    description: 'Log lines that match the variables, by level, in each interval of the graph.',
    at: [16, 0, 8, 8],
    unit: 'short',
    min: 0,
    stacked: true,
    fill: 60,
    color: LEVEL_COLOR,
    targets: [logCounts(logs.countBy('level'), '{{level}}')],
  }).datasource(DATASOURCE.loki),
  logList({
    title: 'Lines',
    description:
      'The newest 500 lines that match the variables. A line opens to its fields and to its trace.',
    at: [0, 8, 24, 20],
    targets: [logLines(logs.lines(), 500)],
  }),
];

export const logsDashboard = buildDashboard({
  key: 'logs',
  description: 'Log lines of the services by event, level and text.',
  variables: [
    choice({
      name: 'service_name',
      label: 'Service',
      description: 'Who wrote the line',
      values: Object.values(SERVICE),
    }),
    choice({
      name: 'level',
      label: 'Level',
      description: 'Level of the line',
      values: ['info', 'warn', 'error'],
    }),
    choice({ name: 'event', label: 'Event', description: 'Event of the line', values: logs.EVENTS }),
    typed({
      name: 'search',
      label: 'Contains',
      description: 'Text or regular expression; case does not matter',
    }),
  ],
  panels,
});
