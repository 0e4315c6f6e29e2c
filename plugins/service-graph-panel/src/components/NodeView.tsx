import { useStyles2 } from '@grafana/ui';
import React from 'react';
import { latencyOf } from '../layout/node-label';
import type { Density } from '../layout/place';
import type { PlacedNode } from '../layout/route';
import { BOLD, textWidth, wrapText } from '../layout/text';
import { hasShortLabels, type TierName } from '../layout/tiers';
import { describeNode } from '../model/describe';
import { formatPercent, formatRate } from '../model/format';
import type { GraphNode } from '../model/types';
import { PoolGauge } from './PoolGauge';
import { ErrorRing } from './rings';
import { CYLINDER_CAP, lidOf, outlineOf } from './shapes';
import { graphStyles } from './styles';
import { TightNode } from './TightNode';

export interface NodeViewProps {
  readonly node: GraphNode;
  readonly placed: PlacedNode;
  readonly tier: TierName;
  readonly density: Density;
  /** Share at which a pool is marked. */
  readonly poolThreshold: number;
  /** Id of the pattern for what is over its threshold. */
  readonly hatch: string;
  readonly isSelected: boolean;
  readonly isDimmed: boolean;
  readonly tabIndex: number;
}

const LINE = 16;

/** A node: its outline tells what it is; inside its name, rate, latency and error share, at a database its pool. */
export function NodeView(props: NodeViewProps) {
  const { node, placed, isSelected, isDimmed, tabIndex } = props;
  const styles = useStyles2(graphStyles);
  const [pool] = node.pools;
  const isFull = pool?.over.utilization ?? false;
  const isOver = node.over.errors || node.over.latency || isFull;
  const shape = `shape ${isOver ? styles.shapeOver : styles.shape}`;
  const reach = props.density === 'tight' ? 2.5 : 4;
  const name = describeNode(node);
  return (
    <g
      className={`${styles.node} ${isDimmed ? styles.dimmed : ''}`}
      data-id={node.id}
      data-kind="node"
      data-selected={isSelected}
      data-over={isOver}
      data-pool-over={isFull}
      tabIndex={tabIndex}
      role="button"
      aria-label={node.members.length > 0 ? `${name}. Stands for ${node.members.join(', ')}` : name}
      aria-pressed={isSelected}
    >
      <title>{name}</title>
      {node.members.length > 0 &&
        [6, 3].map((by) => (
          <path key={by} className={shape} d={outlineOf({ ...placed, x: placed.x + by, y: placed.y - by })} />
        ))}
      <path className={`focus ${styles.focus}`} d={outlineOf(placed, isFull ? 2 * reach : reach)} />
      <path className={styles.backing} d={outlineOf(placed)} />
      <path className={shape} d={outlineOf(placed)} />
      {node.kind === 'database' && (
        <path
          className={isOver ? styles.shapeOver : styles.shape}
          style={{ fill: 'none' }}
          d={lidOf(placed)}
        />
      )}
      {isFull && <path className={styles.outline} d={outlineOf(placed, reach)} />}
      <Inside {...props} />
    </g>
  );
}

function Inside(props: NodeViewProps) {
  if (props.node.kind === 'client') return <ClientText {...props} />;
  return props.density === 'tight' ? <TightNode {...props} /> : <NodeText {...props} />;
}

function ClientText({ node, placed }: NodeViewProps) {
  const styles = useStyles2(graphStyles);
  const x = placed.x + placed.width / 2;
  return (
    <>
      <text x={x} y={placed.y - 2} textAnchor="middle" style={{ fontSize: 13, fontWeight: 600 }}>
        {wrapText(node.name, placed.width - 8, 13, 1)[0]}
      </text>
      <text className={styles.weak} x={x} y={placed.y + 15} textAnchor="middle" style={{ fontSize: 12 }}>
        {formatRate(node.now?.rate)}
      </text>
    </>
  );
}

