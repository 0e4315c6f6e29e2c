import type { DataSourceApi, DataSourceInstanceSettings } from '@grafana/data';
import { LokiDatasource } from './loki/datasource';
import { PrometheusDatasource } from './prometheus/datasource';
import { settingsOf } from './settings';
import { TempoDatasource } from './tempo/datasource';

/** The three stores, the default first, with the uids that the dashboards name. */
export function dataSources(): readonly { settings: DataSourceInstanceSettings; api: DataSourceApi }[] {
  const prometheus = settingsOf(
    {
      uid: 'prometheus',
      name: 'Prometheus',
      type: 'prometheus',
      isDefault: true,
      jsonData: {
        timeInterval: '15s',
        exemplarTraceIdDestinations: [{ name: 'trace_id', datasourceUid: 'tempo' }],
      },
    },
    0,
  );
  const loki = settingsOf({ uid: 'loki', name: 'Loki', type: 'loki', jsonData: { maxLines: '1000' } }, 1);
  const tempo = settingsOf({ uid: 'tempo', name: 'Tempo', type: 'tempo', jsonData: {} }, 2);
  return [
    { settings: prometheus, api: new PrometheusDatasource(prometheus) },
    { settings: loki, api: new LokiDatasource(loki) },
    { settings: tempo, api: new TempoDatasource(tempo) },
  ];
}
