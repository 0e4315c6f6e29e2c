/** Shares as circles: failed calls of a node, connections in use of a pool. */
import { useStyles2 } from '@grafana/ui';
import React from 'react';
import type { GraphNode, Pool } from '../model/types';
import type { NodeViewProps } from './NodeView';
import { arcOf, KIND_ICON } from './shapes';
import { graphStyles } from './styles';

/** px; in a smaller ring nobody could tell one icon from another, and the outline says the same. */
const SMALLEST_WITH_ICON = 8;

interface ErrorRingProps {
  readonly node: GraphNode;
  readonly x: number;
  readonly y: number;
  readonly radius: number;
  readonly isWide: boolean;
}

/** The share of failed calls as an arc, in words inside when it is over its threshold; otherwise the kind's icon. */
export function ErrorRing({ node, x, y, radius, isWide }: ErrorRingProps) {
  const styles = useStyles2(graphStyles);
  const share = node.now?.errors ?? 0;
  const saysShare = node.over.errors && isWide;
  return (
    <>
      <circle className={styles.track} cx={x} cy={y} r={radius - 2} strokeWidth={4} />
      {share > 0.002 && <path className={styles.arc} d={arcOf(x, y, radius - 2, share)} strokeWidth={4.5} />}
      {saysShare ? (
        <text className={styles.over} x={x} y={y + 3.5} textAnchor="middle" style={{ fontSize: 10.5 }}>
          {Math.round(share * 100)}%
        </text>
      ) : (
        radius > SMALLEST_WITH_ICON &&
        (isWide || !node.over.errors) && (
          <path
            className={styles.icon}
            d={KIND_ICON[node.kind]}
            transform={`translate(${x} ${y}) scale(${isWide ? 1 : 0.62})`}
          />
        )
      )}
    </>
  );
}

export interface PoolRingProps extends Pick<NodeViewProps, 'poolThreshold' | 'hatch'> {
  readonly pool: Pool;
  readonly x: number;
  readonly y: number;
  /** px, to the outside */
  readonly radius: number;
  readonly strokeWidth: number;
}

/** Connections in use as a share of the circle, hatched over the threshold, which is a tick. */
export function PoolRing({ pool, x, y, radius, strokeWidth, poolThreshold, hatch }: PoolRingProps) {
  const styles = useStyles2(graphStyles);
  const tick = poolThreshold * 2 * Math.PI;
  const at = (r: number) => ({ x: x + r * Math.sin(tick), y: y - r * Math.cos(tick) });
  const [inner, outer] = [at(radius - strokeWidth - 2), at(radius + 3)];
  const r = radius - strokeWidth / 2;
  return (
    <>
      <circle className={styles.track} cx={x} cy={y} r={r} strokeWidth={strokeWidth} />
      <path
        className={styles.poolArc}
        style={pool.over.utilization ? { stroke: `url(#${hatch})` } : undefined}
        d={arcOf(x, y, r, pool.utilization ?? 0)}
        strokeWidth={strokeWidth}
      />
      {poolThreshold > 0 && (
        <line className={styles.tick} x1={inner.x} y1={inner.y} x2={outer.x} y2={outer.y} />
      )}
    </>
  );
}
