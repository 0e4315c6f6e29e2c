import { css, cx } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { Icon, useStyles2 } from '@grafana/ui';
import * as React from 'react';
import { NAMES_WIDTH } from './layout';
import { formatDuration } from './model/duration';
import { summaryOf } from './model/summary';
import type { TreeSpan } from './model/trace';
import { barOf } from './model/view';
import { SpanDetails } from './SpanDetails';
import type { TraceState } from './useTrace';

interface SpanRowProps {
  readonly span: TreeSpan;
  readonly index: number;
  readonly state: TraceState;
  readonly colour: string;
  readonly isOpen: boolean;
  readonly isFocusable: boolean;
  /** Undefined while nothing is sought. */
  readonly isFound: boolean | undefined;
  /** The first of two spans to measure between. */
  readonly isMarked: boolean;
  readonly onFocus: () => void;
  readonly onPointerDown: (event: React.PointerEvent<HTMLElement>) => void;
}

/** A span's name and bar, and below them its details when it is open. */
export function SpanRow(props: SpanRowProps) {
  const { span, index, state, colour, isOpen, isFocusable, isFound, isMarked, onFocus, onPointerDown } =
    props;
  const styles = useStyles2(getStyles);
  const { folded, toggleFolded, toggleOpen, zoom, trace } = state;
  const { spanId, name, service, childCount, descendantCount, depth, durationMs, status } = span;
  const isFolded = folded.has(spanId);
  const hasChildren = childCount > 0;
  const summary = summaryOf(span);
  return (
    <>
      <tr
        data-span-row={index}
        tabIndex={isFocusable ? 0 : -1}
        aria-level={depth + 1}
        aria-rowindex={index + 1}
        aria-expanded={hasChildren ? !isFolded : undefined}
        aria-selected={isOpen}
        className={cx(
          styles.row,
          isFound && styles.found,
          isFound === false && styles.dim,
          isMarked && styles.marked,
        )}
        onFocus={onFocus}
        onClick={() => toggleOpen(spanId)}
      >
        <td className={styles.name} style={{ paddingLeft: 4 + Math.min(depth, 14) * 14 }}>
          {hasChildren ? (
            // biome-ignore lint/a11y/useKeyWithClickEvents: the arrow keys of the row do the same
            // biome-ignore lint/a11y/noStaticElementInteractions: a handle for the mouse
            <span
              className={styles.fold}
              title={isFolded ? 'Expand' : 'Collapse'}
              onClick={(event) => {
                event.stopPropagation();
                toggleFolded(spanId);
              }}
            >
              <Icon name={isFolded ? 'angle-right' : 'angle-down'} size="sm" />
            </span>
          ) : (
            <span className={styles.fold} />
          )}
          <span data-mark className={styles.colour} style={{ background: colour }} />
          {status === 'error' && (
            <Icon className={styles.error} name="exclamation-circle" size="sm" title="failed" />
          )}
          <span className={styles.text}>
            <strong>{service}</strong> {name}
            {summary && <span className={styles.summary}> {summary}</span>}
            {isFolded && <span className={styles.summary}> (+{descendantCount})</span>}
          </span>
        </td>
        <td className={styles.time} onPointerDown={onPointerDown}>
          <Bar span={span} zoom={zoom} colour={colour} />
          <span className="sr-only">
            {formatDuration(durationMs)}, {formatDuration(span.startMs - trace.startMs)} after the start
          </span>
        </td>
      </tr>
      {isOpen && (
        <tr className={styles.opened}>
          <td className={styles.opened}>
            <SpanDetails span={span} state={state} colour={colour} />
          </td>
        </tr>
      )}
    </>
  );
}

function Bar({ span, zoom, colour }: Pick<SpanRowProps, 'span' | 'colour'> & Pick<TraceState, 'zoom'>) {
  const styles = useStyles2(getStyles);
  const bar = barOf(span, zoom);
  if (!bar) return null;
  const { left, width } = bar;
  const label = formatDuration(span.durationMs);
  const isRoomRight = left + width < 0.88;
  const at = isRoomRight ? { left: `${100 * (left + width)}%` } : { right: `${100 * (1 - left)}%` };
  const isInside = !isRoomRight && left < 0.12;
  return (
    <div aria-hidden="true">
      <div
        data-mark
        className={styles.bar}
        style={{ left: `${100 * left}%`, width: `${100 * width}%`, background: colour }}
      />
      {span.events.map((event) => {
        const place = (event.timeMs - zoom.fromMs) / (zoom.toMs - zoom.fromMs);
        if (place < 0 || place > 1) return null;
        return (
          <span
            key={`${event.timeMs}-${event.name}`}
            className={styles.event}
            style={{ left: `${100 * place}%` }}
            title={event.name}
          />
        );
      })}
      <span
        className={cx(styles.duration, isInside && styles.inside)}
        style={isInside ? { left: `${100 * left}%` } : at}
      >
        {label}
      </span>
    </div>
  );
}

function getStyles(theme: GrafanaTheme2) {
  return {
    row: css({
      '--note': theme.colors.text.secondary,
      display: 'flex',
      height: 26,
      fontSize: theme.typography.bodySmall.fontSize,
      borderBottom: `1px solid ${theme.colors.border.weak}`,
      cursor: 'pointer',
      '&:hover': { '--note': theme.colors.text.primary, background: theme.colors.action.hover },
      '&:focus-visible': { outline: `2px solid ${theme.colors.primary.main}`, outlineOffset: -2 },
    }),
    opened: css({ display: 'block' }),
    found: css({ '--note': theme.colors.text.primary, background: theme.colors.warning.transparent }),
    // Only what is no text: that stays readable.
    dim: css({ '[data-mark]': { opacity: 0.35 } }),
    marked: css({ background: theme.colors.primary.transparent }),
    name: css({
      display: 'flex',
      alignItems: 'center',
      width: NAMES_WIDTH,
      minWidth: 0,
      borderRight: `1px solid ${theme.colors.border.weak}`,
    }),
    fold: css({ display: 'inline-flex', width: 18, flexShrink: 0, color: theme.colors.text.secondary }),
    colour: css({ width: 4, height: 16, marginRight: theme.spacing(0.75), flexShrink: 0 }),
    error: css({ color: theme.colors.error.text, marginRight: theme.spacing(0.5), flexShrink: 0 }),
    text: css({
      overflow: 'hidden',
      textOverflow: 'ellipsis',
      whiteSpace: 'nowrap',
      strong: { fontWeight: theme.typography.fontWeightMedium },
    }),
    summary: css({ color: 'var(--note)' }),
    time: css({
      position: 'relative',
      flex: 1,
      overflow: 'hidden',
      cursor: 'crosshair',
      touchAction: 'none',
      userSelect: 'none',
    }),
    bar: css({ position: 'absolute', top: 7, height: 12, minWidth: 2, borderRadius: 2 }),
    event: css({ position: 'absolute', top: 4, width: 2, height: 18, background: theme.colors.text.primary }),
    duration: css({
      position: 'absolute',
      top: 4,
      padding: theme.spacing(0, 0.5),
      color: 'var(--note)',
      whiteSpace: 'nowrap',
    }),
    inside: css({
      top: 6,
      lineHeight: '14px',
      marginLeft: 4,
      background: theme.colors.background.primary,
      borderRadius: 2,
    }),
  };
}
