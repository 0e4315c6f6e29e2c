import { useStyles2 } from '@grafana/ui';
import React from 'react';
import type { PlacedEdge } from '../layout/route';
import { changeOf, describeEdge, formatQuantile } from '../model/describe';
import { formatCount, formatPercent, formatRate, formatSecondsShort } from '../model/format';
import type { GraphEdge } from '../model/types';
import { BEAD_PITCH, BEAD_ROW, beadsPerRow } from './beads';
import { graphStyles } from './styles';

export interface EdgeViewProps {
  readonly edge: GraphEdge;
  readonly placed: PlacedEdge;
  readonly dense: boolean;
  /** Calls that one bead stands for; 0 = no beads. */
  readonly beadScale: number;
  /** Calls of clients: the sum of everything behind it, in words only. */
  readonly isEntry: boolean;
  readonly isSelected: boolean;
  readonly isDimmed: boolean;
  readonly tabIndex: number;
  readonly nameOf: (id: string) => string;
}

const SLOW_LINE = 5;
const FULL_LABEL = 180;
const MIDDLE_LABEL = 112;
const COMPARED_LABEL = 212;

/** An edge: a line whose shape tells its state, its figures above and below, its calls in flight on it. */
export function EdgeView(props: EdgeViewProps) {
  const { edge, placed, isSelected, isDimmed, tabIndex, nameOf } = props;
  const styles = useStyles2(graphStyles);
  const { over } = edge;
  const isOver = over.errors || over.latency;
  const isDouble = over.latency && !over.errors;
  const width = Math.min(5, 1.1 + Math.log10((edge.now.rate ?? 0) * 10 + 1) * 0.75);
  const line = isOver ? styles.lineOver : styles.line;
  const name = describeEdge(edge, nameOf);
  return (
    <g
      className={`${styles.edge} ${isDimmed ? styles.dimmed : ''}`}
      data-id={edge.id}
      data-kind="edge"
      data-selected={isSelected}
      data-over={isOver}
      tabIndex={tabIndex}
      role="button"
      aria-label={name}
      aria-pressed={isSelected}
    >
      <title>{name}</title>
      <path className={`halo ${styles.halo}`} d={placed.path} />
      <path
        className={line}
        d={placed.path}
        strokeWidth={isDouble ? Math.max(SLOW_LINE, width + 2) : width}
        strokeDasharray={over.errors ? '6 4' : undefined}
      />
      {isDouble && <path className={styles.inner} d={placed.path} strokeWidth={2} />}
      <path className={isOver ? styles.tipOver : styles.tip} d={tipOf(placed)} />
      <Beads {...props} />
      <Label {...props} />
    </g>
  );
}

function tipOf({ tip: { x, y, towards } }: PlacedEdge): string {
  if (towards === 'right') return `M${x} ${y}l-9 -4.5v9z`;
  if (towards === 'left') return `M${x} ${y}l9 -4.5v9z`;
  return towards === 'down' ? `M${x} ${y}l-4.5 -9h9z` : `M${x} ${y}l-4.5 9h9z`;
}

/** Rows of beads that an edge needs. */
function beadRows({ edge, placed, beadScale, isEntry }: EdgeViewProps): { count: number; perRow: number } {
  const { x0, x1 } = placed.label;
  const isShown = beadScale > 0 && !isEntry && placed.onRunway;
  const count = isShown ? Math.round((edge.now.inFlight ?? 0) / beadScale) : 0;
  return { count, perRow: beadsPerRow(x1 - x0) };
}

function Beads(props: EdgeViewProps) {
  const styles = useStyles2(graphStyles);
  const { count, perRow } = beadRows(props);
  const { x1, y } = props.placed.label;
  const rows = Math.ceil(count / perRow);
  return (
    <>
      {Array.from({ length: count }, (_, i) => {
        const [row, column] = [Math.floor(i / perRow), i % perRow];
        const cx = x1 - 13 - column * BEAD_PITCH;
        const cy = y + (row - (rows - 1) / 2) * BEAD_ROW;
        // biome-ignore lint/suspicious/noArrayIndexKey: a bead is its place
        return <circle key={i} className={styles.bead} r={2.7} cx={cx.toFixed(1)} cy={cy.toFixed(1)} />;
      })}
    </>
  );
}

