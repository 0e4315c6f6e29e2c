export type Labels = Readonly<Record<string, string>>;

export interface Sample {
  readonly labels: Labels;
  readonly value: number;
}

export interface MetricFamily {
  /** Without `_total`, where the type is counter. */
  readonly name: string;
  readonly help: string;
  readonly type: 'counter' | 'gauge' | 'unknown';
  readonly samples: readonly Sample[];
}

/** One scrape as OpenMetrics text. */
export function exposition(families: readonly MetricFamily[]): string {
  let text = '';
  for (const { name, help, type, samples } of families) {
    text += `# TYPE ${name} ${type}\n# HELP ${name} ${help}\n`;
    const sampleName = type === 'counter' ? `${name}_total` : name;
    for (const { labels, value } of samples) text += `${sampleName}${braced(labels)} ${value}\n`;
  }
  return `${text}# EOF\n`;
}

function braced(labels: Labels): string {
  const pairs = Object.entries(labels).map(([name, value]) => `${name}="${escaped(value)}"`);
  return pairs.length === 0 ? '' : `{${pairs.join(',')}}`;
}

function escaped(value: string): string {
  return /["\\\n]/.test(value)
    ? value.replace(/\\/g, '\\\\').replace(/"/g, '\\"').replace(/\n/g, '\\n')
    : value;
}
