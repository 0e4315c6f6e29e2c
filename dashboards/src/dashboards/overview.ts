/**
 * The first screen. Four columns in the order of reading: API, database server, connection pool, external calls;
 * from top to bottom: now, course, detail, breakdown.
 */
import { METRIC } from 'interview-app/telemetry-names';
import { COMPARE_OVER, POOL_TIMEOUT_S, SERVICE_COLOR, THRESHOLD } from '../config.js';
import { buildDashboard } from '../frame.js';
import { cell, dataLink, panelLink } from '../links.js';
import { figure, lines, OVER } from '../panels.js';
import * as api from '../queries/api.js';
import * as database from '../queries/database.js';
import * as external from '../queries/external.js';
import * as pool from '../queries/pool.js';
import { atStart, RATE, withState } from '../queries/promql.js';
import { count, percent, seconds } from '../say.js';
import { joined } from '../tables.js';
import { instant, range, rows } from '../targets.js';
import { endpointTable } from './endpoint-table.js';

const FIVE_MINUTES_MS = 300_000;
const SHORT_COLOR = Object.fromEntries(
  Object.entries(SERVICE_COLOR).map(([service, color]) => [external.shortNameOf(service), color]),
);

const now = [
  figure({
    title: 'Errors',
    description: `Share of requests answered with 5xx, ${OVER}.`,
    at: [0, 0, 3, 3],
    unit: 'percentunit',
    decimals: 0,
    threshold: THRESHOLD.apiErrors,
    targets: [instant(withState(api.errorShare(), THRESHOLD.apiErrors, { say: percent }), '{{state}}')],
  }),
  figure({
    title: 'API P99',
    description: `Median over the endpoints of each endpoint’s P99, ${OVER}.`,
    at: [3, 0, 3, 3],
    unit: 's',
    decimals: 1,
    threshold: THRESHOLD.apiP99_s,
    targets: [instant(withState(api.medianP99(), THRESHOLD.apiP99_s, { say: seconds }), '{{state}}')],
  }),
  figure({
    title: 'DB CPU',
    description: `Share of the database server’s processors in use, ${OVER}.`,
    at: [6, 0, 3, 3],
    unit: 'percentunit',
    decimals: 0,
    threshold: THRESHOLD.cpu,
    targets: [instant(withState(database.cpu(), THRESHOLD.cpu, { say: percent }), '{{state}}')],
  }),
  figure({
    title: 'SQL P95',
    description: `P95 time of a statement, from sending it to its result, without waiting for a connection; ${OVER}.`,
    at: [9, 0, 3, 3],
    unit: 's',
    decimals: 1,
    threshold: THRESHOLD.queryP95_s,
    targets: [
      instant(withState(database.statementTime(0.95), THRESHOLD.queryP95_s, { say: seconds }), '{{state}}'),
    ],
  }),
  figure({
    title: 'Pool use',
    description: 'Connections in use over the pool’s maximum.',
    at: [12, 0, 3, 3],
    unit: 'percentunit',
    decimals: 0,
    threshold: THRESHOLD.pool,
    targets: [instant(withState(pool.utilization(), THRESHOLD.pool, { say: percent }), '{{state}}')],
  }),
  figure({
    title: 'Waiting',
    description: 'Requests waiting for a connection from the pool.',
    at: [15, 0, 3, 3],
    unit: 'short',
    decimals: 0,
    threshold: THRESHOLD.waiting,
    targets: [
      instant(withState(pool.waiting(), THRESHOLD.waiting, { say: count, counts: true }), '{{state}}'),
    ],
  }),
  figure({
    title: 'In flight',
    description: `Calls to external services under way on average (rate × mean latency), ${OVER}.`,
    at: [18, 0, 3, 3],
    unit: 'short',
    decimals: 0,
    targets: [instant(external.allInFlight(), 'all services')],
  }),
  figure({
    title: 'External',
    description: `Highest mean latency of one external service, ${OVER}.`,
    at: [21, 0, 3, 3],
    unit: 's',
    decimals: 1,
    targets: [instant(external.highestMean(), '{{service}}')],
  }),
];

const course = [
  lines({
    title: 'API requests by result',
    description:
      'Requests per second by status; 503 and 504 apart. A click on a point leads to the endpoints.',
    at: [0, 3, 6, 6],
    unit: 'reqps',
    min: 0,
    stacked: true,
    fill: 50,
    color: { '2xx': 'green', '4xx': 'yellow', '503': 'orange', '504': 'red' },
    links: [panelLink('api')],
    targets: [
      range(api.requests('2..'), '2xx'),
      range(api.requests('4..'), '4xx'),
      range(api.failuresByStatus(), '{{status_code}}'),
    ],
  }),
  lines({
    title: 'Database CPU',
    description: 'Share of the database server’s processors in use.',
    at: [6, 3, 6, 6],
    unit: 'percentunit',
    min: 0,
    max: 1,
    fill: 15,
    color: { CPU: 'blue' },
    limits: [percent(THRESHOLD.cpu.warn)],
    links: [panelLink('database')],
    targets: [
      range(database.cpu(RATE), 'CPU'),
      range(`vector(${THRESHOLD.cpu.warn})`, percent(THRESHOLD.cpu.warn)),
    ],
  }),
  lines({
    title: 'Pool connections',
    description: 'Connections of the API’s pool in use, and its maximum.',
    at: [12, 3, 6, 6],
    unit: 'short',
    min: 0,
    fill: 15,
    color: { used: 'blue', max: 'text' },
    limits: [percent(THRESHOLD.pool.warn), 'max'],
    links: [panelLink('analyzer')],
    targets: [
      range(pool.inUse(), 'used'),
      range(pool.max(), 'max'),
      range(`${THRESHOLD.pool.warn} * ${pool.max()}`, percent(THRESHOLD.pool.warn)),
    ],
  }),
  lines({
    title: 'External latency, mean',
    description: 'Mean time of a call by external service. Calls that are still under way are not in it yet.',
    at: [18, 3, 6, 6],
    unit: 's',
    log: true,
    color: SHORT_COLOR,
    joined: FIVE_MINUTES_MS,
    links: [panelLink('external')],
    targets: [range(external.shortName(external.meanLatency()), '{{name}}')],
  }),
];

