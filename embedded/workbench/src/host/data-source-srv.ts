import type { DataSourceApi, DataSourceInstanceSettings, DataSourceRef, ScopedVars } from '@grafana/data';
import type { DataSourceSrv, GetDataSourceListFilters } from '@grafana/runtime';
import { templateSrv } from './template-srv';

type Ref = DataSourceRef | string | null | undefined;

interface Registered {
  readonly settings: DataSourceInstanceSettings;
  readonly api: DataSourceApi;
}

/** The data sources of the workbench: a few, all known from the start. The first one is the default. */
export class DataSources implements DataSourceSrv {
  readonly #registered: readonly Registered[];

  constructor(registered: readonly Registered[]) {
    this.#registered = registered;
  }

  async get(ref?: Ref, scopedVars?: ScopedVars): Promise<DataSourceApi> {
    const found = this.#find(ref, scopedVars);
    if (found) return found.api;
    const names = this.#registered.map(({ settings }) => settings.uid).join(', ');
    throw new Error(`Data source ${JSON.stringify(ref)} was not found; there are ${names}`);
  }

  getInstanceSettings(ref?: Ref, scopedVars?: ScopedVars): DataSourceInstanceSettings | undefined {
    return this.#find(ref, scopedVars)?.settings;
  }

  getList(filters: GetDataSourceListFilters = {}): DataSourceInstanceSettings[] {
    return this.#registered.map(({ settings }) => settings).filter((settings) => matches(settings, filters));
  }

  reload(): Promise<void> {
    return Promise.resolve();
  }

  registerRuntimeDataSource(): void {
    throw new Error('The workbench has its three data sources and takes no others');
  }

  #find(ref: Ref, scopedVars?: ScopedVars): Registered | undefined {
    const given = typeof ref === 'string' ? { uid: ref } : (ref ?? {});
    const uid = templateSrv.replace(given.uid ?? '', scopedVars);
    if (uid === 'default' || (!uid && !given.type)) return this.#registered[0];
    return this.#registered.find(({ settings }) =>
      uid ? settings.uid === uid || settings.name === uid : settings.type === given.type,
    );
  }
}

function matches(settings: DataSourceInstanceSettings, filters: GetDataSourceListFilters): boolean {
  const { type, pluginId, metrics, logs, tracing, annotations, filter } = filters;
  const { meta } = settings;
  if (type && ![type].flat().includes(settings.type)) return false;
  if (pluginId && pluginId !== settings.type) return false;
  if ((metrics && !meta.metrics) || (logs && !meta.logs) || (tracing && !meta.tracing)) return false;
  if (annotations && !meta.annotations) return false;
  return filter ? filter(settings) : true;
}
