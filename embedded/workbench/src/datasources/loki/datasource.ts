import {
  type DataQuery,
  type DataQueryRequest,
  type DataQueryResponse,
  DataSourceApi,
  type DataSourceInstanceSettings,
} from '@grafana/data';

export class LokiDatasource extends DataSourceApi<DataQuery> {
  constructor(settings: DataSourceInstanceSettings) {
    super(settings);
  }

  query(_request: DataQueryRequest<DataQuery>): Promise<DataQueryResponse> {
    return Promise.resolve({ data: [] });
  }

  testDatasource() {
    return Promise.resolve({ status: 'success', message: '' });
  }
}
