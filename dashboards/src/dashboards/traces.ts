/** Requests of the API as traces. */
import * as common from '@grafana/grafana-foundation-sdk/common';
import * as table from '@grafana/grafana-foundation-sdk/table';
import { DATASOURCE, FIGURES_OVER } from '../config.js';
import { buildDashboard } from '../frame.js';
import { byRegexp } from '../overrides.js';
import { lines, OVER, type Place, titled } from '../panels.js';
import { selected } from '../queries/api.js';
import { RATE } from '../queries/promql.js';
import * as traces from '../queries/traces.js';
import { joined } from '../tables.js';
import { range, rows, type TraceTable, traceSearch } from '../targets.js';
import { called, oneOf, route } from '../variables.js';

interface Search {
  readonly title: string;
  readonly description: string;
  readonly at: Place;
  readonly query: string;
  readonly kind: TraceTable;
}

const WIDTHS = [
  byRegexp('^(traceID|Trace ID|spanID|Span ID)$', { 'custom.width': 95 }),
  byRegexp('^(startTime|time|Start time)$', { 'custom.width': 155 }),
  // All calls are of one kind, and the name of the trace has the route.
  byRegexp('^(traceService|Service|Trace Service|kind|http\\.route)$', { 'custom.hidden': true }),
  byRegexp('^(traceDuration|duration|Duration)$', { 'custom.width': 78 }),
];

function search({ query, kind, ...basics }: Search) {
  return titled(new table.PanelBuilder(), basics)
    .datasource(DATASOURCE.tempo)
    .targets([traceSearch(query, kind, 50)])
    .unit('short')
    .cellHeight(common.TableCellHeight.Sm)
    .showHeader(true)
    .overrides(WIDTHS);
}

const figures = traces.spanFigures(FIGURES_OVER);

const panels = [
  lines({
    title: 'P95 by endpoint',
    description: 'P95 of the selected routes. Each diamond is one request with its trace.',
    at: [0, 0, 12, 6],
    unit: 's',
    log: true,
    legend: 'none',
    targets: [range(selected.quantile(0.95, RATE), '{{method}} {{route}}', { exemplar: true })],
  }),
  lines({
    title: 'Requests in progress',
    description: 'Requests of the selected routes under way on average (rate × mean time).',
    at: [12, 0, 12, 6],
    unit: 'short',
    decimals: 1,
    min: 0,
    legend: 'none',
    targets: [range(selected.inFlight('2m'), '{{method}} {{route}}')],
  }),
  search({
    title: 'Requests',
    description:
      'Requests of the selected routes that took longer than chosen and have a call to the chosen service; 50 of them. A trace id opens the trace.',
    at: [0, 6, 12, 10],
    query: traces.requests(),
    kind: 'traces',
  }),
  search({
    title: 'Failed requests',
    description: 'Requests of the selected routes that failed; 50 of them. A trace id opens the trace.',
    at: [12, 6, 12, 10],
    query: traces.failedRequests(),
    kind: 'traces',
  }),
  search({
    title: 'Calls',
    description:
      'Calls to the chosen service on behalf of the selected routes that took longer than chosen; 50 of them.',
    at: [0, 16, 11, 10],
    query: traces.calls(),
    kind: 'spans',
  }),
  joined({
    title: 'Spans by name',
    description: `Spans of all services by name, ${OVER}: rate, share with an error, mean time, and (open) how many are under way at once.`,
    at: [11, 16, 13, 10],
    sortBy: 'Open',
    targets: [
      rows(figures.rate, 'A'),
      rows(figures.failed, 'B'),
      rows(figures.mean, 'C'),
      rows(figures.inFlight, 'D'),
    ],
    columns: [
      { field: 'service', name: 'Service', width: 118 },
      { field: 'span_name', name: 'Span' },
      { field: 'span_kind', name: 'span_kind', hidden: true },
      { field: 'Value #A', name: 'Rate', unit: 'reqps', decimals: 2, width: 84 },
      { field: 'Value #B', name: 'Errors', unit: 'percentunit', decimals: 0, width: 62 },
      { field: 'Value #C', name: 'Mean', unit: 's', decimals: 0, width: 66 },
      { field: 'Value #D', name: 'Open', unit: 'short', decimals: 1, width: 72 },
    ],
  }),
];

export const tracesDashboard = buildDashboard({
  key: 'traces',
  description: 'Requests of the API as traces, by route, duration and called service.',
  variables: [
    route(),
    called(),
    oneOf({
      name: 'longer',
      label: 'Longer than',
      description: 'Only requests and calls that took longer',
      values: ['0ms', '300ms', '1s', '5s', '10s', '15s', '20s'],
    }),
  ],
  panels,
});
