import { useStyles2 } from '@grafana/ui';
import React from 'react';
import { sparkOf } from '../model/spark';
import type { Values, Windows } from '../model/types';
import type { Range } from '../model/windows';
import { detailStyles } from './styles';

export interface SparklineProps {
  readonly times: readonly number[];
  readonly values: Values;
  readonly range: Range;
  readonly windows: Windows | null;
  /** Times of annotations, ms. */
  readonly marks: readonly number[];
  readonly limit?: number | undefined;
  /** Always in sight. */
  readonly atLeast?: number | undefined;
}

const WIDTH = 112;
const HEIGHT = 30;

/** The course over the dashboard's range; both windows shaded, threshold and annotations dashed. */
export function Sparkline({ times, values, range, windows, marks, limit, atLeast }: SparklineProps) {
  const styles = useStyles2(detailStyles);
  const { path, x, y } = sparkOf({
    ...{ times, values, range, width: WIDTH, height: HEIGHT },
    ...(atLeast === undefined ? {} : { atLeast }),
  });
  const highest = values.reduce<number>((a, b) => Math.max(a, b ?? 0), atLeast ?? 0);
  const bands = [windows?.before, windows?.now].flatMap((band, i) =>
    band ? [{ band, opacity: [0.08, 0.14][i] }] : [],
  );
  return (
    <svg className={styles.spark} width={WIDTH} height={HEIGHT} aria-hidden="true">
      {bands.map(({ band: [from, to], opacity }) => (
        <rect
          key={from}
          className={styles.sparkBand}
          opacity={opacity}
          x={Math.max(0, x(from))}
          width={Math.max(1, Math.min(WIDTH, x(to)) - Math.max(0, x(from)))}
          y={0}
          height={HEIGHT}
        />
      ))}
      {marks.map((time) => (
        <line key={time} className={styles.sparkMark} x1={x(time)} x2={x(time)} y1={0} y2={HEIGHT} />
      ))}
      {limit !== undefined && limit <= highest && (
        <line className={styles.sparkLimit} x1={0} x2={WIDTH} y1={y(limit)} y2={y(limit)} />
      )}
      <path className={styles.sparkLine} d={path} />
    </svg>
  );
}
