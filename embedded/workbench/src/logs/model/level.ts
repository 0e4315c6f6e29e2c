export const LEVELS = ['critical', 'error', 'warning', 'info', 'debug', 'trace', 'unknown'] as const;

/** How serious a log line is, as Grafana groups and colours them. */
export type Level = (typeof LEVELS)[number];

const NAMES: Readonly<Record<string, Level>> = {
  emerg: 'critical',
  fatal: 'critical',
  alert: 'critical',
  crit: 'critical',
  critical: 'critical',
  err: 'error',
  eror: 'error',
  error: 'error',
  warn: 'warning',
  warning: 'warning',
  info: 'info',
  information: 'info',
  informational: 'info',
  notice: 'info',
  dbug: 'debug',
  debug: 'debug',
  trace: 'trace',
};

/** The level that a name stands for; undefined when it stands for none. */
export function levelNamed(name: string | undefined): Level | undefined {
  return name === undefined ? undefined : NAMES[name.trim().toLowerCase()];
}

/** The level of a line: what its labels say, else what its text says of itself. */
export function levelOf(labels: Readonly<Record<string, string>>, line: string): Level {
  return (
    levelNamed(labels.level ?? labels.severity) ??
    levelNamed(labels.detected_level) ??
    levelNamed(/["\s]?\blevel"?[=:]\s*"?(\w+)/i.exec(line)?.[1]) ??
    'unknown'
  );
}
