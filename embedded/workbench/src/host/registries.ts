/**
 * The three registries that Grafana's core fills: editors (which nothing here opens), standard field options and
 * transformations.
 */
import {
  booleanOverrideProcessor,
  dataLinksOverrideProcessor,
  displayNameOverrideProcessor,
  type Field,
  type FieldConfigPropertyItem,
  type FieldOverrideEditorProps,
  FieldType,
  identityOverrideProcessor,
  numberOverrideProcessor,
  standardEditorsRegistry,
  standardFieldConfigEditorRegistry,
  standardTransformers,
  standardTransformersRegistry,
  stringOverrideProcessor,
  ThresholdsMode,
  thresholdsOverrideProcessor,
  unitOverrideProcessor,
  valueMappingsOverrideProcessor,
} from '@grafana/data';

/** Options are never edited here, but every option names its editor. */
export const NoEditor = () => null;

const EDITORS =
  'number slider text strings select multi-select radio boolean color unit field-name timezone dashboard-uid mappings ' +
  'thresholds links actions stats-picker fieldColor series-config query layer-name';

type Process = (value: never, context: never, settings: never) => unknown;

interface Extra {
  readonly settings?: object;
  readonly defaultValue?: unknown;
  readonly shouldApply?: (field: Field) => boolean;
}

function option(id: string, name: string, process: Process, extra: Extra = {}): FieldConfigPropertyItem {
  const editor = NoEditor as unknown as React.ComponentType<FieldOverrideEditorProps<unknown, object>>;
  return {
    id,
    path: id,
    name,
    description: '',
    editor,
    override: editor,
    process,
    shouldApply: () => true,
    settings: {},
    ...extra,
  } as FieldConfigPropertyItem;
}

const isNumber = (field: Field) => field.type === FieldType.number;

const DEFAULT_THRESHOLDS = {
  mode: ThresholdsMode.Absolute,
  steps: [
    { value: -Infinity, color: 'green' },
    { value: 80, color: 'red' },
  ],
};

function fieldOptions(): FieldConfigPropertyItem[] {
  return [
    option('unit', 'Unit', unitOverrideProcessor, { shouldApply: (field) => field.type !== FieldType.time }),
    option('min', 'Min', numberOverrideProcessor, { shouldApply: isNumber }),
    option('max', 'Max', numberOverrideProcessor, { shouldApply: isNumber }),
    option('fieldMinMax', 'Field min/max', booleanOverrideProcessor, { shouldApply: isNumber }),
    option('decimals', 'Decimals', numberOverrideProcessor, {
      settings: { min: 0, max: 15, integer: true },
      shouldApply: isNumber,
    }),
    option('displayName', 'Display name', displayNameOverrideProcessor, {
      settings: { expandTemplateVars: true },
    }),
    option('color', 'Color', identityOverrideProcessor, {
      settings: { byValueSupport: true, preferThresholdsMode: false },
    }),
    option('noValue', 'No value', stringOverrideProcessor),
    option('links', 'Data links', dataLinksOverrideProcessor),
    option('mappings', 'Value mappings', valueMappingsOverrideProcessor, { defaultValue: [] }),
    option('thresholds', 'Thresholds', thresholdsOverrideProcessor, { defaultValue: DEFAULT_THRESHOLDS }),
    option('filterable', 'Filterable', booleanOverrideProcessor),
  ];
}

/** To be called once, before the first panel is made. */
export function fillRegistries(): void {
  standardEditorsRegistry.setInit(() =>
    EDITORS.split(' ').map((id) => ({ id, name: id, editor: NoEditor as never })),
  );
  standardFieldConfigEditorRegistry.setInit(fieldOptions);
  standardTransformersRegistry.setInit(() => {
    const byId = new Map(Object.values(standardTransformers).map((each) => [each.id as string, each]));
    return [...byId.values()].map((each) => ({
      id: each.id,
      name: each.name,
      description: each.description,
      editor: NoEditor as never,
      transformation: () => Promise.resolve(each as never),
      imageDark: '',
      imageLight: '',
    }));
  });
}
