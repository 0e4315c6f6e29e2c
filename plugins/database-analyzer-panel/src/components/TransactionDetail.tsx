import { css, cx } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { useStyles2 } from '@grafana/ui';
import React, { memo, type ReactNode } from 'react';
import type { Detail, SpanBar } from '../model/detail';
import { type Clock, formatDuration, formatOffset, plural } from '../model/format';
import type { HistoryRow } from '../model/history';
import type { Layout } from '../model/layout';
import type { OpenTransaction } from '../model/open-transactions';
import { shortStatement } from '../model/statement';
import { type DetailBar, DetailTrack } from './DetailTrack';
import { ELLIPSIS, focusRing, monospace } from './theme';

export interface DetailLink {
  readonly label: string;
  readonly url: string;
}

export interface DetailNote {
  readonly text: string;
  /** Whether it is as it has to be, and nothing to mend. */
  readonly expected: boolean;
}

export interface TransactionDetailProps {
  readonly clock: Clock;
  readonly layout: Layout;
  readonly timeMs: number;
  readonly session: OpenTransaction;
  readonly detail: Detail;
  readonly links: readonly DetailLink[];
  readonly traceUrl: string | undefined;
  /** Why there is no trace, when there is none. */
  readonly note: DetailNote | undefined;
  /** The trace is on its way; what is shown is from snapshots. */
  readonly loading: boolean;
}

/** A transaction's history to scale, the gap measured, the trace's spans below it on the same axis. */
export const TransactionDetail = memo(function TransactionDetail(props: TransactionDetailProps) {
  const { clock, layout, timeMs, session, detail, links, traceUrl, note, loading } = props;
  const { history, spans, open, attribution } = detail;
  const styles = useStyles2(getStyles);
  const status = statusOf(detail, clock, timeMs);
  const lines = history.rows.map((row, index) => historyLine(row, index, props));
  return (
    <section className={styles.detail} aria-label={`Transaction of pid ${session.pid}`}>
      <div className={styles.who}>
        <b>pid {session.pid}</b>
        <span className={styles.dim}>
          {status}
          {session.client && ` · ${session.client}`}
          {loading && ' · loading its trace …'}
        </span>
        <span className={styles.links}>
          {links.map(({ label, url }) => (
            <a key={label} href={url}>
              {label} ↗
            </a>
          ))}
        </span>
      </div>
      <AxisLine detail={detail} />
      <div role="list" aria-label="Statements">
        {lines.map((line) => (
          <Line
            key={line.key}
            line={line}
            detail={detail}
            timeMs={open ? timeMs : undefined}
            height={layout.historyRowHeight}
          />
        ))}
      </div>
      {spans.length > 0 && (
        <div role="list" aria-label="Spans of the trace" className={styles.spans}>
          {spans.map((bar) => (
            <Line
              key={`${bar.kind} ${bar.name}`}
              line={spanLine(bar, history.startMs, traceUrl)}
              detail={detail}
              timeMs={open ? timeMs : undefined}
              height={layout.historyRowHeight}
            />
          ))}
        </div>
      )}
      {note && (
        <div className={cx(styles.note, note.expected && styles.expected)} role="note">
          {note.text}
        </div>
      )}
      {attribution && (
        <p className={styles.conclusion}>
          {history.idleS.toFixed(2)} s of {history.wholeS.toFixed(2)} s idle,{' '}
          {attribution.overlapS.toFixed(2)} s of it inside <b>{attribution.span.name}</b>
        </p>
      )}
    </section>
  );
});

function statusOf({ open, history, seenMs }: Detail, clock: Clock, timeMs: number): string {
  if (open) return 'open';
  if (history.endMs !== undefined) return `ended ${clock.seconds(history.endMs)}`;
  return `ended between ${clock.seconds(seenMs ?? timeMs)} and ${clock.seconds(timeMs)}`;
}

