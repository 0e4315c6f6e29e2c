import { FieldColorModeId, FieldConfigProperty, PanelPlugin } from '@grafana/data';
import { commonOptionsBuilder } from '@grafana/ui';
import { addFieldOptions } from '../field-option';
import { GRAPH_OPTIONS } from './field-options';
import { type Options, TimeSeriesPanel } from './TimeSeriesPanel';

export const plugin = new PanelPlugin<Options>(TimeSeriesPanel)
  .setPanelOptions((builder) => {
    commonOptionsBuilder.addTooltipOptions(builder);
    commonOptionsBuilder.addLegendOptions(builder);
  })
  .useFieldConfig({
    standardOptions: {
      [FieldConfigProperty.Color]: {
        settings: { byValueSupport: true, bySeriesSupport: true, preferThresholdsMode: false },
        defaultValue: { mode: FieldColorModeId.PaletteClassic },
      },
    },
    useCustomConfig: (builder) => addFieldOptions(builder, GRAPH_OPTIONS),
  })
  .setDataSupport({ annotations: true, alertStates: true });
