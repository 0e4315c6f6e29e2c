import { useStyles2 } from '@grafana/ui';
import React, { type ReactNode } from 'react';
import { formatQuantile } from '../model/describe';
import { formatCount, formatPercent, formatRate, formatSeconds } from '../model/format';
import type { Figures, Gauge, History, Over, Threshold, Values } from '../model/types';
import { Sparkline, type SparklineProps } from './Sparkline';
import { detailStyles } from './styles';

/** What all lines of a details pane share. */
export interface Timeline extends Pick<SparklineProps, 'range' | 'windows' | 'marks'> {
  /** Headings: the window before, the window now, the whole range. */
  readonly beforeLabel: string;
  readonly nowLabel: string;
  readonly rangeLabel: string;
}

export function FiguresTable({
  timeline,
  children,
}: {
  readonly timeline: Timeline;
  readonly children: ReactNode;
}) {
  const styles = useStyles2(detailStyles);
  return (
    <table className={styles.table}>
      <thead>
        <tr>
          <th scope="col">
            <span />
          </th>
          <th scope="col">{timeline.beforeLabel}</th>
          <th scope="col">{timeline.nowLabel}</th>
          <th scope="col">{timeline.rangeLabel}</th>
        </tr>
      </thead>
      <tbody>{children}</tbody>
    </table>
  );
}

export function SectionRow({ title }: { readonly title: string }) {
  const styles = useStyles2(detailStyles);
  return (
    <tr className={styles.section}>
      <td colSpan={4}>{title}</td>
    </tr>
  );
}

export interface FigureRowProps {
  readonly label: string;
  readonly before: string;
  readonly now: string;
  readonly isOver?: boolean;
  readonly timeline: Timeline;
  readonly times?: readonly number[];
  readonly values?: Values;
  readonly limit?: number | undefined;
  readonly atLeast?: number | undefined;
}

export function FigureRow(props: FigureRowProps) {
  const { label, before, now, isOver, timeline, times, values, limit, atLeast } = props;
  const styles = useStyles2(detailStyles);
  const hasCourse = times !== undefined && values !== undefined && times.length > 1;
  return (
    <tr>
      <td>{label}</td>
      <td>{before}</td>
      <td className={isOver ? styles.over : styles.now}>
        {isOver ? '▲ ' : ''}
        {now}
      </td>
      <td>
        {hasCourse && values.some((value) => value !== null) && (
          <Sparkline {...timeline} times={times} values={values} limit={limit} atLeast={atLeast} />
        )}
      </td>
    </tr>
  );
}

export interface CallsRowsProps {
  readonly now: Figures;
  readonly before: Figures | null;
  readonly history: History | null;
  readonly threshold: Threshold;
  readonly over: Over;
  readonly timeline: Timeline;
}

/** Rate, errors, latency and calls in flight of an edge, or of all calls to a node. */
export function CallsRows({ now, before, history, threshold, over, timeline }: CallsRowsProps) {
  const course = (values: Values | undefined) => (history && values ? { times: history.times, values } : {});
  const quantiles = (pick: 'p50_s' | 'p99_s') =>
    history?.quantiles ? { times: history.quantiles.times, values: history.quantiles[pick] } : {};
  const limit = threshold.latency_s ?? undefined;
  const quantile = (name: 'p50' | 'p95' | 'p99') => ({
    before: formatQuantile(before?.[name] ?? null),
    now: formatQuantile(now[name]),
  });
  const share = { atLeast: 1, limit: threshold.errors };
  return (
    <>
      <FigureRow
        {...{ label: 'Rate', timeline, before: formatRate(before?.rate), now: formatRate(now.rate) }}
        {...course(history?.rate)}
      />
      <FigureRow
        {...{
          label: 'Errors',
          timeline,
          before: formatPercent(before?.errors),
          now: formatPercent(now.errors),
        }}
        {...{ ...share, isOver: over.errors, ...course(history?.errors) }}
      />
      <FigureRow
        {...{
          label: 'Mean',
          timeline,
          before: formatSeconds(before?.mean_s),
          now: formatSeconds(now.mean_s),
        }}
        {...{ limit, isOver: over.latency && now.p95 === null, ...course(history?.mean_s) }}
      />
      {now.p50 && <FigureRow {...{ label: 'P50', timeline, ...quantile('p50'), ...quantiles('p50_s') }} />}
      <FigureRow
        {...{ label: 'P95', timeline, ...quantile('p95') }}
        {...{ limit, isOver: over.latency && now.p95 !== null, ...course(history?.p95_s) }}
      />
      {now.p99 && <FigureRow {...{ label: 'P99', timeline, ...quantile('p99'), ...quantiles('p99_s') }} />}
      <FigureRow
        {...{ label: 'In flight', timeline }}
        {...{ before: formatCount(before?.inFlight), now: formatCount(now.inFlight) }}
        {...course(history?.inFlight)}
      />
    </>
  );
}

export interface GaugeRowProps {
  readonly label: string;
  readonly gauge: Gauge | null;
  readonly format: (value: number | null) => string;
  readonly timeline: Timeline;
  readonly isOver?: boolean;
  readonly limit?: number | undefined;
  readonly atLeast?: number | undefined;
}

export function GaugeRow({ gauge, format, ...rest }: GaugeRowProps) {
  if (gauge === null) return null;
  return (
    <FigureRow
      {...rest}
      before={format(gauge.before)}
      now={format(gauge.now)}
      times={gauge.times}
      values={gauge.values}
    />
  );
}