const detail = [
  lines({
    title: 'API P99 by endpoint',
    description:
      'P99 of each endpoint: 99 of 100 requests took at most so long. Names are in the tooltip; each diamond is one request with its trace.',
    at: [0, 9, 6, 5],
    unit: 's',
    log: true,
    legend: 'none',
    links: [panelLink('api')],
    targets: [range(api.quantileByEndpoint(0.99, RATE), '{{method}} {{route}}', { exemplar: true })],
  }),
  lines({
    title: 'Query latency',
    description:
      'P50, P95 and P99 of statements, from sending one to its result, without waiting for a connection.',
    at: [6, 9, 6, 5],
    unit: 's',
    min: 0,
    max: 0.1,
    color: { P50: 'green', P95: 'blue', P99: 'purple' },
    limits: [seconds(THRESHOLD.queryP95_s.warn)],
    links: [panelLink('database')],
    targets: [
      range(database.statementTime(0.5, RATE), 'P50'),
      range(database.statementTime(0.95, RATE), 'P95'),
      range(database.statementTime(0.99, RATE), 'P99'),
      range(`vector(${THRESHOLD.queryP95_s.warn})`, seconds(THRESHOLD.queryP95_s.warn)),
    ],
  }),
  lines({
    title: 'Requests waiting',
    description: 'How many requests wait for a connection of the pool, at each sample.',
    at: [12, 9, 6, 5],
    unit: 'short',
    min: 0,
    fill: 15,
    color: { waiting: 'blue' },
    links: [panelLink('database')],
    targets: [range(pool.waiting(), 'waiting')],
  }),
  lines({
    title: 'External calls in flight',
    description:
      'Calls under way on average (rate × mean latency) by external service, in the colours of the panel above.',
    at: [18, 9, 6, 5],
    unit: 'short',
    decimals: 0,
    min: 0,
    legend: 'none',
    color: SHORT_COLOR,
    links: [panelLink('graph')],
    targets: [range(external.shortName(external.inFlight()), '{{name}}')],
  }),
];

const breakdown = [
  endpointTable({ at: [0, 14, 12, 6], link: 'traces' }),
  lines({
    title: 'Wait for a connection',
    description:
      'How long requests waited until they got a connection or gave up. A wait ends after 10 s at most for most of them.',
    at: [12, 14, 6, 6],
    unit: 's',
    log: true,
    color: { P50: 'green', P95: 'blue' },
    limits: [`timeout ${seconds(POOL_TIMEOUT_S)}`],
    links: [panelLink('database')],
    targets: [
      range(pool.waitTime(0.5, RATE), 'P50'),
      range(pool.waitTime(0.95, RATE), 'P95'),
      range(`vector(${POOL_TIMEOUT_S})`, `timeout ${seconds(POOL_TIMEOUT_S)}`),
    ],
  }),
  joined({
    title: 'External latency, P95',
    description: `P95 of a call by external service: in the first ${COMPARE_OVER.replace('m', '')} min of the range, and now (${OVER}). A name leads to the traces with a call to it.`,
    at: [18, 14, 6, 6],
    sortBy: 'Now',
    targets: [
      rows(external.shortName(`${atStart(external.latency(0.95), COMPARE_OVER)} >= 0`), 'A'),
      rows(external.shortName(`${external.latency(0.95)} >= 0`), 'B'),
    ],
    columns: [
      {
        field: 'name',
        name: 'Service',
        width: 96,
        more: { links: [dataLink('Traces with a call to it', 'traces', { called: cell('service') })] },
      },
      { field: 'service', name: 'service', hidden: true },
      { field: 'Value #A', name: 'At start', unit: 's', decimals: 0, width: 72 },
      { field: 'Value #B', name: 'Now', unit: 's', decimals: 0, width: 76 },
    ],
  }).links([panelLink('external')]),
];

export const overview = buildDashboard({
  key: 'overview',
  description: `The API, its database, its connection pool and the services it calls. Metric names to start from: ${METRIC.httpRequests}, ${METRIC.poolUtilization}, ${METRIC.externalApiCallLatency}.`,
  panels: [...now, ...course, ...detail, ...breakdown],
});
