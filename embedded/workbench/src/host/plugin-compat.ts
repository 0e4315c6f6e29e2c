/** Stands in for `@grafana/plugin-compat/datasources` in @grafana/scenes (see build.mjs). */
import type { DataSourceApi, DataSourceInstanceSettings, ScopedVars } from '@grafana/data';
import { type GetDataSourceListFilters, getDataSourceSrv } from '@grafana/runtime';
import type { DataSourceRef } from '@grafana/schema';

type ListItem = Pick<DataSourceInstanceSettings, 'meta' | 'name' | 'type' | 'uid'>;

export async function getDataSourceInstance(
  ref?: DataSourceRef | string | null,
  scopedVars?: ScopedVars,
): Promise<DataSourceApi> {
  return getDataSourceSrv().get(ref, scopedVars);
}

export async function getDataSourceInstanceList(filters: GetDataSourceListFilters = {}): Promise<ListItem[]> {
  return getDataSourceSrv()
    .getList(filters)
    .map(({ meta, name, type, uid }) => ({ meta, name, type, uid }));
}

export async function getDefaultDataSourceInstanceListItem(items: ListItem[]): Promise<ListItem | undefined> {
  return items.find(({ uid }) => getDataSourceSrv().getInstanceSettings(uid)?.isDefault);
}
