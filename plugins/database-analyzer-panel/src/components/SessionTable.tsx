import { css, cx } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { useStyles2 } from '@grafana/ui';
import React, { type KeyboardEvent, memo, useId, useMemo, useRef, useState } from 'react';
import type { Layout } from '../model/layout';
import type { Session } from '../model/session';
import {
  blockedCounts,
  type SortColumn,
  type Table,
  type TableOptions,
  type TableRow,
} from '../model/session-table';
import { AgeScale } from './AgeBars';
import { type RowContext, SessionRow } from './SessionRow';
import { focusRing, PLAIN_BUTTON } from './theme';

export interface SessionTableProps {
  readonly layout: Layout;
  readonly table: Table;
  readonly sessions: readonly Session[];
  readonly sort: TableOptions['sort'];
  readonly scaleS: number;
  readonly showRoute: boolean;
  readonly selectedPid: number | undefined;
  readonly traceUrl: (traceId: string) => string | undefined;
  readonly onSort: (column: SortColumn) => void;
  readonly onToggleFold: (id: string) => void;
  readonly onSelect: (session: Session) => void;
  /** Set while the groups are routes: told the route of the group that was activated. */
  readonly onRoute: ((route: string | undefined) => void) | undefined;
}

/** Rows outside of the visible part that are drawn all the same. */
const OVERSCAN_PX = 66;

/**
 * The sessions of a snapshot as a tree grid. Only the visible rows exist, so focus stays on the grid itself and
 * `aria-activedescendant` names the row at the cursor.
 */
