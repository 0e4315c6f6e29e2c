/** One question to one store: what the corpus holds, what is sent, and where it was found. */
export type StoreName = 'prometheus' | 'loki' | 'tempo';

export interface StoreUrls {
  readonly prometheus: string;
  readonly loki: string;
  readonly tempo: string;
}

export interface Query {
  readonly store: StoreName;
  readonly path: string;
  /** In the order in which they are sent; their values may name moments of the run, see `fillIn`. */
  readonly parameters: readonly (readonly [name: string, value: string])[];
  /** Where it is written: a corpus file's line, a dashboard's panel. */
  readonly source: string;
  readonly method: 'GET' | 'POST';
  /** Loki: structured metadata apart from the labels, as Grafana asks for it. */
  readonly categorize: boolean;
  /** Only the status and the kind of error matter. */
  readonly wrong: boolean;
}

/** What tells a query from all others, before times and ids are filled in: answers are recorded under it. */
export function keyOf({ store, path, parameters, method, categorize }: Query): string {
  const how = `${method}${categorize ? ' categorized' : ''}`;
  const sent = parameters.map(([name, value]) => `${name}=${value}`).join(' & ');
  return `${store} ${how} ${path} ${sent}`.trimEnd();
}

export interface Reply {
  readonly status: number;
  readonly body: string;
}

/** Longer than any query takes; a store that hangs is told from one that is slow. */
const TIMEOUT_MS = 60_000;

/** Sends a query whose parameters are filled in. */
export async function ask(query: Query, stores: StoreUrls): Promise<Reply> {
  const parameters = new URLSearchParams(
    query.parameters.map(([name, value]): [string, string] => [name, value]),
  );
  const url = `${stores[query.store]}${query.path}`;
  const headers: Record<string, string> = query.categorize
    ? { 'X-Loki-Response-Encoding-Flags': 'categorize-labels' }
    : {};
  const signal = AbortSignal.timeout(TIMEOUT_MS);
  const response =
    query.method === 'GET'
      ? await fetch(parameters.size > 0 ? `${url}?${parameters}` : url, { headers, signal })
      : await fetch(url, { method: 'POST', body: parameters, headers, signal });
  return { status: response.status, body: await response.text() };
}
