import { useStyles2 } from '@grafana/ui';
import React from 'react';
import { formatPercent, formatSecondsShort } from '../model/format';
import type { ModelOptions } from '../model/options';
import { arcOf } from './shapes';
import { frameStyles, graphStyles } from './styles';

export interface LegendProps {
  /** 0 = no beads */
  readonly beadScale: number;
  readonly options: ModelOptions;
  readonly hasPool: boolean;
  readonly hasExternal: boolean;
}

export function Legend({ beadScale, options, hasPool, hasExternal }: LegendProps) {
  const styles = { ...useStyles2(frameStyles), graph: useStyles2(graphStyles) };
  const { graph } = styles;
  return (
    <div className={styles.legend} aria-hidden="true">
      {beadScale > 0 && (
        <span>
          <svg width={22} height={8} aria-hidden="true">
            {[5, 11, 17].map((cx) => (
              <circle key={cx} className={graph.bead} r={2.7} cx={cx} cy={4} />
            ))}
          </svg>
          1 bead = {beadScale === 1 ? '1 call' : `${beadScale} calls`} in flight (rate × mean)
        </span>
      )}
      <span>
        <svg width={16} height={16} aria-hidden="true">
          <circle className={graph.track} cx={8} cy={8} r={6} strokeWidth={3} />
          <path className={graph.arc} d={arcOf(8, 8, 6, 0.35)} strokeWidth={3} />
        </svg>
        error share
      </span>
      {options.errorShare > 0 && (
        <span>
          <svg width={30} height={8} aria-hidden="true">
            <path className={graph.lineOver} d="M0 4H30" strokeWidth={2.5} strokeDasharray="6 4" />
          </svg>
          errors ≥ {formatPercent(options.errorShare)}
        </span>
      )}
      {(options.latency_s > 0 || options.budgets_s.size > 0) && (
        <span>
          <svg width={30} height={8} aria-hidden="true">
            <path className={graph.lineOver} d="M0 4H30" strokeWidth={5} />
            <path className={graph.inner} d="M0 4H30" strokeWidth={2} />
          </svg>
          {options.budgets_s.size > 0
            ? 'P95 over its budget'
            : `P95 ≥ ${formatSecondsShort(options.latency_s)}`}
        </span>
      )}
      {hasPool && options.poolShare > 0 && (
        <span>
          <svg width={16} height={16} aria-hidden="true">
            <circle className={graph.arc} cx={8} cy={8} r={5.5} strokeWidth={4} strokeDasharray="2.5 1.5" />
          </svg>
          pool ≥ {formatPercent(options.poolShare)}
        </span>
      )}
      {hasExternal && (
        <span>
          <svg width={24} height={14} aria-hidden="true">
            <path className={graph.shape} d="M5 1h13l4 4v4l-4 4h-13l-4-4v-4z" />
          </svg>
          external
        </span>
      )}
      <span>▲ over its threshold</span>
      <span>↑ ↓ rate doubled, halved</span>
      <span>← ↑ → ↓ walk · Enter details · F focus · T table · / find</span>
    </div>
  );
}
