import { LoadingState, type PanelData, type TimeRange } from '@grafana/data';
import { LoadingBar } from '@grafana/ui';
import * as React from 'react';
import { tableFrame, valueName } from '../../datasources/prometheus/table';
import { TraceView } from '../../traces/TraceView';
import { splitFrames } from '../model/split';
import type { ExploreQuery } from '../model/url-state';
import { LogsResult } from './LogsResult';
import { GraphResult, TableResult } from './MetricsResult';
import { SearchTable } from './SearchTable';

interface ResultsProps {
  readonly answer: PanelData;
  readonly uid: string;
  readonly queries: readonly ExploreQuery[];
  readonly range: TimeRange;
  readonly run: number;
  readonly spanId: string | undefined;
  readonly onRange: (range: TimeRange) => void;
  readonly onQueries: (queries: readonly ExploreQuery[]) => void;
  readonly urlOfTrace: (traceId: string, spanId?: string) => string;
}

/** An answer, each part of it as it is read best. */
export function Results(props: ResultsProps) {
  const { answer, uid, queries, range, run, spanId, onRange, onQueries, urlOfTrace } = props;
  const { logs, graph, table, traces, trace } = React.useMemo(
    () => splitFrames(answer.series),
    [answer.series],
  );
  const ofGraph = React.useMemo(() => ({ ...answer, series: [...graph] }), [answer, graph]);
  const ofTable = React.useMemo(
    () => ({ ...answer, series: [...inTables(table)], annotations: [] }),
    [answer, table],
  );
  const isDone = answer.state === LoadingState.Done;
  return (
    <>
      {answer.state === LoadingState.Loading && <LoadingBar width={300} />}
      {graph.length > 0 && <GraphResult data={ofGraph} onRange={onRange} />}
      {table.length > 0 && <TableResult data={ofTable} />}
      {logs.length > 0 && (
        <LogsResult
          frames={logs}
          uid={uid}
          queries={queries}
          range={range}
          run={run}
          onRange={onRange}
          onQueries={onQueries}
        />
      )}
      {traces.length > 0 && <SearchTable frames={traces} urlOf={urlOfTrace} />}
      {trace.map((frame) => (
        <div key={frame.refId} style={{ height: 'max(420px, calc(100vh - 230px))' }}>
          <TraceView frame={frame} spanId={spanId} />
        </div>
      ))}
      {isDone && answer.series.length === 0 && <p role="status">No data in this time.</p>}
    </>
  );
}

/** Values of an instant of one query are one table, whatever their labels; tables are taken as they are. */
function inTables(frames: PanelData['series'] | readonly PanelData['series'][number][]) {
  const isValue = ({ meta, fields }: PanelData['series'][number]) =>
    meta?.preferredVisualisationType !== 'table' && fields.length === 2;
  const values = frames.filter(isValue);
  const names = [...new Set(values.map(({ refId }) => refId ?? ''))];
  return [
    ...frames.filter((frame) => !isValue(frame)),
    ...names.map((name) =>
      tableFrame(
        values.filter(({ refId = '' }) => refId === name),
        valueName(name, names.length),
      ),
    ),
  ];
}
