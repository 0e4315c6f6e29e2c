import { PanelPlugin } from '@grafana/data';
import { HeatmapPanel, type Options } from './HeatmapPanel';

const DEFAULTS: Options = {
  color: { scheme: 'Oranges', steps: 64, reverse: false },
  filterValues: { le: 1e-9 },
  cellGap: 1,
  cellValues: {},
  yAxis: {},
  legend: { show: true },
};

// biome-ignore lint/correctness/useHookAtTopLevel: no hook, in spite of its name
export const plugin = new PanelPlugin<Options>(HeatmapPanel).useFieldConfig().setPanelOptions((builder) => {
  for (const [path, defaultValue] of Object.entries(DEFAULTS)) {
    builder.addTextInput({ path, name: path, defaultValue } as never);
  }
});
