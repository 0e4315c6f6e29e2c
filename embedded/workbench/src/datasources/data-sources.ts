import type { DataSourceApi, DataSourceInstanceSettings } from '@grafana/data';
import { LokiDatasource, type LokiOptions } from './loki/datasource';
import { PrometheusDatasource, type PromOptions } from './prometheus/datasource';
import { settingsOf } from './settings';
import { TempoDatasource } from './tempo/datasource';

/** The three stores, the default first, with the uids that the dashboards name. */
export function dataSources(): readonly { settings: DataSourceInstanceSettings; api: DataSourceApi }[] {
  const prometheus = settingsOf<PromOptions>(
    {
      uid: 'prometheus',
      name: 'Prometheus',
      type: 'prometheus',
      isDefault: true,
      jsonData: {
        timeInterval: '15s',
        exemplarTraceIdDestinations: [{ name: 'trace_id', datasourceUid: 'tempo', datasourceName: 'Tempo' }],
      },
    },
    0,
  );
  const loki = settingsOf<LokiOptions>(
    {
      uid: 'loki',
      name: 'Loki',
      type: 'loki',
      jsonData: {
        maxLines: '1000',
        derivedFields: [
          {
            name: 'Trace',
            matcherType: 'label',
            matcherRegex: 'trace_id',
            datasourceUid: 'tempo',
            datasourceName: 'Tempo',
            urlDisplayLabel: 'Open the trace',
          },
        ],
      },
    },
    1,
  );
  const tempo = settingsOf({ uid: 'tempo', name: 'Tempo', type: 'tempo', jsonData: {} }, 2);
  return [
    { settings: prometheus, api: new PrometheusDatasource(prometheus) as unknown as DataSourceApi },
    { settings: loki, api: new LokiDatasource(loki) as unknown as DataSourceApi },
    { settings: tempo, api: new TempoDatasource(tempo) as unknown as DataSourceApi },
  ];
}
