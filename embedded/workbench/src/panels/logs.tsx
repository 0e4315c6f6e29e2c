import { PanelPlugin, type PanelProps } from '@grafana/data';
import * as React from 'react';
import { LogList } from '../logs/LogList';
import { logListOptions } from '../logs/model/options';
import { NoData } from './NoData';

type Options = Parameters<typeof logListOptions>[0];

/** Log lines, as Explore lists them. */
function LogsPanel({ data, width, height, options, timeZone }: PanelProps<Options>) {
  if (data.series.every(({ length }) => length === 0)) return <NoData />;
  return (
    <div style={{ width, height }}>
      <LogList frames={data.series} options={logListOptions(options)} timeZone={timeZone} />
    </div>
  );
}

export const plugin = new PanelPlugin<Options>(LogsPanel);
