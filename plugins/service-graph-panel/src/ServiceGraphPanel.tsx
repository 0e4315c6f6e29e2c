import { LoadingState, type PanelProps } from '@grafana/data';
import React, { useMemo, useRef } from 'react';
import { Message } from './components/Message';
import { useFolding } from './components/use-folding';
import { GraphPanel } from './GraphPanel';
import { buildGraph } from './model/graph';
import type { Graph } from './model/types';
import { DEFAULTS, modelOptionsOf, type Options } from './options';

/** From data to a graph, or to a message that says why there is none. */
export function ServiceGraphPanel(props: PanelProps<Options>) {
  const { data, timeRange } = props;
  const options = { ...DEFAULTS, ...props.options };
  const modelOptions = useMemo(() => modelOptionsOf(props.options), [props.options]);
  const [from, to] = [timeRange.from.valueOf(), timeRange.to.valueOf()];
  const result = useMemo(
    () =>
      buildGraph({
        frames: data.series,
        asked: (data.request?.targets ?? []).filter(({ hide }) => !hide).map(({ refId }) => refId),
        range: { from, to },
        options: modelOptions,
      }),
    [data.series, data.request, from, to, modelOptions],
  );
  const last = useRef<Graph | undefined>(undefined);
  if (result.kind === 'graph') last.current = result.graph;
  // While new data is on its way the last graph stays.
  const isWaiting = data.state === LoadingState.Loading && result.kind === 'empty';
  const graph = result.kind === 'graph' ? result.graph : isWaiting ? last.current : undefined;
  const folding = useFolding(graph, options.foldFrom);

  if (folding.graph)
    return <GraphPanel {...props} options={options} graph={folding.graph} unfold={folding.unfold} />;
  if (isWaiting) return null;
  if (result.kind === 'wrong') {
    return (
      <Message
        title="The data has no edges this panel can read"
        text="An edge needs the labels client and server (or node graph frames with the fields source and target). Found:"
        found={result.found}
      />
    );
  }
  const error = data.error?.message ?? data.errors?.[0]?.message;
  return error === undefined ? (
    <Message
      title="No service calls in this time range"
      text="The queries returned no series. Widen the time range, or check that service graph metrics are written."
    />
  ) : (
    <Message title="The queries failed" text="The data source answered with an error:" found={[error]} />
  );
}
