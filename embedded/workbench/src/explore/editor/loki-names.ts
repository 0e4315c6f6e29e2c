/** Labels, fields and their values of Loki for completion, of the time that is looked at. */
import { getJson } from '../../datasources/http';
import { lineFields } from '../../logs/model/fields';
import { selectorIn } from '../model/logql-context';
import { type CurrentRange, remembered } from './remembered';

export interface LokiNames {
  labels(): Promise<readonly string[]>;
  labelValues(name: string): Promise<readonly string[]>;
  /** The fields of lines that a query's selector finds: of their text and of their metadata. */
  fields(query: string): Promise<readonly string[]>;
  fieldValues(query: string, name: string): Promise<readonly string[]>;
}

interface Entry {
  readonly line: string;
  readonly metadata: Readonly<Record<string, string>>;
}

interface Streams {
  readonly data: {
    readonly result: readonly {
      readonly stream: Readonly<Record<string, string>>;
      readonly values: readonly (readonly [
        string,
        string,
        { structuredMetadata?: Record<string, string> }?,
      ])[];
    }[];
  };
}

/** Of so many lines the fields are looked at: a sample tells nearly all of them. */
const SAMPLE = '200';

export function lokiNames(range: CurrentRange): LokiNames {
  const span = () => {
    const { fromMs, toMs } = range();
    return { start: `${Math.floor(fromMs)}000000`, end: `${Math.ceil(toMs)}000000` };
  };
  const get = remembered(async (path: string) => {
    const { data } = await getJson<{ data?: string[] }>(`/stores/loki/loki/api/v1/${path}`, span());
    return (data ?? []).filter((name) => !name.startsWith('__'));
  });
  const entries = remembered(async (selector: string): Promise<readonly Entry[]> => {
    const answer = await getJson<Streams>(
      '/stores/loki/loki/api/v1/query_range',
      { ...span(), query: selector, limit: SAMPLE, direction: 'backward' },
      { headers: { 'X-Loki-Response-Encoding-Flags': 'categorize-labels' } },
    );
    return answer.data.result.flatMap(({ values }) =>
      values.map(([, line, more]) => ({ line, metadata: more?.structuredMetadata ?? {} })),
    );
  });
  const valuesOf = async (query: string): Promise<ReadonlyMap<string, ReadonlySet<string>>> => {
    const selector = selectorIn(query);
    const values = new Map<string, Set<string>>();
    for (const { line, metadata } of selector ? await entries(selector) : []) {
      for (const [name, value] of Object.entries({ ...lineFields(line), ...metadata })) {
        values.set(name, (values.get(name) ?? new Set()).add(value));
      }
    }
    return values;
  };
  return {
    labels: () => get('labels'),
    labelValues: (name) => get(`label/${encodeURIComponent(name)}/values`),
    fields: async (query) =>
      [...new Set([...(await valuesOf(query)).keys(), ...(await get('labels'))])].sort(),
    async fieldValues(query, name) {
      const found = (await valuesOf(query)).get(name);
      return found ? [...found].sort() : get(`label/${encodeURIComponent(name)}/values`);
    },
  };
}
