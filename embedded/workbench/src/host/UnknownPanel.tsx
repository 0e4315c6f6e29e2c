import { PanelPlugin } from '@grafana/data';
import { Alert } from '@grafana/ui';
import * as React from 'react';

/** Stands in for a panel type that the workbench does not have, and says so where the panel would be. */
export function unknownPanel(id: string, known: readonly string[]): PanelPlugin {
  return new PanelPlugin(() => (
    <Alert title={`Unknown panel type "${id}"`}>There are: {known.join(', ')}.</Alert>
  ));
}
