/** One row for each endpoint: now, and beside it the P99 at the start of the range. */
import { COMPARE_OVER, type DashboardKey, FIGURES_OVER, THRESHOLD, type Threshold } from '../config.js';
import { cell, dataLink, panelLink } from '../links.js';
import { OVER, type Place } from '../panels.js';
import * as api from '../queries/api.js';
import { atStart } from '../queries/promql.js';
import { joined } from '../tables.js';
import { rows } from '../targets.js';

export interface EndpointTable {
  readonly at: Place;
  readonly link: DashboardKey;
}

export function endpointTable({ at, link }: EndpointTable) {
  const p99 = api.quantileByEndpoint(0.99);
  return joined({
    title: 'Endpoints',
    description: `By endpoint: requests, share answered with 5xx, P50 and P99 of the ${OVER}, and (at start) P99 in the first ${COMPARE_OVER.replace('m', '')} min of the range. A name leads to the traces of its route.`,
    at,
    sortBy: 'Rate',
    targets: [
      rows(api.perEndpoint(api.endpoints.rate()), 'A'),
      rows(api.perEndpoint(api.endpoints.errorShare()), 'B'),
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
      { field: 'Value #A', name: 'Rate', unit: 'reqps', decimals: 1, width: 76 },
      {
        field: 'Value #B',
        name: '5xx',
        unit: 'percentunit',
        decimals: 0,
        width: 50,
        more: over(THRESHOLD.apiErrors),
      },
      { field: 'Value #C', name: 'P50', unit: 's', decimals: 0, width: 66 },
      { field: 'Value #D', name: 'P99', unit: 's', decimals: 1, width: 62, more: over(THRESHOLD.apiP99_s) },
      { field: 'Value #E', name: 'At start', unit: 's', decimals: 0, width: 72 },
    ],
  }).links([panelLink(link)]);
}

/** Red text from a threshold on; the number beside it says so too. */
function over({ warn, over: red }: Threshold) {
  return {
    'custom.cellOptions': { type: 'color-text' },
    thresholds: {
      mode: 'absolute',
      steps: [
        { value: null, color: 'text' },
        { value: warn, color: 'orange' },
        { value: red, color: 'red' },
      ],
    },
  };
}
