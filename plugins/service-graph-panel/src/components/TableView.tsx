import React from 'react';
import type { Graph as GraphModel } from '../model/types';
import { EdgeTable } from './EdgeTable';

export interface TableViewProps {
  readonly graph: GraphModel;
  readonly onSelect: (id: string) => void;
  readonly onLeave: () => void;
}

/** The table; T leads back to the graph. */
export function TableView({ graph, onSelect, onLeave }: TableViewProps) {
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: a shortcut beside the buttons that do the same
    <div
      onKeyDown={(event) => {
        if (event.key !== 't' && event.key !== 'T' && event.key !== 'Escape') return;
        event.stopPropagation();
        onLeave();
      }}
    >
      <EdgeTable graph={graph} onSelect={onSelect} />
    </div>
  );
}
