import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { useStyles2 } from '@grafana/ui';
import { useVirtualizer } from '@tanstack/react-virtual';
import * as React from 'react';
import { Band, BandLabel } from './Band';
import { NAMES_WIDTH } from './layout';
import { formatDuration } from './model/duration';
import { gapOfDrag } from './model/gap';
import { actionOf, type KeyAction } from './model/keys';
import { endOf, type TreeSpan } from './model/trace';
import { type TimeSpan, ticks } from './model/view';
import { SpanRow } from './SpanRow';
import { type Drag, useDrag } from './useDrag';
import type { TraceState } from './useTrace';

interface WaterfallProps {
  readonly state: TraceState;
  readonly colourOf: (service: string) => string;
  /** The span to bring into sight. */
  readonly spanId: string | undefined;
}

const ROW_HEIGHT = 26;
const MARKS = 5;
/** A drag's end this near to a span's start or end means it. */
const REACH_PX = 6;

/** The spans, only those in sight rendered, with their bars on the right. */
export function Waterfall({ state, colourOf, spanId }: WaterfallProps) {
  const styles = useStyles2(getStyles);
  const { trace, spans, zoom, folded, open, found, gap, setGap, marked } = state;
  const scroller = React.useRef<HTMLDivElement>(null);
  const [focused, setFocused] = React.useState(0);
  const virtualizer = useVirtualizer({
    count: spans.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_HEIGHT,
    getItemKey: (index) => spans[index]?.spanId ?? index,
    overscan: 10,
  });
  const { drag, onPointerDown } = useDrag((end, widthPx) => {
    const { fromMs, toMs } = timesOf(end, zoom);
    const inSight = virtualizer.getVirtualItems().flatMap(({ index }) => spans[index] ?? []);
    const reachMs = (REACH_PX / widthPx) * (zoom.toMs - zoom.fromMs);
    setGap(gapOfDrag({ fromMs, toMs }, inSight, reachMs, trace.startMs));
  });

  // biome-ignore lint/correctness/useExhaustiveDependencies: once for each trace and span that is asked for
  React.useEffect(() => {
    const index = Math.max(
      0,
      spans.findIndex((span) => span.spanId === spanId),
    );
    setFocused(index);
    if (spanId) virtualizer.scrollToIndex(index, { align: 'center' });
  }, [trace, spanId]);

  const focus = (index: number) => {
    setFocused(index);
    virtualizer.scrollToIndex(index);
    const find = () => scroller.current?.querySelector<HTMLElement>(`[data-span-row="${index}"]`);
    requestAnimationFrame(() => requestAnimationFrame(() => find()?.focus()));
  };
  const onKeyDown = (event: React.KeyboardEvent) => {
    const row = (event.target as HTMLElement).dataset.spanRow;
    if (row === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    const action = actionOf(event.key, spans, Number(row), folded);
    const span = spans[Number(row)];
    if (!action || !span) return;
    event.preventDefault();
    if (action.kind === 'focus') focus(action.index);
    else act(action.kind, span, state);
    // What has been opened is measured once it is drawn.
    if (action.kind === 'open') requestAnimationFrame(() => virtualizer.scrollToIndex(Number(row)));
  };

  const heightPx = virtualizer.getTotalSize();
  const band = drag ? timesOf(drag, zoom) : gap;
  return (
    <>
      <div className={styles.ruler}>
        <span className={styles.names}>Span</span>
        <span className={styles.times}>
          {ticks(zoom, MARKS).map((timeMs, index) => (
            <span key={timeMs} className={styles.tick} style={tickPlace(index)}>
              {formatDuration(timeMs - trace.startMs)}
            </span>
          ))}
        </span>
      </div>
      <div ref={scroller} className={styles.scroller}>
        {band && <Band span={band} zoom={zoom} heightPx={heightPx} />}
        <table
          // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: a table that folds
          role="treegrid"
          aria-label="Spans"
          aria-rowcount={spans.length}
          className={styles.rows}
          style={{ height: heightPx }}
          onKeyDown={onKeyDown}
        >
          {virtualizer.getVirtualItems().map(({ index, key, start }) => {
            const span = spans[index];
            if (!span) return null;
            return (
              <tbody
                key={key}
                ref={virtualizer.measureElement}
                data-index={index}
                className={styles.item}
                style={{ transform: `translateY(${start}px)` }}
              >
                <SpanRow
                  span={span}
                  index={index}
                  state={state}
                  colour={colourOf(span.service)}
                  isOpen={open.has(span.spanId)}
                  isFocusable={index === Math.min(focused, spans.length - 1)}
                  isFound={found === undefined ? undefined : found.has(span.spanId)}
                  isMarked={marked?.spanId === span.spanId}
                  onFocus={() => setFocused(index)}
                  onPointerDown={onPointerDown}
                />
              </tbody>
            );
          })}
        </table>
        {band && <BandLabel span={band} zoom={zoom} heightPx={heightPx} />}
      </div>
    </>
  );
}

function act(kind: Exclude<KeyAction['kind'], 'focus'>, span: TreeSpan, state: TraceState): void {
  switch (kind) {
    case 'fold':
      state.toggleFolded(span.spanId);
      break;
    case 'open':
      state.toggleOpen(span.spanId);
      break;
    case 'measure':
      state.measure(span);
      break;
    case 'zoom':
      state.setZoom({ fromMs: span.startMs, toMs: endOf(span) });
      break;
    case 'clear':
      state.setGap(undefined);
      state.setMarked(undefined);
      state.setZoom(state.whole);
  }
}

function timesOf({ from, to }: Drag, { fromMs, toMs }: TimeSpan): TimeSpan {
  const lengthMs = toMs - fromMs;
  return { fromMs: fromMs + from * lengthMs, toMs: fromMs + to * lengthMs };
}

function tickPlace(index: number): React.CSSProperties {
  return index === MARKS - 1 ? { right: 0 } : { left: `${(100 * index) / (MARKS - 1)}%` };
}

function getStyles(theme: GrafanaTheme2) {
  return {
    ruler: css({
      display: 'flex',
      // Room for the scroll bar below.
      paddingRight: 8,
      fontSize: theme.typography.bodySmall.fontSize,
      color: theme.colors.text.secondary,
      borderBottom: `1px solid ${theme.colors.border.medium}`,
      background: theme.colors.background.secondary,
    }),
    names: css({ width: NAMES_WIDTH, paddingLeft: theme.spacing(1) }),
    times: css({ position: 'relative', flex: 1, height: 20, overflow: 'hidden' }),
    tick: css({
      position: 'absolute',
      paddingLeft: 3,
      borderLeft: `1px solid ${theme.colors.border.medium}`,
    }),
    scroller: css({
      position: 'relative',
      flex: 1,
      minHeight: 0,
      overflowY: 'scroll',
      scrollbarWidth: 'thin',
    }),
    rows: css({ display: 'block', position: 'relative', width: '100%' }),
    item: css({ display: 'block', position: 'absolute', top: 0, left: 0, width: '100%' }),
  };
}
