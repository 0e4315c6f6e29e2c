/** Services that others run, as their callers time them. */
import { COMPARE_OVER, LATENCY_BUDGET_S, SERVICE_COLOR } from '../config.js';
import { buildDashboard } from '../frame.js';
import { cell, dataLink, panelLink } from '../links.js';
import { distribution, lines, OVER } from '../panels.js';
import * as external from '../queries/external.js';
import { atStart } from '../queries/promql.js';
import { joined } from '../tables.js';
import { bucketRates, range, rows } from '../targets.js';
import { externalService } from '../variables.js';

const TEN_MINUTES_MS = 600_000;
const { SELECTED, byCaller } = external;
const BUDGETS = Object.entries(LATENCY_BUDGET_S).map(([service, budget_s]) => ({
  name: `budget ${external.shortNameOf(service)}`,
  expr: `vector(${budget_s})`,
  color: SERVICE_COLOR[service] ?? 'orange',
}));
const COLOR = { ...SERVICE_COLOR, ...Object.fromEntries(BUDGETS.map(({ name, color }) => [name, color])) };

const charts = [
  ...(
    [
      ['Latency P50', 0.5, 0],
      ['Latency P95', 0.95, 8],
      ['Latency P99', 0.99, 16],
    ] as const
  ).map(([title, q, x]) =>
    lines({
      title,
      description: `P${q * 100} of a call by service, over 5 min.${q === 0.95 ? ' Dashed: the budgets that were agreed on.' : ''} Each diamond is one call with its trace.`,
      at: [x, 0, 8, 8],
      unit: 's',
      log: true,
      joined: TEN_MINUTES_MS,
      color: q === 0.95 ? COLOR : SERVICE_COLOR,
      limits: q === 0.95 ? BUDGETS.map(({ name }) => name) : [],
      targets: [
        range(external.latency(q, SELECTED), '{{service}}', { exemplar: true }),
        ...(q === 0.95 ? BUDGETS.map(({ name, expr }) => range(expr, name)) : []),
      ],
    }),
  ),
  lines({
    title: 'Calls',
    description: 'Calls answered per second by service.',
    at: [0, 8, 8, 7],
    unit: 'reqps',
    log: true,
    max: 100,
    joined: TEN_MINUTES_MS,
    color: SERVICE_COLOR,
    targets: [range(`${external.calls(SELECTED, '2m')} > 0`, '{{service}}')],
  }),
  lines({
    title: 'Calls in flight',
    description: 'Calls under way on average (rate × mean latency) by service.',
    at: [8, 8, 8, 7],
    unit: 'short',
    decimals: 1,
    min: 0,
    color: SERVICE_COLOR,
    links: [panelLink('graph')],
    targets: [range(external.inFlight(SELECTED), '{{service}}')],
  }),
  lines({
    title: 'Failed calls',
    description: 'Share of calls that failed, by service, over 5 min; from the traces.',
    at: [16, 8, 8, 7],
    unit: 'percentunit',
    min: 0,
    max: 1,
    joined: TEN_MINUTES_MS,
    color: SERVICE_COLOR,
    targets: [range(external.failedShare(), '{{server}}')],
  }),
  distribution({
    title: 'Call times',
    description: 'How many calls to the selected services took how long, per second.',
    at: [0, 15, 9, 9],
    unit: 's',
    targets: [bucketRates(external.buckets())],
  }),
  joined({
    title: 'Callers',
    description: `Calls by who makes them and on behalf of which route, ${OVER}; from the traces. A route leads to its traces with a call to the service.`,
    at: [9, 15, 15, 9],
    sortBy: 'In flight',
    targets: [rows(byCaller.rate(), 'A'), rows(byCaller.mean(), 'B'), rows(byCaller.inFlight(), 'C')],
    columns: [
      { field: 'server', name: 'Service', width: 140 },
      { field: 'client', name: 'Caller', width: 130 },
      {
        field: 'client_http_route',
        name: 'Route',
        more: {
          links: [dataLink('Traces', 'traces', { route: cell('Route'), called: cell('Service') })],
        },
      },
      { field: 'Value #A', name: 'Calls', unit: 'reqps', decimals: 2, width: 88 },
      { field: 'Value #B', name: 'Mean', unit: 's', decimals: 0, width: 66 },
      { field: 'Value #C', name: 'In flight', unit: 'short', decimals: 1, width: 76 },
    ],
  }),
  joined({
    title: 'Services',
    description: `P50, P95 and calls in flight of the ${OVER}, and P95 in the first ${COMPARE_OVER.replace('m', '')} min of the range.`,
    at: [0, 24, 24, 7],
    sortBy: 'P95',
    targets: [
      rows(external.calls(SELECTED, '5m'), 'A'),
      rows(external.latency(0.5, SELECTED), 'B'),
      rows(external.latency(0.95, SELECTED), 'C'),
      rows(`${atStart(external.latency(0.95, SELECTED), COMPARE_OVER)} >= 0`, 'D'),
      rows(external.inFlight(SELECTED, '5m'), 'E'),
    ],
    columns: [
      {
        field: 'service',
        name: 'Service',
        more: { links: [dataLink('Traces with a call to it', 'traces', { called: cell('Service') })] },
      },
      { field: 'Value #A', name: 'Calls', unit: 'reqps', decimals: 2 },
      { field: 'Value #E', name: 'In flight', unit: 'short', decimals: 2 },
      { field: 'Value #B', name: 'P50', unit: 's', decimals: 1 },
      { field: 'Value #C', name: 'P95', unit: 's', decimals: 1 },
      { field: 'Value #D', name: 'P95 at start', unit: 's', decimals: 1 },
    ],
  }),
];

export const externalServices = buildDashboard({
  key: 'external',
  description: 'Rate, latency and failures of the services that others run.',
  variables: [externalService()],
  panels: charts,
});
