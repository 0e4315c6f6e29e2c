import type { FieldConfigSource, PanelData, TimeRange } from '@grafana/data';
import { EmbeddedScene, SceneDataNode, SceneTimeRange, VizPanel } from '@grafana/scenes';
import * as React from 'react';

interface VizProps {
  readonly title: string;
  readonly pluginId: string;
  readonly data: PanelData;
  readonly height: number;
  readonly options?: object;
  readonly fieldConfig?: FieldConfigSource;
  /** Someone dragged over a part of the time. */
  readonly onRange?: (range: TimeRange) => void;
}

const NO_OPTIONS = {};
const NO_FIELD_CONFIG: FieldConfigSource = { defaults: {}, overrides: [] };

/** One of the dashboards' panels over an answer. */
export function Viz(props: VizProps) {
  const {
    title,
    pluginId,
    data,
    height,
    options = NO_OPTIONS,
    fieldConfig = NO_FIELD_CONFIG,
    onRange,
  } = props;
  const [parts] = React.useState(() => {
    const node = new SceneDataNode({ data });
    const time = new SceneTimeRange(absoluteOf(data.timeRange));
    const panel = new VizPanel({ title, pluginId, options, fieldConfig, $data: node });
    return { node, time, panel, scene: new EmbeddedScene({ $timeRange: time, body: panel }) };
  });
  const { node, time, panel, scene } = parts;
  const changed = React.useRef(onRange);
  changed.current = onRange;

  React.useEffect(() => {
    node.setState({ data });
    if (
      data.timeRange.from.valueOf() !== time.state.value.from.valueOf() ||
      data.timeRange.to.valueOf() !== time.state.value.to.valueOf()
    )
      time.setState({ ...absoluteOf(data.timeRange), value: data.timeRange });
  }, [data, node, time]);
  React.useEffect(
    () => panel.setState({ title, options, fieldConfig }),
    [panel, title, options, fieldConfig],
  );
  React.useEffect(() => {
    const original = time.onTimeRangeChange;
    time.onTimeRangeChange = (range) => changed.current?.(range);
    return () => {
      time.onTimeRangeChange = original;
    };
  }, [time]);

  return (
    <div style={{ height, display: 'flex' }}>
      <scene.Component model={scene} />
    </div>
  );
}

function absoluteOf({ from, to }: TimeRange) {
  return { from: from.toISOString(), to: to.toISOString() };
}
