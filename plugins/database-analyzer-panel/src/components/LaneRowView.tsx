import { css, cx } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { useStyles2 } from '@grafana/ui';
import React from 'react';
import { ageText, describeRow, type LaneRow } from '../model/lane-rows';
import type { Trace } from '../model/trace';
import { LaneTrack, type TimeScale, TransactionTrack } from './LaneTrack';
import { ELLIPSIS, LANE_LABEL_WIDTH, monospace } from './theme';

export interface LaneRowViewProps {
  readonly id: string;
  readonly row: LaneRow;
  readonly index: number;
  readonly selected: boolean;
  readonly height: number;
  readonly timeMs: number;
  readonly scale: TimeScale;
  readonly trace: Trace | undefined;
  readonly showFuture: boolean;
  readonly showRoute: boolean;
  readonly onClick: () => void;
}

/** A trace with the connections it holds or gave back, or one of its transactions. */
export function LaneRowView(props: LaneRowViewProps) {
  const { id, row, index, selected, height, timeMs, scale, trace, showFuture, showRoute, onClick } = props;
  const styles = useStyles2(getStyles);
  const words = describeRow(row, timeMs, showRoute);
  const many = row.kind === 'lane' && row.lane.transactions.length > 1;
  const track = { scale, timeMs, seenMs: row.seenMs, trace, showFuture, strong: selected };
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the grid takes the keys for all of its rows
    // biome-ignore lint/a11y/useFocusableInteractive: the grid has the focus and names the row at the cursor
    <div
      id={id}
      role="row"
      aria-rowindex={index + 1}
      aria-level={row.kind === 'lane' ? 1 : 2}
      aria-expanded={many ? row.open : undefined}
      aria-selected={selected}
      aria-label={words}
      title={words}
      className={cx(styles.lane, selected && styles.selected)}
      style={{ top: row.y, height }}
      onClick={onClick}
    >
      <LaneLabel row={row} />
      {/* biome-ignore lint/a11y/useFocusableInteractive: the grid has the focus */}
      <div role="gridcell" className={styles.track}>
        {many ? (
          <LaneTrack lane={row.lane} {...track} />
        ) : (
          <TransactionTrack
            transaction={row.kind === 'lane' ? row.lane.transactions[0] : row.transaction}
            {...track}
          />
        )}
      </div>
    </div>
  );
}

function LaneLabel({ row }: { row: LaneRow }) {
  const styles = useStyles2(getStyles);
  if (row.kind === 'transaction') {
    return (
      // biome-ignore lint/a11y/useFocusableInteractive: the grid has the focus
      <div role="gridcell" className={styles.label}>
        <span />
        <span className={styles.pid}>pid {row.transaction.pid}</span>
        <span />
        <span>{ageText(row)}</span>
      </div>
    );
  }
  const { transactions, traceId } = row.lane;
  const many = transactions.length > 1;
  return (
    // biome-ignore lint/a11y/useFocusableInteractive: the grid has the focus
    <div role="gridcell" className={styles.label}>
      <span className={styles.dim}>{many ? (row.open ? '▾' : '▸') : ''}</span>
      <span className={styles.id}>{traceId?.slice(0, 8) ?? `pid ${transactions[0]?.pid}`}</span>
      <span className={styles.dim}>{many ? `${transactions.length} ×` : ''}</span>
      <span>{ageText(row)}</span>
    </div>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  lane: css({
    position: 'absolute',
    left: 0,
    right: 0,
    display: 'grid',
    gridTemplateColumns: `${LANE_LABEL_WIDTH}px minmax(0, 1fr)`,
    alignItems: 'center',
    cursor: 'pointer',
    contain: 'strict',
    '&:hover': { background: theme.colors.action.hover },
  }),
  selected: css({
    '&&': {
      background: theme.colors.action.selected,
      boxShadow: `inset 2px 0 ${theme.colors.primary.border}`,
    },
  }),
  label: css({
    display: 'grid',
    gridTemplateColumns: '12px 60px 30px 54px',
    paddingLeft: 6,
    fontSize: 11,
    lineHeight: '13px',
    whiteSpace: 'nowrap',
    '& > span:nth-of-type(n + 3)': { textAlign: 'right' },
  }),
  id: css({ ...monospace(theme), ...ELLIPSIS }),
  pid: css({ paddingLeft: 6, color: theme.colors.text.secondary }),
  dim: css({ color: theme.colors.text.secondary }),
  track: css({ position: 'relative', height: '100%', borderLeft: `1px solid ${theme.colors.border.weak}` }),
});
