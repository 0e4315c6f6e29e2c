/** One row for each endpoint: now, and beside it the P99 at the start of the range. */
import { COMPARE_OVER, type DashboardKey, FIGURES_OVER, THRESHOLD } from '../config.js';
import { cell, dataLink, panelLink } from '../links.js';
import { OVER, type Place } from '../panels.js';
import * as api from '../queries/api.js';
import { atStart, withState } from '../queries/promql.js';
import { percent } from '../say.js';
import { joined } from '../tables.js';
import { rows } from '../targets.js';

export interface EndpointTable {
  readonly at: Place;
  readonly link: DashboardKey;
}

const COLOURED_TEXT = { 'custom.cellOptions': { type: 'color-text' } };

export function endpointTable({ at, link }: EndpointTable) {
  const errorState = withState(api.endpoints.errorShare(), THRESHOLD.apiErrors, { say: percent });
  const p99 = api.quantileByEndpoint(0.99);
  return joined({
    title: 'Endpoints',
    description: `By endpoint: requests, share answered with 5xx, P50 and P99 of the ${OVER}, and P99 in the first ${COMPARE_OVER.replace('m', '')} min of the range. A name leads to the traces of its route.`,
    at,
    sortBy: 'Requests',
    targets: [
      rows(api.perEndpoint(api.endpoints.rate()), 'A'),
      rows(api.perEndpoint(errorState), 'B'),
      rows(api.perEndpoint(api.quantileByEndpoint(0.5, FIGURES_OVER)), 'C'),
      rows(api.perEndpoint(p99), 'D'),
      rows(api.perEndpoint(atStart(p99, COMPARE_OVER)), 'E'),
    ],
    columns: [
      {
        field: 'endpoint',
        name: 'Endpoint',
        more: { links: [dataLink('Traces of this route', 'traces', { route: cell('route') })] },
      },
      { field: 'route', name: 'route', hidden: true },
      { field: 'method', name: 'method', hidden: true },
      { field: 'Value #A', name: 'Requests', unit: 'reqps', decimals: 2, width: 95 },
      {
        field: 'Value #B',
        name: '5xx',
        unit: 'percentunit',
        decimals: 0,
        width: 60,
        more: { ...COLOURED_TEXT, thresholds: levels(THRESHOLD.apiErrors) },
      },
      { field: 'state', name: '5xx state', width: 95 },
      { field: 'Value #C', name: 'P50', unit: 's', decimals: 1, width: 80 },
      {
        field: 'Value #D',
        name: 'P99',
        unit: 's',
        decimals: 1,
        width: 75,
        more: { ...COLOURED_TEXT, thresholds: levels(THRESHOLD.apiP99_s) },
      },
      { field: 'Value #E', name: 'P99 at start', unit: 's', decimals: 1, width: 100 },
    ],
  }).links([panelLink(link)]);
}

function levels({ warn, over }: { readonly warn: number; readonly over: number }) {
  return {
    mode: 'absolute',
    steps: [
      { value: null, color: 'text' },
      { value: warn, color: 'orange' },
      { value: over, color: 'red' },
    ],
  };
}
