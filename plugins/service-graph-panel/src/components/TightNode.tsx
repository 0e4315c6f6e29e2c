/** The inside of a node where there is little height. */
import { useStyles2 } from '@grafana/ui';
import React from 'react';
import type { Part } from '../layout/edge-label';
import { latencyOf, nodeRow } from '../layout/node-label';
import { BOLD, wrapText } from '../layout/text';
import { formatCount, formatPercent } from '../model/format';
import type { NodeViewProps } from './NodeView';
import { PoolRing } from './rings';
import { CYLINDER_CAP } from './shapes';
import { graphStyles } from './styles';

/** Name and one row of figures; at a database the state of its pool. */
export function TightNode(props: NodeViewProps) {
  const { node, placed } = props;
  const styles = useStyles2(graphStyles);
  const hasPool = node.pools.length > 0;
  const isCut = node.kind === 'external';
  const x = placed.x + (isCut ? 13 : 10);
  const room = placed.width - (isCut ? 22 : 16);
  const y = node.kind === 'database' ? placed.y - placed.height / 2 + 2 * CYLINDER_CAP + 12 : placed.y - 3;
  const classes = { strong: undefined, over: styles.over, plain: styles.weak };
  return (
    <>
      <text x={x} y={y} style={{ fontSize: 12, fontWeight: 600 }}>
        {wrapText(node.name, room / BOLD, 12, 1)[0]}
      </text>
      {hasPool ? (
        <TightPool {...props} figuresY={y} />
      ) : (
        <text x={x} y={y + 14} style={{ fontSize: 11 }} xmlSpace="preserve">
          {nodeRow(node, room, 11).map(({ text, tone }, i) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: parts have no other identity than their place
            <tspan key={i} className={classes[tone]}>
              {text}
            </tspan>
          ))}
        </text>
      )}
    </>
  );
}

interface TightPoolProps extends NodeViewProps {
  /** px, the base line of the name */
  readonly figuresY: number;
}

const TIGHT_RADIUS = 21;

/** The pool where there is little height: a small gauge, and beside it what is over a threshold. */
function TightPool({ node, placed, poolThreshold, hatch, figuresY }: TightPoolProps) {
  const styles = useStyles2(graphStyles);
  const [pool] = node.pools;
  if (pool === undefined) return null;
  const x = placed.x + TIGHT_RADIUS + 12;
  const y = figuresY + TIGHT_RADIUS + 6;
  const waiting = pool.waiting?.now ?? null;
  const rows = [
    ...(node.now ? [latencyOf(node)] : []),
    marked(`${formatPercent(pool.utilization)} used`, pool.over.utilization),
    ...(waiting === null ? [] : [marked(`${formatCount(waiting)} waiting`, pool.over.waiting)]),
  ];
  return (
    <>
      <PoolRing {...{ pool, x, y, poolThreshold, hatch }} radius={TIGHT_RADIUS} strokeWidth={7} />
      <text x={x} y={y + 4} textAnchor="middle" style={{ fontSize: 12, fontWeight: 600 }}>
        {pool.used?.now == null ? formatPercent(pool.utilization) : Math.round(pool.used.now)}
      </text>
      {rows.map(({ text, tone }, i) => (
        <text
          key={text}
          className={tone === 'over' ? styles.over : styles.weak}
          x={x + TIGHT_RADIUS + 8}
          y={y - 10 + i * 14}
          style={{ fontSize: 11 }}
        >
          {text}
        </text>
      ))}
    </>
  );
}

function marked(text: string, isOver: boolean): Part {
  return isOver ? { text: `▲ ${text}`, tone: 'over' } : { text, tone: 'plain' };
}
