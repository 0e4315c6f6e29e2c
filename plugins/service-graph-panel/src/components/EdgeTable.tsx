import { useStyles2 } from '@grafana/ui';
import React from 'react';
import { formatQuantile, kindWord } from '../model/describe';
import { formatCount, formatPercent, formatRate, formatSeconds } from '../model/format';
import type { Graph, GraphEdge } from '../model/types';
import { detailStyles, frameStyles } from './styles';

export interface EdgeTableProps {
  readonly graph: Graph;
  /** Opens an edge's details; without it the names are plain text. */
  readonly onSelect?: (id: string) => void;
}

/** The same figures as the graph's, over a threshold first, then by calls in flight. */
export function EdgeTable({ graph, onSelect }: EdgeTableProps) {
  const styles = useStyles2(detailStyles);
  const frame = useStyles2(frameStyles);
  const nodes = new Map(graph.nodes.map((node) => [node.id, node]));
  const nameOf = (id: string) => nodes.get(id)?.name ?? id;
  return (
    <table className={styles.wide}>
      <caption className={frame.screenReader}>Calls between services</caption>
      <thead>
        <tr>
          {[
            'From',
            'To',
            'Rate',
            'Errors',
            'Mean',
            'P95',
            'P99',
            'In flight',
            'Rate before',
            'P95 before',
          ].map((heading) => (
            <th key={heading} scope="col">
              {heading}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {[...graph.edges].sort(byImportance).map((edge) => {
          const { now, before, over } = edge;
          const kind = nodes.get(edge.target)?.kind;
          return (
            <tr key={edge.id}>
              <td>{nameOf(edge.source)}</td>
              <td>
                {onSelect ? (
                  <button
                    type="button"
                    data-id={edge.id}
                    className={styles.linkButton}
                    onClick={() => onSelect(edge.id)}
                  >
                    {nameOf(edge.target)}
                  </button>
                ) : (
                  nameOf(edge.target)
                )}{' '}
                <small>{kind && kindWord(kind)}</small>
              </td>
              <td>{formatRate(now.rate)}</td>
              <Marked isOver={over.errors} text={formatPercent(now.errors)} />
              <Marked isOver={over.latency && now.p95 === null} text={formatSeconds(now.mean_s)} />
              <Marked isOver={over.latency && now.p95 !== null} text={formatQuantile(now.p95)} />
              <td>{formatQuantile(now.p99)}</td>
              <td>{formatCount(now.inFlight)}</td>
              <td>{formatRate(before?.rate)}</td>
              <td>{formatQuantile(before?.p95 ?? null)}</td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

function Marked({ isOver, text }: { readonly isOver: boolean; readonly text: string }) {
  const styles = useStyles2(detailStyles);
  return (
    <td className={isOver ? styles.over : undefined}>
      {isOver ? '▲ ' : ''}
      {text}
    </td>
  );
}

function byImportance(a: GraphEdge, b: GraphEdge): number {
  const over = (edge: GraphEdge) => Number(edge.over.errors || edge.over.latency);
  return over(b) - over(a) || (b.now.inFlight ?? 0) - (a.now.inFlight ?? 0) || (a.id < b.id ? -1 : 1);
}
