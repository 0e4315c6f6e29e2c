import type { StandardEditorProps } from '@grafana/data';
import { DataSourcePicker } from '@grafana/runtime';
import React from 'react';

/** Chooses a data source of one type, or a dashboard variable that holds one. */
export function DataSourceEditor({ value, onChange, item }: StandardEditorProps<string, { type: string }>) {
  return (
    <DataSourcePicker
      type={item.settings?.type}
      current={value || null}
      variables
      noDefault
      onChange={(settings) => onChange(settings.uid)}
      onClear={() => onChange('')}
    />
  );
}
