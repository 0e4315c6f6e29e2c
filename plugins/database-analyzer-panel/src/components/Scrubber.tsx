import { useTheme2 } from '@grafana/ui';
import React, { memo } from 'react';
import type { StripPlane } from '../model/strip';

export interface ScrubberProps {
  readonly plane: StripPlane;
  readonly width: number;
  readonly height: number;
  readonly x: number;
  /** The window that the sums below cover. */
  readonly fromX: number;
  readonly toX: number;
}

/** The instant, and the bracket of the window before it. */
export const Scrubber = memo(function Scrubber({ plane, width, height, x, fromX, toX }: ScrubberProps) {
  const { text, background } = useTheme2().colors;
  const { top, bottom } = plane;
  return (
    <svg width={width} height={height} aria-hidden="true">
      <path
        d={`M${fromX} ${bottom - 4}V${bottom}H${toX}V${bottom - 4}`}
        fill="none"
        stroke={text.maxContrast}
        strokeWidth="1.5"
      />
      <g transform={`translate(${x} 0)`}>
        <path d={`M0 ${top - 2}V${bottom + 2}`} stroke={background.primary} strokeWidth="5" />
        <path d={`M0 ${top - 2}V${bottom + 2}`} stroke={text.maxContrast} strokeWidth="1.6" />
        <path d={`M-6 ${top - 5}h12v6l-6 6-6-6Z`} fill={text.maxContrast} stroke={background.primary} />
      </g>
    </svg>
  );
});
