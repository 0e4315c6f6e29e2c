/** Of the API's connection pool, as the API counts it. */
import { CONNECTION_STATE, LABEL, METRIC } from 'interview-app/telemetry-names';
import { API_JOB, FIGURES_OVER } from '../config.js';
import { type Labels, mean, quantile, RATE, selector, sumRate } from './promql.js';

const API: Labels = { job: API_JOB };

/** Share of the connections in use, 0 to 1. */
export function utilization(): string {
  return `max(${METRIC.poolUtilization}${selector(API)})`;
}

export function inUse(): string {
  return `sum(${METRIC.activeConnections}${selector(API)})`;
}

export function inUseByState(): string {
  return `sum by (${LABEL.state}) (${METRIC.activeConnections}${selector(API)})`;
}

export function max(): string {
  return `sum(${METRIC.connectionMax}${selector(API)})`;
}

export function idle(): string {
  return `sum(${METRIC.connectionCount}${selector({ ...API, [LABEL.state]: CONNECTION_STATE.idle })})`;
}

export function waiting(): string {
  return `sum(${METRIC.poolQueueDepth}${selector(API)})`;
}

export function waitTime(q: number, window = FIGURES_OVER): string {
  return quantile(q, METRIC.connectionWaitTime, API, { window });
}

export function useTime(q: number): string {
  return quantile(q, METRIC.connectionUseTime, API, { window: FIGURES_OVER });
}

export function meanUseTime(): string {
  return mean(METRIC.connectionUseTime, API, { window: FIGURES_OVER });
}

export function timeouts(): string {
  return sumRate(METRIC.connectionTimeouts, API, { window: RATE });
}

export function checkouts(): string {
  return sumRate(`${METRIC.connectionWaitTime}_count`, API, { window: RATE });
}
