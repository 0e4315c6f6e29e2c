/** Marks on all time series: when each alert began, and when the incident was reported. */
import * as dashboard from '@grafana/grafana-foundation-sdk/dashboard';
import { ALERTS, type AlertCondition, API_ERRORS } from './alert-conditions.js';
import { DATASOURCE, REPORTED_AFTER } from './config.js';
import { onset } from './queries/promql.js';

/** The moment at which an alert fires: its condition has held for as long as the rule asks. */
function firing({ expr, above, forMinutes }: AlertCondition): string {
  return `min_over_time((${expr})[${forMinutes}m:15s]) > ${above}`;
}

function named(expression: string, name: string): string {
  return `label_replace(sum(${expression}), "mark", "${name}", "", "")`;
}

export function alertOnsets(): string {
  return ALERTS.map((alert) => named(onset(firing(alert)), alert.title)).join(' or ');
}

export function reported(): string {
  return named(onset(firing(API_ERRORS), REPORTED_AFTER), 'Reported: request timeouts, database unavailable');
}

/** Grafana's model of a Prometheus annotation has fields that the SDK's does not name. */
function prometheusMarks(name: string, expr: string, color: string): dashboard.AnnotationQueryBuilder {
  const builder = new dashboard.AnnotationQueryBuilder()
    .name(name)
    .datasource(DATASOURCE.prometheus)
    .enable(true)
    .hide(false)
    .iconColor(color)
    .expr(expr);
  const build = builder.build.bind(builder);
  builder.build = () => ({ ...build(), step: '15s', titleFormat: name, textFormat: '{{mark}}' });
  return builder;
}

export function annotations(): dashboard.AnnotationQueryBuilder[] {
  return [
    prometheusMarks('Alerts', alertOnsets(), 'orange'),
    prometheusMarks('Incident reported', reported(), 'blue'),
  ];
}
