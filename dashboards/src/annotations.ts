/** Marks on all time series: when each alert began, and when the incident was reported. */
import * as dashboard from '@grafana/grafana-foundation-sdk/dashboard';
import { ALERTS, type AlertCondition, API_ERRORS } from './alert-conditions.js';
import { DATASOURCE, REPORTED_AFTER_S } from './config.js';
import { momentOf, onset } from './queries/promql.js';

/** The moment at which an alert fires: its condition has held for as long as the rule asks. */
function begins({ expr, above, forMinutes }: AlertCondition): string {
  return onset(`sum(min_over_time((${expr})[${forMinutes}m:15s])) > ${above}`);
}

function named(expression: string, name: string): string {
  return `label_replace(${expression}, "mark", "${name}", "", "")`;
}

export function alertOnsets(): string {
  return ALERTS.map((alert) => named(momentOf(begins(alert)), alert.title)).join(' or ');
}

export function reported(): string {
  const moment = momentOf(begins(API_ERRORS), { delay_s: REPORTED_AFTER_S });
  return named(moment, 'Reported: request timeouts, database unavailable');
}

/** Grafana's model of a Prometheus annotation has fields that the SDK's does not name. */
function prometheusMarks(name: string, expr: string, color: string): dashboard.AnnotationQueryBuilder {
  const builder = new dashboard.AnnotationQueryBuilder()
    .name(name)
    .datasource(DATASOURCE.prometheus)
    .enable(true)
    // No switch for it: the links need the row.
    .hide(true)
    .iconColor(color)
    .expr(expr);
  const build = builder.build.bind(builder);
  builder.build = () => ({
    ...build(),
    step: '15s',
    useValueForTime: true,
    titleFormat: name,
    textFormat: '{{mark}}',
  });
  return builder;
}

export function annotations(): dashboard.AnnotationQueryBuilder[] {
  return [
    prometheusMarks('Alerts', alertOnsets(), 'orange'),
    prometheusMarks('Reported', reported(), 'blue'),
  ];
}
