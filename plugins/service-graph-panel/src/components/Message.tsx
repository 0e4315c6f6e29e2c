import { useStyles2 } from '@grafana/ui';
import React from 'react';
import { suggestedQueries } from '../model/queries';
import { frameStyles } from './styles';

export interface MessageProps {
  readonly title: string;
  readonly text: string;
  /** Lines shown as they are: what was found, or an error. */
  readonly found?: readonly string[];
}

/** Why there is no graph, and what would make one. */
export function Message({ title, text, found = [] }: MessageProps) {
  const styles = useStyles2(frameStyles);
  const queries = suggestedQueries().slice(0, 3);
  return (
    <div className={styles.message} role="status">
      <h3>{title}</h3>
      <p>{text}</p>
      {found.length > 0 && <pre>{found.join('\n')}</pre>}
      <p>Queries that the panel reads, by the query's name:</p>
      <pre>{queries.map(({ refId, expr }) => `${refId}: ${expr}`).join('\n')}</pre>
    </div>
  );
}