interface LineContent {
  readonly key: string;
  readonly offsetS: number | undefined;
  readonly name: ReactNode;
  readonly title: string;
  readonly duration: string;
  readonly bars: readonly DetailBar[];
  readonly look: 'statement' | 'gap' | 'words';
  /** After the instant: known from the trace only. */
  readonly later: boolean;
}

function historyLine(
  row: HistoryRow,
  index: number,
  { detail, timeMs }: TransactionDetailProps,
): LineContent {
  const key = `${index}`;
  if (row.kind === 'unknown') {
    const name = 'statements between: not known';
    return { key, offsetS: undefined, name, title: name, duration: '', bars: [], look: 'words', later: true };
  }
  const { startMs, endMs } = row;
  const offsetS = (startMs - detail.history.startMs) / 1000;
  if (row.kind === 'statement') {
    const duration = endMs === undefined ? '?' : formatDuration((endMs - startMs) / 1000);
    const bars: readonly DetailBar[] = [{ look: 'statement', startMs, endMs: endMs ?? startMs }];
    const later = startMs > timeMs;
    return {
      key,
      offsetS,
      name: shortStatement(row.text),
      title: row.text,
      duration,
      bars,
      look: 'statement',
      later,
    };
  }
  const { seenMs } = detail;
  const untilMs = Math.min(endMs ?? seenMs ?? timeMs, timeMs);
  const unseen = endMs === undefined && seenMs !== undefined;
  const going = !unseen && (endMs === undefined || endMs > timeMs);
  const whole =
    endMs !== undefined && endMs > timeMs ? ` · ${formatDuration((endMs - startMs) / 1000)} in the end` : '';
  const bars: DetailBar[] = [];
  if (startMs <= timeMs) bars.push({ look: 'gap', startMs, endMs: untilMs });
  if (unseen) bars.push({ look: 'after', startMs: untilMs, endMs: timeMs });
  if (endMs !== undefined && endMs > timeMs)
    bars.push({ look: 'after', startMs: Math.max(startMs, timeMs), endMs });
  const lengthMs = startMs > timeMs ? (endMs ?? startMs) - startMs : untilMs - startMs;
  const title = going ? 'No statement has run since' : 'No statement ran';
  return {
    key,
    offsetS,
    name: `no statement${whole}`,
    title,
    duration: `${unseen ? '≥ ' : ''}${formatDuration(lengthMs / 1000)}`,
    bars,
    look: 'gap',
    later: startMs > timeMs,
  };
}

function spanLine(bar: SpanBar, fromMs: number, traceUrl: string | undefined): LineContent {
  const { kind, name, startMs, endMs, count } = bar;
  const base = { key: `${kind} ${name}`, offsetS: (startMs - fromMs) / 1000, later: false };
  const bars: readonly DetailBar[] = [{ look: kind, startMs, endMs }];
  if (kind === 'others') {
    const label = (
      <>
        {plural(count, 'more span')}: {traceUrl ? <a href={traceUrl}>in the trace ↗</a> : 'in the trace'}
      </>
    );
    return {
      ...base,
      name: label,
      title: 'Spans that are not the database’s',
      duration: '',
      bars,
      look: 'words',
    };
  }
  const label = count > 1 ? `${name} × ${count}` : name;
  const duration = formatDuration((endMs - startMs) / 1000);
  return { ...base, name: label, title: label, duration, bars, look: 'statement' };
}

interface LineProps {
  readonly line: LineContent;
  readonly detail: Detail;
  readonly timeMs: number | undefined;
  readonly height: number;
}

function Line({ line, detail, timeMs, height }: LineProps) {
  const styles = useStyles2(getStyles);
  const { offsetS, name, title, duration, bars, look, later } = line;
  return (
    <div
      role="listitem"
      className={cx(styles.line, later && styles.later, look === 'gap' && styles.gapLine)}
      style={{ height: look === 'gap' ? height + 2 : height }}
      title={title}
    >
      <span className={styles.offset}>{offsetS === undefined ? '' : formatOffset(offsetS)}</span>
      <span className={cx(styles.name, look === 'statement' && styles.sql)}>{name}</span>
      <span className={styles.right}>{duration}</span>
      <DetailTrack fromMs={detail.fromMs} toMs={detail.toMs} bars={bars} nowMs={timeMs} />
    </div>
  );
}

