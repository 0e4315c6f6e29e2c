/** Names and values of Prometheus for completion, of the time that is looked at. */
import type { PrometheusClient } from '@prometheus-io/codemirror-promql';
import { getJson } from '../../datasources/http';
import { type CurrentRange, remembered } from './remembered';

interface Answer<T> {
  readonly data: T;
}

/** Beyond so many series only their first ones are looked at: it is enough for the names of labels. */
const SERIES_LIMIT = '2000';

export function prometheusNames(range: CurrentRange): PrometheusClient {
  const span = () => {
    const { fromMs, toMs } = range();
    return { start: String(Math.floor(fromMs / 60_000) * 60), end: String(Math.ceil(toMs / 60_000) * 60) };
  };
  const get = remembered(async (path: string) => {
    const [url = '', query = ''] = path.split('?');
    const parameters = Object.fromEntries(new URLSearchParams(query));
    return (await getJson<Answer<string[]>>(`/stores/prometheus/api/v1/${url}`, parameters)).data;
  });
  const ask = async (path: string, match: string) => {
    const parameters = new URLSearchParams({ ...span(), ...(match ? { 'match[]': match } : {}) });
    return [...(await get(`${path}?${parameters}`))];
  };
  return {
    labelNames: (metric = '') => ask('labels', metric),
    labelValues: (label, metric = '') => ask(`label/${label}/values`, metric),
    metricNames: () => ask('label/__name__/values', ''),
    async series(metric) {
      const { data } = await getJson<Answer<readonly Record<string, string>[]>>(
        '/stores/prometheus/api/v1/series',
        { ...span(), 'match[]': metric, limit: SERIES_LIMIT },
      ).catch(() => ({ data: [] }));
      return data.map((labels) => new Map(Object.entries(labels)));
    },
    metricMetadata: () =>
      getJson<Answer<Awaited<ReturnType<PrometheusClient['metricMetadata']>>>>(
        '/stores/prometheus/api/v1/metadata',
      ).then(
        ({ data }) => data,
        () => ({}),
      ),
    flags: () => Promise.resolve({}),
  };
}
