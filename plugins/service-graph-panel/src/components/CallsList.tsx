import { useStyles2 } from '@grafana/ui';
import React from 'react';
import { formatPercent, formatRate, formatSeconds } from '../model/format';
import type { GraphEdge } from '../model/types';
import { detailStyles } from './styles';

export interface CallsListProps {
  readonly title: string;
  readonly edges: readonly GraphEdge[];
  readonly label: (edge: GraphEdge) => string;
  readonly onSelect: (id: string) => void;
}

export function CallsList({ title, edges, label, onSelect }: CallsListProps) {
  const styles = useStyles2(detailStyles);
  if (edges.length === 0) return null;
  const busiestFirst = [...edges].sort((a, b) => (b.now.inFlight ?? 0) - (a.now.inFlight ?? 0));
  return (
    <>
      <h4 className={styles.heading}>{title}</h4>
      <ul className={styles.list}>
        {busiestFirst.map((edge) => (
          <li key={edge.id}>
            <button type="button" className={styles.linkButton} onClick={() => onSelect(edge.id)}>
              {label(edge)}
            </button>
            <span>
              {formatRate(edge.now.rate)} ·{' '}
              <span className={edge.over.errors ? styles.over : undefined}>
                {edge.over.errors ? '▲ ' : ''}
                {formatPercent(edge.now.errors)}
              </span>{' '}
              · {formatSeconds(edge.now.mean_s)}
            </span>
          </li>
        ))}
      </ul>
    </>
  );
}