/** Where things go inside of a node. The wide tier has the ring at the left, the others at the right. */
function measure({ node, placed, tier, density }: NodeViewProps) {
  const isWide = tier === 'wide';
  const isSmall = hasShortLabels(tier);
  const isLow = density !== 'roomy';
  const fontSize = isWide ? 13 : 12;
  const radius = isWide ? (isLow ? 14 : 17) : isSmall ? 8 : 10;
  const cap = node.kind === 'database' ? 2 * CYLINDER_CAP + 2 : 0;
  const tag = tagOf(node, isWide && !isLow);
  const textX = placed.x + (isWide ? 2 * radius + 22 : 10);
  const tagRoom = tag === '' ? 0 : textWidth(tag, 10.5) + 8;
  const nameWidth = placed.x + placed.width - textX - 6 - (isWide ? tagRoom : 0);
  const lines = wrapText(node.name, nameWidth / BOLD, fontSize, isLow && tier !== 'slim' ? 1 : 2);
  const rows = lines.length + (isWide ? 1 : 2);
  const top = placed.y - placed.height / 2 + cap;
  const free = node.pools.length > 0 ? 6 : Math.max(4, (placed.height - cap - rows * LINE) / 2);
  const firstY = top + free + 12;
  const ring = isWide
    ? {
        x: placed.x + radius + 12,
        y: node.pools.length > 0 ? firstY + 7 : top + (placed.height - cap) / 2,
      }
    : {
        x: placed.x + placed.width - radius - (node.kind === 'external' ? 11 : 7),
        // Beside the rate, or where that row is full, beside the latency.
        y: firstY + (lines.length + (isSmall ? 1 : 0)) * LINE - 4,
      };
  return { isWide, fontSize, radius, tag, textX, lines, firstY, ring };
}

function tagOf({ kind, members }: GraphNode, hasRoom: boolean): string {
  if (members.length > 0) return '+';
  return kind === 'external' && hasRoom ? 'external' : '';
}

function NodeText(props: NodeViewProps) {
  const { node, placed } = props;
  const styles = useStyles2(graphStyles);
  const { isWide, fontSize, tag, textX, lines, firstY, ring, radius } = measure(props);
  const figuresY = firstY + lines.length * LINE;
  const small = { fontSize: isWide ? 12 : 11.5 };
  return (
    <>
      {lines.map((line, i) => (
        <text key={line} x={textX} y={firstY + i * LINE} style={{ fontSize, fontWeight: 600 }}>
          {line}
        </text>
      ))}
      {tag !== '' && (
        <text
          className={styles.weak}
          x={placed.x + placed.width - 13}
          y={firstY}
          textAnchor="end"
          style={{ fontSize: 10.5 }}
        >
          {tag}
        </text>
      )}
      <ErrorRing node={node} x={ring.x} y={ring.y} radius={radius} isWide={isWide} />
      {node.now === null ? (
        <text className={styles.weak} x={textX} y={figuresY} style={small}>
          {node.makes === null ? 'no calls seen' : `makes ${formatRate(node.makes)}`}
        </text>
      ) : (
        <>
          <text x={textX} y={figuresY} style={small}>
            {formatRate(node.now.rate)}
            {isWide ? (
              <tspan dx={8}>
                <NodeLatency node={node} />
              </tspan>
            ) : (
              node.over.errors && (
                <tspan dx={6} className={styles.over}>
                  ▲ {formatPercent(node.now.errors)}
                </tspan>
              )
            )}
          </text>
          {!isWide && (
            <text x={textX} y={figuresY + LINE} style={small}>
              <NodeLatency node={node} />
            </text>
          )}
        </>
      )}
      <PoolGauge {...props} figuresY={figuresY + (isWide ? 0 : LINE)} />
    </>
  );
}

function NodeLatency({ node }: Pick<NodeViewProps, 'node'>) {
  const styles = useStyles2(graphStyles);
  const { text, tone } = latencyOf(node);
  return <tspan className={tone === 'over' ? styles.over : styles.weak}>{text}</tspan>;
}
