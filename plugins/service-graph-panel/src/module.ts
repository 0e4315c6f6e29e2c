import { FieldConfigProperty, PanelPlugin } from '@grafana/data';
import type { Options } from './options';
import { buildOptions } from './options-editor';
import { ServiceGraphPanel } from './ServiceGraphPanel';

export const plugin = new PanelPlugin<Options>(ServiceGraphPanel)
  .setPanelOptions(buildOptions)
  .useFieldConfig({
    // Data links are shown in the details of an edge; the other standard options would change nothing.
    disableStandardOptions: Object.values(FieldConfigProperty).filter(
      (property) => property !== FieldConfigProperty.Links,
    ),
  });
