/** What is worth an alert: a symptom, when it counts, and where to look at it. One list for rules and for marks. */
import { OUTSIDE_SERVICE } from 'interview-app/telemetry-names';
import { type DashboardKey, IDLE_IN_TRANSACTION_S, LATENCY_BUDGET_S, THRESHOLD } from './config.js';
import * as api from './queries/api.js';
import { longestIdleInTransaction } from './queries/database.js';
import * as external from './queries/external.js';
import { utilization } from './queries/pool.js';

export interface AlertCondition {
  readonly uid: string;
  readonly title: string;
  readonly summary: string;
  /** PromQL; the alert is about its value being above `above`. */
  readonly expr: string;
  readonly above: number;
  /** How long it has to last: whole minutes. */
  readonly forMinutes: number;
  /** Where the figure is shown. */
  readonly panel: { readonly dashboard: DashboardKey; readonly title: string };
}

export const API_ERRORS: AlertCondition = {
  uid: 'api-errors',
  title: 'API errors above 5 %',
  summary: 'More than 5 % of the API requests of the last minute were answered with 5xx.',
  expr: api.errorShare('1m'),
  above: THRESHOLD.apiErrors.over,
  forMinutes: 1,
  panel: { dashboard: 'overview', title: 'API requests by result' },
};

export const ALERTS: readonly AlertCondition[] = [
  {
    uid: 'pool-above-80',
    title: 'Connection pool above 80 %',
    summary: 'More than 80 % of the API’s database connections are in use.',
    expr: utilization(),
    above: THRESHOLD.pool.warn,
    forMinutes: 1,
    panel: { dashboard: 'overview', title: 'Pool connections' },
  },
  {
    uid: 'idle-in-transaction-above-1s',
    title: 'Idle in transaction above 1 s',
    summary: 'For two minutes the longest idle transaction has been open for more than 1 s.',
    expr: longestIdleInTransaction(),
    above: IDLE_IN_TRANSACTION_S,
    forMinutes: 2,
    panel: { dashboard: 'database', title: 'Oldest transaction' },
  },
  API_ERRORS,
  latencyAlert(OUTSIDE_SERVICE.paymentGateway, 'Payment latency above budget'),
  latencyAlert(OUTSIDE_SERVICE.emailProvider, 'E-mail latency above budget'),
];

function latencyAlert(service: keyof typeof LATENCY_BUDGET_S, title: string): AlertCondition {
  const budget_s = LATENCY_BUDGET_S[service];
  return {
    uid: `latency-${service}`,
    title,
    summary: `The P95 of calls to ${service} is above its budget of ${budget_s} s.`,
    expr: external.latency(0.95, { service }),
    above: budget_s,
    forMinutes: 5,
    panel: { dashboard: 'external', title: 'Latency P95' },
  };
}
