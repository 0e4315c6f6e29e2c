/** Field overrides and thresholds in Grafana's words. */
import * as dashboard from '@grafana/grafana-foundation-sdk/dashboard';
import type { Threshold } from './config.js';

export interface Override {
  readonly matcher: dashboard.MatcherConfig;
  readonly properties: dashboard.DynamicConfigValue[];
}

export function byName(name: string, properties: Readonly<Record<string, unknown>>): Override {
  return override('byName', name, properties);
}

export function byRegexp(pattern: string, properties: Readonly<Record<string, unknown>>): Override {
  return override('byRegexp', pattern, properties);
}

function override(id: string, options: string, properties: Readonly<Record<string, unknown>>): Override {
  return {
    matcher: { id, options },
    properties: Object.entries(properties).map(([key, value]) => ({ id: key, value })),
  };
}

export function fixed(color: string) {
  return { mode: 'fixed', fixedColor: color };
}

export function colors(byNames: Readonly<Record<string, string>>): Override[] {
  return Object.entries(byNames).map(([name, color]) => byName(name, { color: fixed(color) }));
}

/** A limit: a thin dashed line without area. */
export function dashed(name: string, color: string): Override {
  return byName(name, {
    color: fixed(color),
    'custom.lineStyle': { fill: 'dash', dash: [6, 6] },
    'custom.fillOpacity': 0,
    'custom.stacking': { mode: 'none', group: 'limits' },
  });
}

/** Green, orange, red; text colour where nobody agreed on a limit. */
export function steps(threshold: Threshold | undefined): dashboard.ThresholdsConfigBuilder {
  const levels = threshold
    ? [
        { value: null, color: 'green' },
        { value: threshold.warn, color: 'orange' },
        { value: threshold.over, color: 'red' },
      ]
    : [{ value: null, color: 'text' }];
  return new dashboard.ThresholdsConfigBuilder().mode(dashboard.ThresholdsMode.Absolute).steps(levels);
}
