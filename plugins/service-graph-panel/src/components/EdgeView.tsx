import { useStyles2 } from '@grafana/ui';
import React from 'react';
import { edgeLabel, type Row } from '../layout/edge-label';
import type { PlacedEdge } from '../layout/route';
import { describeEdge } from '../model/describe';
import { describeRoute, type MarkedRoute } from '../model/marked-route';
import type { GraphEdge } from '../model/types';
import { BEAD_PITCH, BEAD_ROW, beadsPerRow } from './beads';
import { graphStyles } from './styles';

export interface EdgeViewProps {
  readonly edge: GraphEdge;
  readonly placed: PlacedEdge;
  /** One row of label, not two. */
  readonly isDense: boolean;
  /** Calls that one bead stands for; 0 = no beads. */
  readonly beadScale: number;
  /** Calls of clients: the sum of everything behind it, in words only. */
  readonly isEntry: boolean;
  readonly isSelected: boolean;
  readonly isDimmed: boolean;
  /** The route that is marked, if any, and this edge's calls for it. */
  readonly marked: MarkedRoute | undefined;
  readonly tabIndex: number;
  readonly nameOf: (id: string) => string;
}

const SLOW_LINE = 5;

/** An edge: a line whose shape tells its state, its figures above and below, its calls in flight on it. */
export function EdgeView(props: EdgeViewProps) {
  const { edge, placed, isSelected, isDimmed, marked, tabIndex, nameOf } = props;
  const styles = useStyles2(graphStyles);
  const { over } = edge;
  const isOver = over.errors || over.latency;
  const isDouble = over.latency && !over.errors;
  const width = Math.min(5, 1.1 + Math.log10((edge.now.rate ?? 0) * 10 + 1) * 0.75);
  const line = isOver ? styles.lineOver : styles.line;
  const ofRoute = marked?.edges.get(edge.id);
  const name = [describeEdge(edge, nameOf), ...(ofRoute ? [describeRoute(ofRoute)] : [])].join('. ');
  const standing = marked === undefined ? '' : ofRoute ? styles.carrying : styles.passed;
  return (
    <g
      className={`${standing} ${styles.edge} ${isDimmed ? styles.dimmed : ''}`}
      data-carries-route={ofRoute !== undefined}
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
  const { edge, placed, isDense, isEntry } = props;
  const { x0, x1, y } = placed.label;
  const isOneRow = isDense && !isEntry && placed.onRunway;
  const { count, perRow } = beadRows(props);
  const beads = Math.ceil(count / perRow) * (BEAD_ROW / 2) + 4;
  const lift = placed.onRunway ? Math.max(isOneRow ? 6 : 7, beads) : 3;
  const label = edgeLabel({ edge, room: x1 - x0, rows: isOneRow ? 1 : 2, isEntry });
  const place = { x0: x0 + 2, x1: x1 - 10, fontSize: label.fontSize };
  return (
    <>
      <LabelRow row={label.top} y={y - lift} {...place} />
      <LabelRow row={label.bottom} y={y + lift + 9} {...place} />
    </>
  );
}

interface LabelRowProps {
  readonly row: Row;
  readonly x0: number;
  readonly x1: number;
  readonly y: number;
  readonly fontSize: number;
}

function LabelRow({ row, x0, x1, y, fontSize }: LabelRowProps) {
  const styles = useStyles2(graphStyles);
  const classes = { strong: styles.strong, over: styles.over, plain: undefined };
  const parts = (all: Row['left']) =>
    all.map(({ text, tone }) => (
      <tspan key={text} className={classes[tone]}>
        {text}
      </tspan>
    ));
  return (
    <>
      {row.left.length > 0 && (
        <text x={x0} y={y} style={{ fontSize }} xmlSpace="preserve">
          {parts(row.left)}
        </text>
      )}
      {row.right.length > 0 && (
        <text x={x1} y={y} style={{ fontSize }} textAnchor="end">
          {parts(row.right)}
        </text>
      )}
    </>
  );
}
