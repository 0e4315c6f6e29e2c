import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { useStyles2, useTheme2 } from '@grafana/ui';
import React, { memo, useId, useMemo } from 'react';
import type { Clock } from '../model/format';
import type { PoolMetrics, StateSeries } from '../model/pool-metrics';
import { sampleAt } from '../model/series';
import { STATE_KINDS, type StateKind } from '../model/session';
import { holes, instantMs, type SnapshotGrid } from '../model/snapshot-grid';
import { areaPaths, linePath, type StripPlane, timeTicks, xOf, yOf } from '../model/strip';
import { stateColors } from './theme';

export interface StripAreasProps {
  readonly clock: Clock;
  readonly width: number;
  readonly height: number;
  readonly plane: StripPlane;
  readonly grid: SnapshotGrid;
  readonly states: StateSeries | undefined;
  readonly metrics: PoolMetrics;
}

/** What does not move with the scrubber: drawn again only for other data or another size. */
export const StripAreas = memo(function StripAreas(props: StripAreasProps) {
  const { clock, width, height, plane, grid, states, metrics } = props;
  const theme = useTheme2();
  const styles = useStyles2(getStyles);
  const id = useId().replace(/\W/g, '');
  const colors = stateColors(theme);
  const areas = useMemo(() => states && areaPaths(states, plane), [states, plane]);
  const edge = useMemo(
    () => states && linePath({ times: states.times, values: states.counts.idleInTransaction }, plane),
    [states, plane],
  );
  const queue = useMemo(() => metrics.queue && linePath(metrics.queue, plane), [metrics.queue, plane]);
  const queueEnd = sampleAt(metrics.queue, plane.toMs)?.value;
  const poolMax = sampleAt(metrics.max, plane.toMs)?.value;
  const fill = (kind: StateKind) =>
    kind === 'idleInTransaction' || kind === 'waiting' ? `url(#${id}${kind})` : colors[kind].fill;
  const endX = plane.right + 8;
  const maxY = poolMax === undefined ? 0 : yOf(plane, poolMax);
  return (
    <svg className={styles.svg} width={width} height={height} aria-hidden="true">
      <defs>
        <pattern
          id={`${id}idleInTransaction`}
          width="7"
          height="7"
          patternUnits="userSpaceOnUse"
          patternTransform="rotate(45)"
        >
          <rect width="7" height="7" fill={colors.idleInTransaction.fill} />
          <rect width="1.4" height="7" fill={colors.idleInTransaction.line} opacity=".6" />
        </pattern>
        <pattern id={`${id}waiting`} width="4" height="4" patternUnits="userSpaceOnUse">
          <rect width="4" height="4" fill={colors.waiting.fill} />
          <circle cx="2" cy="2" r="1" fill={colors.waiting.line} />
        </pattern>
        <pattern id={`${id}hole`} width="6" height="6" patternUnits="userSpaceOnUse">
          <rect width="6" height="6" fill={theme.colors.background.primary} />
          <path d="M0 6 6 0" stroke={theme.colors.border.medium} />
        </pattern>
      </defs>
      {[0, plane.max / 2, plane.max].map((count) => (
        <g key={count}>
          <text x={plane.left - 5} y={yOf(plane, count) + 3} textAnchor="end">
            {Math.round(count)}
          </text>
          <path d={`M${plane.left} ${yOf(plane, count)}H${plane.right}`} stroke={theme.colors.border.weak} />
        </g>
      ))}
      {areas && STATE_KINDS.map((kind) => <path key={kind} d={areas[kind]} fill={fill(kind)} />)}
      {edge && <path d={edge} fill="none" stroke={colors.idleInTransaction.line} strokeWidth="1.2" />}
      {holes(grid).map(([first, last]) => {
        const x = xOf(plane, instantMs(grid, first - 1));
        const holeWidth = Math.max(3, xOf(plane, instantMs(grid, last + 1)) - x);
        return (
          <rect
            key={first}
            x={x}
            y={plane.top}
            width={holeWidth}
            height={plane.bottom - plane.top}
            fill={`url(#${id}hole)`}
          >
            <title>{last - first + 1} snapshots missing</title>
          </rect>
        );
      })}
      {queue && <path d={queue} className={styles.casing} />}
      {queue && <path d={queue} className={styles.line} />}
      {queueEnd !== undefined && (
        <text className={styles.queue} x={endX} y={Math.max(yOf(plane, queueEnd) + 4, maxY + 16)}>
          queue
        </text>
      )}
      {poolMax !== undefined && (
        <text x={endX} y={maxY + 6}>
          max {poolMax}
        </text>
      )}
      {timeTicks(plane, 90).map((timeMs) => (
        <g key={timeMs}>
          <text x={xOf(plane, timeMs)} y={height - 2} textAnchor="middle">
            {clock.minutes(timeMs)}
          </text>
          <path d={`M${xOf(plane, timeMs)} ${plane.bottom}v3`} stroke={theme.colors.border.medium} />
        </g>
      ))}
    </svg>
  );
});

const getStyles = (theme: GrafanaTheme2) => ({
  svg: css({ '& text': { fontSize: 10, fill: theme.colors.text.secondary } }),
  casing: css({
    fill: 'none',
    stroke: theme.colors.background.primary,
    strokeWidth: 4.5,
    strokeLinejoin: 'round',
  }),
  line: css({
    fill: 'none',
    stroke: theme.colors.text.maxContrast,
    strokeWidth: 1.6,
    strokeLinejoin: 'round',
  }),
  queue: css({
    '&&': {
      fontSize: 11,
      fontWeight: theme.typography.fontWeightMedium,
      fill: theme.colors.text.maxContrast,
    },
  }),
});
