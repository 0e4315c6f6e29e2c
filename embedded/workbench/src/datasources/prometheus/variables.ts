/** What a query variable asks for. */
export type VariableQuery =
  | { readonly kind: 'labelNames'; readonly match: string | undefined }
  | { readonly kind: 'labelValues'; readonly label: string; readonly match: string | undefined }
  | { readonly kind: 'metrics'; readonly name: string }
  | { readonly kind: 'result'; readonly expr: string }
  | { readonly kind: 'series'; readonly match: string };

const LABEL_NAMES = /^label_names\(\s*(?:(.+?)\s*)?\)\s*$/;
const LABEL_VALUES = /^label_values\(\s*(?:(.+),\s*)?([a-zA-Z_][\w.]*)\s*\)\s*$/s;
const METRICS = /^metrics\((.+)\)\s*$/;
const RESULT = /^query_result\((.+)\)\s*$/s;

/** Reads the functions that query variables have; anything else is a selector whose series are the values. */
export function parseVariableQuery(text: string): VariableQuery {
  const query = text.trim();
  const names = LABEL_NAMES.exec(query);
  if (names) return { kind: 'labelNames', match: names[1] };
  const values = LABEL_VALUES.exec(query);
  if (values) return { kind: 'labelValues', label: values[2] ?? '', match: values[1]?.trim() };
  const metrics = METRICS.exec(query);
  if (metrics) return { kind: 'metrics', name: metrics[1] ?? '' };
  const result = RESULT.exec(query);
  if (result) return { kind: 'result', expr: result[1] ?? '' };
  return { kind: 'series', match: query };
}
