/** The generated files, by path under provisioning/grafana. */
import { stringify } from 'yaml';
import { alertRules } from './alert-rules.js';
import { DASHBOARDS } from './all.js';

const GENERATED =
  '# Written by dashboards/src/main.ts; change dashboards/src/alert-conditions.ts and run it again.\n';

export interface GeneratedFile {
  readonly path: string;
  readonly content: string;
}

export function generatedFiles(): readonly GeneratedFile[] {
  return [
    ...DASHBOARDS.map((dashboard) => ({
      path: `dashboards/${dashboard.uid}.json`,
      content: json(dashboard),
    })),
    {
      path: 'alerting/rules.yaml',
      content: GENERATED + stringify(alertRules(), { lineWidth: 0, aliasDuplicateObjects: false }),
    },
  ];
}

export function json(value: unknown): string {
  return `${JSON.stringify(value, undefined, 2)}\n`;
}
