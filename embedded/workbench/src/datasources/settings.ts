import { type DataSourceInstanceSettings, type DataSourceJsonData, PluginType } from '@grafana/data';

interface Given {
  readonly uid: string;
  readonly name: string;
  readonly type: 'prometheus' | 'loki' | 'tempo';
  readonly isDefault?: boolean;
  readonly jsonData: object;
}

/** What Grafana would know of a data source: the same as provisioning/grafana/datasources/stores.yaml tells it. */
export function settingsOf<T extends DataSourceJsonData>(
  given: Given,
  index: number,
): DataSourceInstanceSettings<T> {
  const { uid, name, type, isDefault = false, jsonData } = given;
  return {
    id: index + 1,
    uid,
    name,
    type,
    isDefault,
    readOnly: true,
    access: 'proxy',
    url: `/stores/${type}`,
    jsonData: jsonData as T,
    meta: {
      id: type,
      name,
      type: PluginType.datasource,
      module: '',
      baseUrl: '',
      metrics: true,
      annotations: type !== 'tempo',
      logs: type === 'loki',
      tracing: type === 'tempo',
      info: {
        author: { name: '' },
        description: '',
        links: [],
        logos: { small: `/public/${type}.svg`, large: `/public/${type}.svg` },
        screenshots: [],
        updated: '',
        version: '',
      },
    },
  };
}
