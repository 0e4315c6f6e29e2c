type Labels = Readonly<Record<string, string>>;

interface Legend {
  readonly format: string | undefined;
  readonly expr: string;
}

/**
 * What a series is called: by its query's format (`{{label}}`), else by name and labels, else (a sum over everything) by
 * the query itself. With the format `__auto` a series with labels has no name of its own: where it is shown, the labels
 * that tell it from the others are taken.
 */
export function legendOf(labels: Labels, { format, expr }: Legend): string | undefined {
  if (format === '__auto') return Object.keys(labels).length > 0 ? undefined : expr;
  if (format) return format.replace(/\{\{\s*(.+?)\s*\}\}/g, (_, label: string) => labels[label] ?? '');
  const name = seriesName(labels);
  return name === '{}' || name === '' ? expr : name;
}

/** `name{label="value", ...}`, labels in alphabetical order. */
export function seriesName({ __name__: name = '', ...labels }: Labels): string {
  const pairs = Object.keys(labels)
    .sort()
    .map((label) => `${label}="${labels[label]}"`);
  return pairs.length === 0 && name ? name : `${name}{${pairs.join(', ')}}`;
}
