import type { DataLink, DataTransformerConfig, FieldConfigSource } from '@grafana/data';
import type { AnnotationQuery, DashboardCursorSync, DataQuery, DataSourceRef } from '@grafana/schema';

/** What a provisioned dashboard's JSON holds (schema version 39), as far as it is looked at. */
export interface DashboardJson {
  readonly uid: string;
  readonly title: string;
  readonly description?: string;
  readonly time: { readonly from: string; readonly to: string };
  readonly timezone?: string;
  readonly refresh?: string | false;
  readonly graphTooltip?: DashboardCursorSync;
  readonly links?: readonly LinkJson[];
  readonly panels: readonly PanelJson[];
  readonly templating?: { readonly list: readonly VariableJson[] };
  readonly annotations?: { readonly list: readonly AnnotationQuery[] };
}

export interface LinkJson {
  readonly title: string;
  readonly url?: string;
  readonly icon?: string;
  readonly tooltip?: string;
  readonly targetBlank?: boolean;
  readonly includeVars?: boolean;
  readonly keepTime?: boolean;
}

export interface GridPosition {
  readonly x: number;
  readonly y: number;
  readonly w: number;
  readonly h: number;
}

export interface PanelJson {
  readonly id: number;
  readonly type: string;
  readonly title?: string;
  readonly description?: string;
  readonly transparent?: boolean;
  readonly gridPos: GridPosition;
  readonly datasource?: DataSourceRef;
  readonly targets?: readonly DataQuery[];
  readonly interval?: string;
  readonly maxDataPoints?: number;
  readonly options?: Readonly<Record<string, unknown>>;
  readonly fieldConfig?: FieldConfigSource;
  readonly transformations?: readonly DataTransformerConfig[];
  readonly links?: readonly (DataLink & LinkJson)[];
  /** Of a row that is closed. */
  readonly panels?: readonly PanelJson[];
  readonly collapsed?: boolean;
}

export interface VariableJson {
  readonly type: string;
  readonly name: string;
  readonly label?: string;
  readonly description?: string;
  readonly hide?: number;
  readonly skipUrlSync?: boolean;
  readonly query?: string | { readonly query: string; readonly refId: string };
  readonly datasource?: DataSourceRef;
  readonly regex?: string;
  readonly sort?: number;
  readonly refresh?: number;
  readonly multi?: boolean;
  readonly includeAll?: boolean;
  readonly allValue?: string;
  readonly current?: { readonly text?: string | string[]; readonly value?: string | string[] };
}
