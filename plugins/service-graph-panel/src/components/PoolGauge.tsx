import { useStyles2 } from '@grafana/ui';
import React from 'react';
import { hasShortLabels } from '../layout/tiers';
import { formatCount, formatPercent, formatSeconds, significant } from '../model/format';
import type { Pool, Server } from '../model/types';
import type { NodeViewProps } from './NodeView';
import { PoolRing } from './rings';
import { graphStyles } from './styles';

export interface PoolGaugeProps extends NodeViewProps {
  /** px, the base line of the node's last row of figures */
  readonly figuresY: number;
}

/** Marks of waiting requests: at most so many rows; the number beside them has no limit. */
const QUEUE_ROWS = 4;

/** The fullest connection pool of a database: connections in use against the maximum and the threshold, and the queue. */
export function PoolGauge(props: PoolGaugeProps) {
  const { node, placed, tier, poolThreshold, hatch, figuresY } = props;
  const styles = useStyles2(graphStyles);
  const [pool] = node.pools;
  if (pool === undefined) return null;
  const isWide = tier === 'wide';
  const isSmall = hasShortLabels(tier);
  const radius = isWide ? 38 : isSmall ? 26 : 31;
  const y = figuresY + radius + 24 + (isWide ? 4 : 0);
  const x = placed.x + radius + (isWide ? 16 : 12);
  return (
    <>
      <line
        className={styles.rule}
        x1={placed.x + 10}
        x2={placed.x + placed.width - 10}
        y1={y - radius - 12}
        y2={y - radius - 12}
      />
      <PoolRing {...{ pool, x, y, radius, poolThreshold, hatch }} strokeWidth={9} />
      <GaugeText pool={pool} x={x} y={y} isWide={isWide} hasMaximum={!isSmall} />
      <PoolText
        pool={pool}
        saysMaximum={isSmall}
        x={x + radius + (isWide ? 16 : isSmall ? 5 : 8)}
        y={y}
        isWide={isWide}
      />
      <Queue pool={pool} x={placed.x + 14} y={y + radius + 7} isWide={isWide} width={placed.width - 28} />
      <ServerText
        server={node.server}
        isWide={isWide}
        x={placed.x + 14}
        y={placed.y + placed.height / 2 - 10}
      />
    </>
  );
}

interface PartProps {
  readonly pool: Pool;
  readonly x: number;
  readonly y: number;
  readonly isWide: boolean;
}

function GaugeText({ pool, x, y, isWide, hasMaximum }: PartProps & { readonly hasMaximum: boolean }) {
  const styles = useStyles2(graphStyles);
  const used = pool.used?.now ?? null;
  const showsMaximum = hasMaximum && used !== null && pool.max !== null;
  return (
    <>
      <text
        x={x}
        y={showsMaximum ? y + 2 : y + 5}
        textAnchor="middle"
        style={{ fontSize: isWide ? 17 : 14, fontWeight: 600 }}
      >
        {used === null ? formatPercent(pool.utilization) : Math.round(used)}
      </text>
      {showsMaximum && (
        <text className={styles.weak} x={x} y={y + 14} textAnchor="middle" style={{ fontSize: 10 }}>
          of {formatCount(pool.max)}
        </text>
      )}
    </>
  );
}

function PoolText({ pool, x, y, isWide, saysMaximum }: PartProps & { readonly saysMaximum: boolean }) {
  const title = saysMaximum && pool.max !== null ? `Pool of ${formatCount(pool.max)}` : 'Pool';
  const styles = useStyles2(graphStyles);
  const waiting = pool.waiting?.now ?? null;
  const rows = [
    { text: isWide ? 'Connection pool' : title, isOver: false, isTitle: true },
    {
      text: `${formatPercent(pool.utilization)}${isWide ? ' used' : ''}`,
      isOver: pool.over.utilization,
    },
    ...(waiting === null ? [] : [{ text: `${formatCount(waiting)} waiting`, isOver: pool.over.waiting }]),
    ...(isWide && pool.timeouts ? [{ text: `${timeouts(pool.timeouts.now)}`, isOver: false }] : []),
  ];
  return (
    <>
      {rows.map(({ text, isOver, ...row }, i) => (
        <text
          key={text}
          className={isOver ? styles.over : 'isTitle' in row ? styles.weak : undefined}
          x={x}
          y={y - (isWide ? 22 : 12) + i * 17}
          style={{ fontSize: isWide ? 12 : 11 }}
        >
          {isOver ? '▲ ' : ''}
          {text}
        </text>
      ))}
    </>
  );
}

function timeouts(rate: number | null): string {
  return rate === null ? 'timeouts –' : `${significant(rate)} timeouts/s`;
}

/** One mark per waiting request. */
function Queue({ pool, x, y, isWide, width }: PartProps & { readonly width: number }) {
  const styles = useStyles2(graphStyles);
  const pitch = isWide ? 6.8 : 5;
  const perRow = Math.floor(width / pitch);
  const count = Math.min(perRow * QUEUE_ROWS, Math.round(pool.waiting?.now ?? 0));
  return (
    <>
      {Array.from({ length: count }, (_, i) => (
        <rect
          // biome-ignore lint/suspicious/noArrayIndexKey: a mark is its place
          key={i}
          className={styles.waiting}
          x={(x + (i % perRow) * pitch).toFixed(1)}
          y={(y + Math.floor(i / perRow) * 5.4).toFixed(1)}
          width={isWide ? 4.6 : 3.2}
          height={3.6}
        />
      ))}
    </>
  );
}

interface ServerTextProps {
  readonly server: Server | null;
  readonly x: number;
  readonly y: number;
  readonly isWide: boolean;
}

/** The server's own figures, apart from the pool's: they are measured elsewhere. */
function ServerText({ server, x, y, isWide }: ServerTextProps) {
  const styles = useStyles2(graphStyles);
  if (server === null) return null;
  const cpu = server.cpu && `CPU ${formatPercent(server.cpu.now)}`;
  const query = server.queryP95_s && `${isWide ? 'query P95' : 'q'} ${formatSeconds(server.queryP95_s.now)}`;
  return (
    <text className={styles.weak} x={x} y={y} style={{ fontSize: isWide ? 11.5 : 10.5 }}>
      {isWide ? 'Server: ' : ''}
      {[cpu, query].filter(Boolean).join(' · ')}
    </text>
  );
}
