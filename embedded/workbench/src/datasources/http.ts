/** What a store says when it refuses a query, in the form that panels show. */
export class StoreError extends Error {
  override readonly name = 'StoreError';
  readonly status: number;
  readonly data: { readonly message: string };

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
    this.data = { message };
  }
}

export type Parameters = Readonly<Record<string, string | readonly string[] | undefined>>;

/** The query string of parameters, without those that are undefined; arrays become one parameter for each element. */
export function queryString(parameters: Parameters): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(parameters)) {
    for (const each of value === undefined ? [] : [value].flat()) query.append(name, each);
  }
  return query.toString();
}

/**
 * Asks a store.
 * @param url of the API's endpoint, without query string
 * @throws {StoreError} with the store's own words when it refuses
 */
export async function getJson<T>(
  url: string,
  parameters: Parameters = {},
  init: RequestInit = {},
): Promise<T> {
  const query = queryString(parameters);
  const response = await fetch(query ? `${url}?${query}` : url, init);
  const text = await response.text();
  if (!response.ok)
    throw new StoreError(response.status, messageOf(text) || `${response.status} ${response.statusText}`);
  return JSON.parse(text) as T;
}

/** Prometheus answers errors as JSON, Loki and Tempo as text. */
function messageOf(text: string): string {
  try {
    const answer = JSON.parse(text) as { error?: string; message?: string };
    return answer.error ?? answer.message ?? text.trim();
  } catch {
    return text.trim();
  }
}
