/** Tables: several queries joined to one row by their labels. */
import * as common from '@grafana/grafana-foundation-sdk/common';
import * as table from '@grafana/grafana-foundation-sdk/table';
import { DATASOURCE } from './config.js';
import { byName, type Override } from './overrides.js';
import { type Basics, titled } from './panels.js';

export interface Column {
  /** Name of the field: a label, or `Value #A` of query A. */
  readonly field: string;
  readonly name: string;
  readonly unit?: string;
  readonly decimals?: number;
  readonly width?: number;
  readonly hidden?: boolean;
  readonly more?: Readonly<Record<string, unknown>>;
}

export interface Table extends Omit<Basics, 'unit'> {
  readonly columns: readonly Column[];
  readonly sortBy: string;
  readonly ascending?: boolean;
}

export function joined(options: Table): table.PanelBuilder {
  const { columns, targets } = options;
  const names = columns.map(({ field }) => field);
  const organize = {
    excludeByName: { Time: true },
    indexByName: Object.fromEntries(names.map((field, index) => [field, index])),
    renameByName: Object.fromEntries(columns.map(({ field, name }) => [field, name])),
  };
  return titled(new table.PanelBuilder(), options)
    .datasource(DATASOURCE.prometheus)
    .targets([...targets])
    .unit('short')
    .showHeader(true)
    .cellHeight(common.TableCellHeight.Sm)
    .sortBy([
      new common.TableSortByFieldStateBuilder().displayName(options.sortBy).desc(options.ascending !== true),
    ])
    .transformations([
      { id: 'merge', options: {} },
      { id: 'organize', options: organize },
    ])
    .overrides(columns.map(columnOverride));
}

function columnOverride({ name, unit, decimals, width, hidden, more = {} }: Column): Override {
  return byName(name, {
    ...(unit === undefined ? {} : { unit }),
    ...(decimals === undefined ? {} : { decimals }),
    ...(width === undefined ? {} : { 'custom.width': width }),
    ...(hidden ? { 'custom.hidden': true } : {}),
    ...more,
  });
}