function AxisLine({ detail: { fromMs, toMs, history } }: { detail: Detail }) {
  const styles = useStyles2(getStyles);
  const wholeS = (toMs - history.startMs) / 1000;
  const step = [0.01, 0.05, 0.1, 0.5, 1, 5, 10, 30, 60, 300, 600].find((each) => wholeS / each <= 6) ?? 3600;
  const ticks = Array.from({ length: Math.floor(wholeS / step) + 1 }, (_, index) => index * step);
  return (
    <div className={cx(styles.line, styles.axis)} aria-hidden="true">
      <span className={styles.right}>offset s</span>
      <span>statement</span>
      <span className={styles.right}>duration</span>
      <span className={styles.ticks}>
        {ticks.map((seconds) => (
          <span
            key={seconds}
            style={{ left: `${(100 * (history.startMs + seconds * 1000 - fromMs)) / (toMs - fromMs)}%` }}
          >
            {Number(seconds.toFixed(2))}
            {seconds === 0 && ' s'}
          </span>
        ))}
      </span>
    </div>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  detail: css({
    flex: 'none',
    maxHeight: '68%',
    overflow: 'auto',
    borderTop: `1px solid ${theme.colors.border.medium}`,
    paddingTop: 4,
    '& a': { color: theme.colors.text.link, ...focusRing(theme), '&:hover': { textDecoration: 'underline' } },
  }),
  who: css({
    display: 'flex',
    gap: 10,
    alignItems: 'baseline',
    height: 20,
    whiteSpace: 'nowrap',
    '& b': { fontWeight: theme.typography.fontWeightMedium, color: theme.colors.text.maxContrast },
  }),
  dim: css({ color: theme.colors.text.secondary, ...ELLIPSIS }),
  links: css({ marginLeft: 'auto', display: 'flex', gap: 12 }),
  line: css({
    display: 'grid',
    gridTemplateColumns: '50px minmax(150px, 182px) 48px minmax(110px, 1fr)',
    columnGap: 6,
    alignItems: 'center',
    fontSize: 11,
    whiteSpace: 'nowrap',
    '&:hover': { background: theme.colors.action.hover },
  }),
  gapLine: css({ color: theme.colors.text.maxContrast, fontWeight: theme.typography.fontWeightMedium }),
  later: css({ opacity: 0.9 }),
  offset: css({
    textAlign: 'right',
    color: theme.colors.text.secondary,
    fontWeight: theme.typography.fontWeightRegular,
  }),
  right: css({ textAlign: 'right' }),
  name: css(ELLIPSIS),
  sql: css(monospace(theme)),
  axis: css({
    height: 16,
    fontSize: 10,
    color: theme.colors.text.secondary,
    '&:hover': { background: 'none' },
  }),
  ticks: css({
    position: 'relative',
    height: '100%',
    '& > span': { position: 'absolute', transform: 'translateX(-50%)', lineHeight: '16px' },
    '& > span:first-of-type': { transform: 'none' },
  }),
  spans: css({ borderTop: `1px solid ${theme.colors.border.weak}`, marginTop: 2, paddingTop: 2 }),
  note: css({
    fontSize: 11,
    marginTop: 4,
    padding: '4px 8px',
    background: theme.colors.warning.transparent,
    borderLeft: `2px solid ${theme.colors.warning.border}`,
    borderRadius: 2,
  }),
  expected: css({
    '&&': { background: theme.colors.action.hover, borderColor: theme.colors.border.strong },
  }),
  conclusion: css({
    fontSize: 11,
    lineHeight: '16px',
    margin: '3px 0 0',
    padding: '3px 8px',
    background: theme.colors.info.transparent,
    borderLeft: `2px solid ${theme.colors.info.border}`,
    borderRadius: 2,
  }),
});