export const SessionTable = memo(function SessionTable(props: SessionTableProps) {
  const { layout, table, sort, scaleS, showRoute, onSort, onToggleFold, onSelect, onRoute, sessions } = props;
  const styles = useStyles2(getStyles);
  const id = useId();
  const scroller = useRef<HTMLDivElement>(null);
  const [scrollTop, setScrollTop] = useState(0);
  const [cursorKey, setCursorKey] = useState<string>();
  const cursor = Math.max(
    0,
    table.rows.findIndex((row) => row.key === cursorKey),
  );
  const height = layout.tableHeight;
  const top = Math.min(scrollTop, Math.max(0, table.height - height));
  const visible = table.rows.filter(
    (row) => row.y + row.height > top - OVERSCAN_PX && row.y < top + height + OVERSCAN_PX,
  );
  const blocking = useMemo(() => blockedCounts(sessions), [sessions]);

  const moveTo = (index: number) => {
    const row = table.rows[Math.max(0, Math.min(table.rows.length - 1, index))];
    if (!row) return;
    setCursorKey(row.key);
    reveal(scroller.current, row);
  };
  const activate = (row: TableRow | undefined) => {
    if (!row) return;
    setCursorKey(row.key);
    if (row.kind === 'fold') onToggleFold(row.id);
    if (row.kind === 'group' || row.kind === 'fold') onRoute?.(row.sessions[0]?.route);
    if (row.kind === 'session') onSelect(row.session);
  };
  const press = (event: KeyboardEvent) => {
    const row = table.rows[cursor];
    const page = Math.floor(height / 22);
    const target = moveKey(event.key, { cursor, last: table.rows.length - 1, page });
    if (target !== undefined) moveTo(target);
    else if (event.key === 'Enter' || event.key === ' ') activate(row);
    else if (event.key === 'ArrowRight' && row?.kind === 'fold' && !row.open) activate(row);
    else if (event.key === 'ArrowLeft' && row?.kind === 'fold' && row.open) activate(row);
    else if (event.key.toLowerCase() === 't') openLink(scroller.current, rowId(id, cursor));
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  // A block of locks is found by its pid: the cursor goes there, wherever it is.
  const goToPid = (pid: number) => moveTo(table.rows.findIndex((row) => row.key === `pid ${pid}`));

  const context: RowContext = { ...props, blocking, goToPid };
  return (
    <div className={styles.grid}>
      <TableHead {...{ layout, sort, scaleS, showRoute, onSort }} />
      <div
        ref={scroller}
        className={styles.scroller}
        style={{ height }}
        role="treegrid"
        tabIndex={0}
        aria-label="Sessions"
        aria-rowcount={table.rows.length}
        aria-activedescendant={table.rows.length > 0 ? rowId(id, cursor) : undefined}
        onKeyDown={press}
        onScroll={(event) => setScrollTop(event.currentTarget.scrollTop)}
      >
        <div style={{ height: table.height, position: 'relative' }}>
          {visible.map((row) => {
            const index = table.rows.indexOf(row);
            return (
              <SessionRow
                // By place: from one snapshot to the next a row's elements are kept and only their texts change.
                key={`${row.kind} ${index}`}
                id={rowId(id, index)}
                row={row}
                index={index}
                atCursor={index === cursor}
                context={context}
                onActivate={() => activate(row)}
              />
            );
          })}
        </div>
        {table.rows.length === 0 && <p className={styles.empty}>No session passes the filter.</p>}
      </div>
    </div>
  );
});

function rowId(id: string, index: number): string {
  return `${id}-${index}`;
}

function moveKey(key: string, { cursor, last, page }: { cursor: number; last: number; page: number }) {
  switch (key) {
    case 'ArrowDown':
      return cursor + 1;
    case 'ArrowUp':
      return cursor - 1;
    case 'PageDown':
      return cursor + page;
    case 'PageUp':
      return cursor - page;
    case 'Home':
      return 0;
    case 'End':
      return last;
    default:
      return undefined;
  }
}

function reveal(scroller: HTMLDivElement | null, row: TableRow): void {
  if (!scroller) return;
  if (row.y < scroller.scrollTop) scroller.scrollTop = row.y;
  const below = row.y + row.height - scroller.clientHeight;
  if (below > scroller.scrollTop) scroller.scrollTop = below;
}

function openLink(scroller: HTMLDivElement | null, id: string): void {
  scroller?.querySelector<HTMLAnchorElement>(`[id="${id}"] a`)?.click();
}

type TableHeadProps = Pick<SessionTableProps, 'layout' | 'sort' | 'scaleS' | 'showRoute' | 'onSort'>;

const TableHead = memo(function TableHead({ layout, sort, scaleS, showRoute, onSort }: TableHeadProps) {
  const styles = useStyles2(getStyles);
  const head = (column: SortColumn, label: string, className = '') => {
    const sorted = sort.column === column;
    return (
      <button
        type="button"
        className={cx(styles.headButton, className)}
        title={`Sort by ${label}`}
        aria-label={sorted ? `${label}, sorted ${sort.descending ? 'descending' : 'ascending'}` : label}
        onClick={() => onSort(column)}
      >
        {label}
        {sorted && <b aria-hidden="true">{sort.descending ? ' ↓' : ' ↑'}</b>}
      </button>
    );
  };
  return (
    <div className={styles.head} style={{ gridTemplateColumns: columns(layout) }}>
      {head('state', 'State')}
      {head('pid', 'Pid')}
      {head('application', 'Application')}
      {!layout.medium && <span>Client</span>}
      {head('transactionAge', 'Tx age', styles.right)}
      {head('stateAge', 'State age', styles.right)}
      <AgeScale scaleS={scaleS} />
      {layout.showWait && <span>Wait event</span>}
      {head('statement', layout.tiny ? 'Statement' : 'Last statement')}
      <span>{showRoute ? (layout.tiny ? 'Route' : 'Route, trace') : 'Trace'}</span>
    </div>
  );
});

/** The grid's columns: the client goes first, then the wait event. */
export function columns({ tiny, medium, narrow, showWait }: Layout): string {
  if (tiny) return '84px 34px 54px 62px 62px 46px minmax(0, 1fr) 62px';
  if (narrow) return '84px 36px 80px 66px 66px 84px minmax(0, 1fr) 72px';
  if (!showWait) return '84px 36px 72px 66px 66px 58px minmax(0, 1fr) 66px';
  if (medium) return '84px 36px 80px 66px 66px 72px 68px minmax(0, 1fr) 72px';
  return '84px 36px 80px 74px 66px 66px 88px 72px minmax(0, 1fr) 86px';
}

const getStyles = (theme: GrafanaTheme2) => ({
  grid: css({ display: 'flex', flexDirection: 'column', minHeight: 0 }),
  head: css({
    display: 'grid',
    columnGap: 8,
    alignItems: 'center',
    height: 22,
    // As far from the right edge as the rows, which leave room for the scroll bar.
    padding: '0 16px 0 6px',
    fontSize: 11,
    whiteSpace: 'nowrap',
    color: theme.colors.text.secondary,
    borderBottom: `1px solid ${theme.colors.border.weak}`,
  }),
  headButton: css({ ...PLAIN_BUTTON, ...focusRing(theme), '& b': { color: theme.colors.text.maxContrast } }),
  right: css({ textAlign: 'right' }),
  scroller: css({
    overflow: 'auto',
    position: 'relative',
    scrollbarWidth: 'thin',
    scrollbarColor: `${theme.colors.border.medium} transparent`,
    ...focusRing(theme),
    '&:focus-visible [data-cursor]': {
      outline: `1px solid ${theme.colors.primary.border}`,
      outlineOffset: -1,
    },
  }),
  empty: css({ padding: 12, color: theme.colors.text.secondary }),
});
