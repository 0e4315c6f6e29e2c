/** The API endpoint by endpoint. */
import { METRIC } from 'interview-app/telemetry-names';
import { THRESHOLD } from '../config.js';
import { buildDashboard } from '../frame.js';
import { dataLink, label } from '../links.js';
import { distribution, lines, OVER } from '../panels.js';
import { cacheHitShare, selected } from '../queries/api.js';
import { RATE } from '../queries/promql.js';
import { percent } from '../say.js';
import { bucketRates, range } from '../targets.js';
import { route } from '../variables.js';
import { endpointTable } from './endpoint-table.js';

const NAME = '{{method}} {{route}}';
const TO_TRACES = [dataLink('Traces of this route', 'traces', { route: label('route') })];
const STATUS_COLOR = { '503': 'orange', '504': 'red', '500': 'dark-red' };

const panels = [
  lines({
    title: 'Requests by endpoint',
    description: 'Requests answered per second by endpoint. A point leads to the traces of its route.',
    at: [0, 0, 8, 7],
    unit: 'reqps',
    min: 0,
    legend: 'none',
    seriesLinks: TO_TRACES,
    targets: [range(selected.rate(), NAME)],
  }),
  lines({
    title: 'Requests by status',
    description: 'Requests answered per second by status.',
    at: [8, 0, 8, 7],
    unit: 'reqps',
    min: 0,
    stacked: true,
    fill: 50,
    color: {
      '200': 'green',
      '201': 'semi-dark-green',
      '202': 'dark-green',
      '204': 'light-green',
      ...STATUS_COLOR,
    },
    targets: [range(selected.byStatus(), '{{status_code}}')],
  }),
  lines({
    title: '5xx share by endpoint',
    description: `Share of each endpoint’s requests answered with 5xx, over 5 min.`,
    at: [16, 0, 8, 7],
    unit: 'percentunit',
    min: 0,
    max: 1,
    legend: 'none',
    limits: [percent(THRESHOLD.apiErrors.over)],
    seriesLinks: TO_TRACES,
    targets: [
      range(selected.errorShare(), NAME),
      range(`vector(${THRESHOLD.apiErrors.over})`, percent(THRESHOLD.apiErrors.over)),
    ],
  }),
  ...(
    [
      ['P50', 0.5, 0],
      ['P95', 0.95, 8],
      ['P99', 0.99, 16],
    ] as const
  ).map(([title, q, x]) =>
    lines({
      title: `${title} by endpoint`,
      description: `${title} of each endpoint. Each diamond is one request with its trace.`,
      at: [x, 7, 8, 7],
      unit: 's',
      log: true,
      legend: 'none',
      seriesLinks: TO_TRACES,
      targets: [range(selected.quantile(q, RATE), NAME, { exemplar: true })],
    }),
  ),
  distribution({
    title: 'Response times',
    description: 'How many requests of the selected routes took how long, per second.',
    at: [0, 14, 12, 8],
    unit: 's',
    targets: [bucketRates(selected.buckets())],
  }),
  lines({
    title: 'Requests in progress',
    description:
      'Requests under way on average (rate × mean time) by endpoint; each counts once it is answered.',
    at: [12, 14, 6, 8],
    unit: 'short',
    decimals: 1,
    min: 0,
    legend: 'none',
    seriesLinks: TO_TRACES,
    targets: [range(selected.inFlight('2m'), NAME)],
  }),
  lines({
    title: 'Answered from the cache',
    description: `Share of look-ups that the in-process cache answered, by cache (${METRIC.cacheRequests}).`,
    at: [18, 14, 6, 8],
    unit: 'percentunit',
    min: 0,
    max: 1,
    legend: 'none',
    targets: [range(cacheHitShare(), '{{cache}}')],
  }),
  endpointTable({ at: [0, 22, 24, 14], link: 'traces' }),
];

export const apiEndpoints = buildDashboard({
  key: 'api',
  description: `Rate, errors and duration of each endpoint. Tables show the ${OVER}.`,
  variables: [route()],
  panels,
});
