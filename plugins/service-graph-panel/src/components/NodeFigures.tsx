import React from 'react';
import { formatCount, formatPercent, formatRate, formatSeconds, UNKNOWN } from '../model/format';
import type { GraphNode, Pool } from '../model/types';
import { CallsRows, FiguresTable, GaugeRow, SectionRow, type Timeline } from './FiguresTable';

export interface NodeFiguresProps {
  readonly node: GraphNode;
  readonly timeline: Timeline;
}

/** A node's figures; at a database what its clients report of their pools, then the calls, then the server itself. */
export function NodeFigures({ node, timeline }: NodeFiguresProps) {
  const { pools, server, now } = node;
  const hasSections = pools.length > 0 || server !== null;
  if (now === null && !hasSections) return null;
  return (
    <FiguresTable timeline={timeline}>
      {pools.map((pool) => (
        <PoolRows key={pool.name} pool={pool} timeline={timeline} />
      ))}
      {now && (
        <>
          {hasSections && <SectionRow title="Calls, all callers" />}
          <CallsRows {...node} now={now} timeline={timeline} />
        </>
      )}
      {server && (
        <>
          <SectionRow title="Server" />
          <GaugeRow label="CPU" gauge={server.cpu} format={formatPercent} atLeast={1} timeline={timeline} />
          <GaugeRow
            label="Query P95"
            gauge={server.queryP95_s}
            format={formatSeconds}
            atLeast={0.1}
            timeline={timeline}
          />
        </>
      )}
    </FiguresTable>
  );
}

function PoolRows({ pool, timeline }: { readonly pool: Pool; readonly timeline: Timeline }) {
  const whole = (value: number | null) => (value === null ? UNKNOWN : String(Math.round(value)));
  const max = pool.max ?? undefined;
  return (
    <>
      <SectionRow title={`Connection pool${pool.name ? ` of ${pool.name}` : ''}, as its client reports it`} />
      <GaugeRow
        label={max === undefined ? 'Used' : `Used of ${formatCount(max)}`}
        gauge={pool.used}
        format={whole}
        isOver={pool.over.utilization}
        atLeast={max}
        timeline={timeline}
      />
      <GaugeRow
        label="Waiting"
        gauge={pool.waiting}
        format={formatCount}
        isOver={pool.over.waiting}
        timeline={timeline}
      />
      <GaugeRow label="Wait P95" gauge={pool.waitP95_s} format={formatSeconds} timeline={timeline} />
      <GaugeRow label="Timeouts" gauge={pool.timeouts} format={formatRate} timeline={timeline} />
    </>
  );
}
