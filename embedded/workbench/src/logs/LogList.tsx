import { css } from '@emotion/css';
import type { DataFrame, GrafanaTheme2 } from '@grafana/data';
import { useStyles2 } from '@grafana/ui';
import { useVirtualizer } from '@tanstack/react-virtual';
import * as React from 'react';
import type { FieldFilter } from './FieldList';
import { LogLine } from './LogLine';
import { DEFAULT_LOG_OPTIONS, type LogListOptions } from './model/options';
import { rowsOf } from './model/rows';

export type { LogListOptions };

export interface LogListProps {
  /** As Loki's data source makes them; those that hold no lines are passed over. */
  readonly frames: readonly DataFrame[];
  readonly options?: Partial<LogListOptions>;
  /** `browser`, `utc`, or a name. */
  readonly timeZone?: string;
  /** Words to mark in the lines. */
  readonly marked?: readonly string[];
  /** Filters by a field's value; without it fields cannot be clicked. */
  readonly onFilter?: (filter: FieldFilter) => void;
}

const LINE_HEIGHT = 22;

/** Log lines, only those in sight rendered; each opens to its fields. Fills its parent, which needs a height. */
export function LogList({ frames, options, timeZone = 'browser', marked, onFilter }: LogListProps) {
  const styles = useStyles2(getStyles);
  const settings = { ...DEFAULT_LOG_OPTIONS, ...options };
  const { sortOrder } = settings;
  const rows = React.useMemo(() => rowsOf(frames, sortOrder), [frames, sortOrder]);
  const [open, setOpen] = React.useState<ReadonlySet<string>>(new Set());
  const [focused, setFocused] = React.useState(0);
  const scroller = React.useRef<HTMLDivElement>(null);
  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => LINE_HEIGHT,
    getItemKey: (index) => rows[index]?.id ?? index,
    overscan: 12,
  });

  // Other lines: from the top again, all closed.
  const { scrollToOffset } = virtualizer;
  // biome-ignore lint/correctness/useExhaustiveDependencies: only when the lines are others
  React.useEffect(() => {
    setOpen(new Set());
    setFocused(0);
    scrollToOffset(0);
  }, [rows]);

  const toggle = (id: string) =>
    setOpen((before) => {
      const next = new Set(before);
      if (!next.delete(id)) next.add(id);
      return next;
    });

  /** Up and down from line to line; the one that comes may not be rendered yet. */
  const onKeyDown = (event: React.KeyboardEvent) => {
    const next = nextIndex(event.key, focused, rows.length);
    const isLine = (event.target as HTMLElement).dataset.logLine !== undefined;
    if (next === undefined || !isLine) return;
    event.preventDefault();
    setFocused(next);
    virtualizer.scrollToIndex(next);
    requestAnimationFrame(() =>
      requestAnimationFrame(() =>
        scroller.current?.querySelector<HTMLElement>(`[data-log-line="${next}"]`)?.focus(),
      ),
    );
  };

  if (rows.length === 0) return <p className={styles.empty}>No log lines</p>;
  return (
    <div ref={scroller} className={styles.scroller}>
      <ul
        className={settings.wrapLines ? styles.list : styles.wide}
        style={{ height: virtualizer.getTotalSize() }}
        aria-label={`${rows.length} log lines, ${sortOrder} first`}
        onKeyDown={onKeyDown}
      >
        {virtualizer.getVirtualItems().map(({ index, key, start }) => {
          const row = rows[index];
          if (!row) return null;
          return (
            <li
              key={key}
              ref={virtualizer.measureElement}
              data-index={index}
              className={styles.item}
              style={{ transform: `translateY(${start}px)` }}
              aria-setsize={rows.length}
              aria-posinset={index + 1}
            >
              <LogLine
                row={row}
                index={index}
                options={settings}
                timeZone={timeZone}
                marked={marked}
                isOpen={open.has(row.id)}
                isFocusable={index === Math.min(focused, rows.length - 1)}
                onToggle={() => {
                  setFocused(index);
                  toggle(row.id);
                }}
                onFilter={onFilter}
              />
            </li>
          );
        })}
      </ul>
    </div>
  );
}

function nextIndex(key: string, index: number, count: number): number | undefined {
  const next = { ArrowDown: index + 1, ArrowUp: index - 1, Home: 0, End: count - 1 }[key];
  return next === undefined ? undefined : Math.max(0, Math.min(count - 1, next));
}

function getStyles(theme: GrafanaTheme2) {
  const list = { position: 'relative', listStyle: 'none', margin: 0, padding: 0 } as const;
  return {
    empty: css({ padding: theme.spacing(2), color: theme.colors.text.secondary }),
    scroller: css({ height: '100%', overflow: 'auto', contain: 'strict' }),
    list: css(list),
    wide: css({ ...list, width: 'max-content', minWidth: '100%' }),
    item: css({ position: 'absolute', top: 0, left: 0, width: '100%', minWidth: '100%' }),
  };
}
