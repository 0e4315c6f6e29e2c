import type { FieldConfigEditorBuilder } from '@grafana/data';
import { NoEditor } from '../host/registries';

/** Field options of a panel type by path, each with its default (undefined: none). */
export type FieldOptions = Readonly<Record<string, unknown>>;

/** Registers the options that a panel reads from `field.config.custom`: what is not registered, overrides cannot set. */
export function addFieldOptions(builder: FieldConfigEditorBuilder<object>, options: FieldOptions): void {
  for (const [path, defaultValue] of Object.entries(options)) {
    builder.addCustomEditor({
      id: path,
      path,
      name: path,
      defaultValue,
      editor: NoEditor as never,
      override: NoEditor as never,
      process: (value: unknown) => value,
      shouldApply: () => true,
    } as never);
  }
}
