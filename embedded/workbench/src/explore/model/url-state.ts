/** What an address says of Explore, as Grafana writes it: links of dashboards and panels work in both. */

/** A query as its data source's editor keeps it; which fields there are depends on the data source. */
export interface ExploreQuery {
  readonly refId: string;
  readonly [field: string]: unknown;
}

export interface ExploreState {
  /** A uid or a name; undefined = the address does not say. */
  readonly datasource: string | undefined;
  readonly queries: readonly ExploreQuery[];
  /** As the time picker writes it: `now-1h`, milliseconds, or a date; undefined = the incident's window. */
  readonly range: { readonly from: string; readonly to: string } | undefined;
  /** The span that a trace opens at. */
  readonly spanId: string | undefined;
}

export const EMPTY_STATE: ExploreState = {
  datasource: undefined,
  queries: [],
  range: undefined,
  spanId: undefined,
};

/**
 * Reads an address: `panes` of today, or `left` of older versions, as an object or as an array. Of several panes the
 * first counts. What cannot be read is as if it was not there.
 * @param search with or without the question mark
 */
export function readState(search: string): ExploreState {
  const parameters = new URLSearchParams(search);
  const panes = record(parsed(parameters.get('panes')));
  const pane = panes ? record(Object.values(panes)[0]) : undefined;
  if (pane) return stateOf(pane);
  const left = parsed(parameters.get('left'));
  if (Array.isArray(left)) return stateOfArray(left);
  const object = record(left);
  return object ? stateOf(object) : EMPTY_STATE;
}

/** The address of a state, from the root on. */
export function exploreUrl({ datasource, queries, range, spanId }: Partial<ExploreState>): string {
  const pane = {
    datasource,
    queries: (queries ?? []).map((query) => ({ ...query, datasource: { uid: datasource } })),
    range,
    ...(spanId ? { panelsState: { trace: { spanId } } } : {}),
  };
  return `/explore?schemaVersion=1&panes=${encodeURIComponent(JSON.stringify({ a: pane }))}`;
}

function stateOf(pane: Readonly<Record<string, unknown>>): ExploreState {
  const queries = Array.isArray(pane.queries) ? pane.queries : [];
  const range = record(pane.range);
  const trace = record(record(pane.panelsState)?.trace);
  return {
    datasource: text(pane.datasource) ?? text(record(pane.datasource)?.uid),
    queries: queries.flatMap(queryOf),
    range: rangeOf(range?.from, range?.to),
    spanId: text(trace?.spanId),
  };
}

/** `["now-1h", "now", "Loki", {"expr": "..."}, ...]` */
function stateOfArray([from, to, datasource, ...rest]: readonly unknown[]): ExploreState {
  const queries = rest.filter((each) => {
    const keys = Object.keys(record(each) ?? {});
    return keys.length > 0 && !keys.every((key) => key === 'ui' || key === 'mode');
  });
  return {
    ...EMPTY_STATE,
    datasource: text(datasource),
    queries: queries.flatMap(queryOf),
    range: rangeOf(from, to),
  };
}

function queryOf(value: unknown, index: number): ExploreQuery[] {
  const query = record(value);
  if (!query) return [];
  const { datasource: _, ...fields } = query;
  return [{ ...fields, refId: text(query.refId) ?? refIdAt(index) }];
}

/** A, B, ... Z, and on with A1. */
export function refIdAt(index: number): string {
  const letter = String.fromCharCode(65 + (index % 26));
  return index < 26 ? letter : `${letter}${Math.floor(index / 26)}`;
}

function rangeOf(from: unknown, to: unknown): ExploreState['range'] {
  const [start, end] = [moment(from), moment(to)];
  return start !== undefined && end !== undefined ? { from: start, to: end } : undefined;
}

function moment(value: unknown): string | undefined {
  return typeof value === 'number' ? String(value) : text(value);
}

function parsed(json: string | null): unknown {
  try {
    return json ? JSON.parse(json) : undefined;
  } catch {
    return undefined;
  }
}

function record(value: unknown): Readonly<Record<string, unknown>> | undefined {
  const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
  return isObject ? (value as Record<string, unknown>) : undefined;
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}
