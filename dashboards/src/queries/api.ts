/** Of the API, as it counts its own requests. */
import { LABEL, METRIC } from 'interview-app/telemetry-names';
import { API_JOB, FIGURES_OVER, PROBE_ROUTE } from '../config.js';
import { inFlight, type Labels, mean, quantile, RATE, sumRate } from './promql.js';

const ALL: Labels = { job: API_JOB };
/** What users ask for. */
const USERS: Labels = { ...ALL, route: `!="${PROBE_ROUTE}"` };
const SELECTED: Labels = { ...USERS, method: '=~".+"', [LABEL.route]: '=~"$route"' };
const ENDPOINT = [LABEL.method, LABEL.route];
const FAILED = { [LABEL.statusCode]: '=~"5.."' };

export function requests(statusCode: string, window = RATE): string {
  return sumRate(METRIC.httpRequests, { ...USERS, [LABEL.statusCode]: `=~"${statusCode}"` }, { window });
}

export function failuresByStatus(window = RATE): string {
  return sumRate(METRIC.httpRequests, { ...USERS, ...FAILED }, { by: [LABEL.statusCode], window });
}

/** Share of requests answered with 5xx, 0 to 1. */
export function errorShare(window = FIGURES_OVER): string {
  const failed = sumRate(METRIC.httpRequests, { ...USERS, ...FAILED }, { window });
  return `(${failed} or vector(0)) / ${sumRate(METRIC.httpRequests, USERS, { window })}`;
}

export function quantileByEndpoint(q: number, window = FIGURES_OVER): string {
  return quantile(q, METRIC.httpRequestDuration, USERS, { by: ENDPOINT, window });
}

/** Of each endpoint's P99 the one in the middle. */
export function medianP99(window = FIGURES_OVER): string {
  return `quantile(0.5, ${quantileByEndpoint(0.99, window)})`;
}

/** The same figures for the endpoints that the dashboard's variable selects. */
export const selected = {
  rate: (window = RATE) => sumRate(METRIC.httpRequests, SELECTED, { by: ENDPOINT, window }),
  errorShare: (window = FIGURES_OVER) => {
    const total = sumRate(METRIC.httpRequests, SELECTED, { by: ENDPOINT, window });
    const failed = sumRate(METRIC.httpRequests, { ...SELECTED, ...FAILED }, { by: ENDPOINT, window });
    return `(${failed} or 0 * ${total}) / ${total}`;
  },
  quantile: (q: number, window = FIGURES_OVER) =>
    quantile(q, METRIC.httpRequestDuration, SELECTED, { by: ENDPOINT, window }),
  mean: (window = FIGURES_OVER) => mean(METRIC.httpRequestDuration, SELECTED, { by: ENDPOINT, window }),
  inFlight: (window = RATE) => inFlight(METRIC.httpRequestDuration, SELECTED, { by: ENDPOINT, window }),
  byStatus: (window = RATE) => sumRate(METRIC.httpRequests, SELECTED, { by: [LABEL.statusCode], window }),
  buckets: () => sumRate(`${METRIC.httpRequestDuration}_bucket`, SELECTED, { by: ['le'], window: RATE }),
};

/** All requests of users together. */
export const users = {
  rate: () => sumRate(METRIC.httpRequests, USERS, { window: FIGURES_OVER }),
  failed: () => sumRate(METRIC.httpRequests, { ...USERS, ...FAILED }, { window: FIGURES_OVER }),
  mean: () => mean(METRIC.httpRequestDuration, USERS, { window: FIGURES_OVER }),
  quantile: (q: number) => quantile(q, METRIC.httpRequestDuration, USERS, { window: FIGURES_OVER }),
  buckets: () => sumRate(`${METRIC.httpRequestDuration}_bucket`, USERS, { by: ['le'], window: FIGURES_OVER }),
};

/** Figures of the table of endpoints: `endpoint` is method and route, for one column. */
export function perEndpoint(expression: string): string {
  return `label_join(${expression}, "endpoint", " ", "${LABEL.method}", "${LABEL.route}")`;
}

export const endpoints = {
  rate: () => sumRate(METRIC.httpRequests, USERS, { by: ENDPOINT, window: FIGURES_OVER }),
  errorShare: () => {
    const total = sumRate(METRIC.httpRequests, USERS, { by: ENDPOINT, window: FIGURES_OVER });
    const failed = sumRate(
      METRIC.httpRequests,
      { ...USERS, ...FAILED },
      { by: ENDPOINT, window: FIGURES_OVER },
    );
    return `(${failed} or 0 * ${total}) / ${total}`;
  },
};

export function cacheHitShare(): string {
  const by = [LABEL.cache];
  const hits = sumRate(METRIC.cacheRequests, { ...ALL, [LABEL.result]: 'hit' }, { by, window: FIGURES_OVER });
  return `${hits} / ${sumRate(METRIC.cacheRequests, ALL, { by, window: FIGURES_OVER })}`;
}
