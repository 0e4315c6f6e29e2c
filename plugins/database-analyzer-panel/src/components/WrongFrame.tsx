import React from 'react';
import type { SnapshotResult } from '../model/snapshot';
import { PanelMessage } from './PanelMessage';

export interface WrongFrameProps {
  readonly result: Extract<SnapshotResult, { kind: 'notLogs' | 'wrongFields' }>;
  readonly selector: string;
}

/** Says what an answer lacks to be a snapshot. */
export function WrongFrame({ result, selector }: WrongFrameProps) {
  if (result.kind === 'notLogs') {
    return (
      <PanelMessage
        icon="exclamation-triangle"
        title="The snapshot stream does not give log lines"
        query={selector}
      >
        The answer has the fields {result.fields.join(', ')}; a time and a line are needed. Is the data source
        Loki?
      </PanelMessage>
    );
  }
  return (
    <PanelMessage icon="exclamation-triangle" title="These lines are not session snapshots" query={selector}>
      Missing: {result.missing.join(', ')}. Without both start times the two ages cannot be told apart, so
      nothing is drawn. A line begins: {result.example.slice(0, 100)} …
    </PanelMessage>
  );
}