function Label(props: EdgeViewProps) {
  const styles = useStyles2(graphStyles);
  const { edge, placed, dense, isEntry } = props;
  const { now, over } = edge;
  const { x0, x1, y } = placed.label;
  const room = x1 - x0;
  const isFull = room > FULL_LABEL;
  const { count, perRow } = beadRows(props);
  const lift = placed.onRunway ? Math.max(dense ? 6 : 7, Math.ceil(count / perRow) * 2.8 + 4) : 3;
  const fontSize = isFull ? undefined : 11;
  const hasFlight = (now.inFlight ?? 0) >= 0.5;
  const oneRow = dense && !isEntry && placed.onRunway;
  const change = room > COMPARED_LABEL && !oneRow ? changeOf(edge) : '';
  return (
    <>
      <text x={x0 + 2} y={y - lift} style={{ fontSize }}>
        <tspan className={styles.strong}>{formatRate(now.rate)}</tspan>
        {(now.errors ?? 0) >= 0.005 && (
          <tspan dx={6} className={over.errors ? styles.over : undefined}>
            {over.errors ? '▲ ' : ''}
            {formatPercent(now.errors)}
            {isFull && !isEntry ? ' err' : ''}
          </tspan>
        )}
        {oneRow && (
          <tspan dx={6}>
            <Latency edge={edge} withP95={isFull && !(over.errors && hasFlight)} word="" />
          </tspan>
        )}
      </text>
      {hasFlight && !isEntry && (isFull || room > MIDDLE_LABEL) && (
        <text x={x1 - 10} y={y - lift} textAnchor="end" style={{ fontSize }}>
          <tspan className={styles.strong}>
            {isFull && !oneRow ? `${formatCount(now.inFlight)} in flight` : `● ${formatCount(now.inFlight)}`}
          </tspan>
        </text>
      )}
      {!oneRow && (
        <text x={x0 + 2} y={y + lift + 9} style={{ fontSize }}>
          {isEntry ? (
            `${formatCount(now.inFlight)} in flight`
          ) : room <= MIDDLE_LABEL && hasFlight ? (
            <>
              {formatSecondsShort(now.mean_s)} ·{' '}
              <tspan className={styles.strong}>● {formatCount(now.inFlight)}</tspan>
            </>
          ) : (
            <Latency edge={edge} withP95={room > 130} word="mean " />
          )}
        </text>
      )}
      {change !== '' && (
        <text x={x1 - 10} y={y + lift + 9} textAnchor="end">
          {change}
        </text>
      )}
    </>
  );
}

interface LatencyProps {
  readonly edge: GraphEdge;
  readonly withP95: boolean;
  readonly word: string;
}

/** `mean 22 s · ▲ P95 24 s`; the mark is at the figure that is over the threshold. */
function Latency({ edge: { now, over }, withP95, word }: LatencyProps) {
  const styles = useStyles2(graphStyles);
  const mean = `${word}${formatSecondsShort(now.mean_s)}`;
  const meanIsOver = over.latency && (now.p95 === null || !withP95);
  return (
    <>
      <tspan className={meanIsOver ? styles.over : undefined}>
        {meanIsOver ? '▲ ' : ''}
        {mean}
      </tspan>
      {withP95 && now.p95 !== null && (
        <>
          {' · '}
          <tspan className={over.latency ? styles.over : undefined}>
            {over.latency ? '▲ ' : ''}P95 {formatQuantile(now.p95, formatSecondsShort)}
          </tspan>
        </>
      )}
    </>
  );
}
