import { css, cx } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { useStyles2 } from '@grafana/ui';
import React, { memo, type ReactNode } from 'react';
import { formatDuration, plural } from '../model/format';
import type { Layout } from '../model/layout';
import { type Session, STATE_KINDS, type StateKind } from '../model/session';
import { countKinds, isIdle, median, summarize, type TableRow } from '../model/session-table';
import { AgeBars, AgeRug } from './AgeBars';
import { columns } from './SessionTable';
import { StateGlyph } from './StateGlyph';
import { ELLIPSIS, monospace, STATE_LABEL, STATE_SHORT, trackColor } from './theme';

export interface RowContext {
  readonly layout: Layout;
  readonly scaleS: number;
  readonly showRoute: boolean;
  readonly selectedPid: number | undefined;
  readonly traceUrl: (traceId: string) => string | undefined;
  /** How many sessions wait for a lock of a pid. */
  readonly blocking: ReadonlyMap<number, number>;
  readonly goToPid: (pid: number) => void;
}

export interface SessionRowProps {
  readonly id: string;
  readonly row: TableRow;
  readonly index: number;
  readonly atCursor: boolean;
  readonly context: RowContext;
  readonly onActivate: () => void;
}

export function SessionRow({ id, row, index, atCursor, context, onActivate }: SessionRowProps) {
  const styles = useStyles2(getStyles);
  const selected = row.kind === 'session' && row.session.pid === context.selectedPid;
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the grid takes the keys for all of its rows
    // biome-ignore lint/a11y/useFocusableInteractive: the grid has the focus and names the row at the cursor
    <div
      id={id}
      role="row"
      aria-rowindex={index + 1}
      aria-level={row.kind === 'session' && row.inFold ? 2 : 1}
      aria-expanded={row.kind === 'fold' ? row.open : undefined}
      aria-selected={row.kind === 'session' ? selected : undefined}
      data-cursor={atCursor || undefined}
      className={cx(styles.row, styles[row.kind], selected && styles.selected, isInner(row) && styles.inner)}
      style={{ top: row.y, height: row.height, gridTemplateColumns: columns(context.layout) }}
      onClick={onActivate}
    >
      {row.kind === 'group' && <GroupCells name={row.name} sessions={row.sessions} />}
      {row.kind === 'fold' && <FoldCells row={row} context={context} />}
      {row.kind === 'session' && <SessionCells session={row.session} context={context} inner={row.inFold} />}
    </div>
  );
}

function isInner(row: TableRow): boolean {
  return row.kind === 'session' && row.inFold;
}

function Cell({ className, title, children }: { className?: string; title?: string; children?: ReactNode }) {
  return (
    // biome-ignore lint/a11y/useFocusableInteractive: the grid has the focus
    <div role="gridcell" className={className} title={title}>
      {children}
    </div>
  );
}

const GroupCells = memo(function GroupCells({
  name,
  sessions,
}: {
  name: string;
  sessions: readonly Session[];
}) {
  const styles = useStyles2(getStyles);
  const counts = countKinds(sessions);
  const isState = (STATE_KINDS as readonly string[]).includes(name);
  return (
    <Cell className={styles.groupCell}>
      <span>{isState ? STATE_LABEL[name as StateKind] : name}</span>
      <span className={styles.dim}>{plural(sessions.length, 'session')}</span>
      {!isState && (
        <span className={styles.counts}>
          {STATE_KINDS.filter((kind) => counts[kind] > 0).map((kind) => (
            <span key={kind} title={STATE_LABEL[kind]}>
              <StateGlyph kind={kind} /> {counts[kind]}
            </span>
          ))}
        </span>
      )}
    </Cell>
  );
});

function FoldCells({ row, context }: { row: TableRow & { kind: 'fold' }; context: RowContext }) {
  const styles = useStyles2(getStyles);
  const { layout, scaleS, showRoute } = context;
  const { sessions, open, preview } = row;
  const [first] = sessions;
  if (!first) return null;
  const summary = summarize(sessions);
  const { transactionAgesS, stateAgesS, clients, routes, traces } = summary;
  const idle = isIdle(sessions);
  const clientText = clients.length === 1 ? (clients[0] ?? '') : plural(clients.length, 'client');
  const two = (top: ReactNode, below: ReactNode) => (
    <>
      <div className={styles.cut}>{top}</div>
      {!idle && <div className={cx(styles.cut, styles.dim, styles.below)}>{below}</div>}
    </>
  );
  return (
    <>
      <Cell className={layout.medium ? styles.foldName3 : styles.foldName4}>
        <div className={styles.state}>
          <span className={styles.arrow}>{open ? '▾' : '▸'}</span>
          <StateGlyph kind={first.kind} />
          <b>{plural(sessions.length, 'session')}</b>
          <span className={styles.cut}>
            {(layout.medium ? STATE_SHORT : STATE_LABEL)[first.kind]}
            {idle && <span className={styles.dim}> · {first.application}</span>}
          </span>
        </div>
        {!idle && (
          <div className={cx(styles.cut, styles.after)} title={first.statement}>
            <span className={styles.dim}>{first.kind === 'idleInTransaction' ? 'after' : 'running'}</span>{' '}
            {first.shortStatement}
            {preview > 0 && !layout.medium && <span className={styles.dim}> · {preview} shown</span>}
          </div>
        )}
      </Cell>
      <Cell className={styles.right}>
        {two(formatDuration(transactionAgesS.at(-1)), `med ${formatDuration(median(transactionAgesS))}`)}
      </Cell>
      <Cell className={styles.right}>
        {two(formatDuration(stateAgesS.at(-1)), `med ${formatDuration(median(stateAgesS))}`)}
      </Cell>
      <AgeRug summary={summary} kind={first.kind} scaleS={scaleS} />
      {layout.showWait && (
        <Cell className={styles.small}>{two(first.waitEvent || '–', plural(clients.length, 'client'))}</Cell>
      )}
      <Cell>
        {idle
          ? two(<span className={styles.dim}>{clientText}</span>, null)
          : two(
              showRoute ? routeText(routes) : first.application,
              `${showRoute ? `${first.application} · ` : ''}${clientText}`,
            )}
      </Cell>
      <Cell>{traces > 0 ? plural(traces, 'trace') : <span className={styles.dim}>–</span>}</Cell>
    </>
  );
}

function routeText(routes: readonly string[]): string {
  const [first] = routes;
  if (!first) return 'no route';
  return routes.length === 1 ? first : `${routes.length} routes`;
}

const SessionCells = memo(function SessionCells({
  session,
  context,
  inner,
}: {
  session: Session;
  context: RowContext;
  inner: boolean;
}) {
  const styles = useStyles2(getStyles);
  const { layout, scaleS } = context;
  const { kind, state, pid, application, client, transactionAgeS, stateAgeS, shortStatement, statement } =
    session;
  return (
    <>
      <Cell className={cx(styles.state, inner && styles.indented)} title={state}>
        <StateGlyph kind={kind} />
        <span className={styles.cut}>{state.endsWith('(aborted)') ? 'aborted tx' : STATE_SHORT[kind]}</span>
      </Cell>
      <Cell>{pid}</Cell>
      <Cell className={styles.cut} title={application}>
        {application}
      </Cell>
      {!layout.medium && (
        <Cell className={styles.cut} title={client}>
          {client || '–'}
        </Cell>
      )}
      <Cell className={styles.right}>{formatDuration(transactionAgeS)}</Cell>
      <Cell className={styles.right}>{formatDuration(stateAgeS)}</Cell>
      <AgeBars session={session} scaleS={scaleS} />
      {layout.showWait && (
        <Cell className={cx(styles.cut, styles.small)}>
          <WaitCell session={session} context={context} />
        </Cell>
      )}
      <Cell className={cx(styles.cut, styles.statement)} title={statement}>
        {layout.medium ? shortStatement : statement}
      </Cell>
      <Cell className={styles.cut}>
        <TraceLink session={session} context={context} />
      </Cell>
    </>
  );
});

/** What is waited for; for a lock, whose. The holder says how many wait for it. */
function WaitCell({
  session: { pid, waitEvent, blockedBy },
  context: { blocking, goToPid },
}: {
  session: Session;
  context: RowContext;
}) {
  const styles = useStyles2(getStyles);
  const [blocker] = blockedBy;
  const waiting = blocking.get(pid);
  if (blocker !== undefined) {
    const go = (event: { stopPropagation: () => void }) => {
      event.stopPropagation();
      goToPid(blocker);
    };
    return (
      <button
        type="button"
        tabIndex={-1}
        className={styles.link}
        title={`${waitEvent}: waits for pid ${blockedBy.join(', ')}`}
        onClick={go}
      >
        by {blocker} {blockedBy.length > 1 && `+${blockedBy.length - 1}`}
      </button>
    );
  }
  if (waiting) return <b title="Sessions that wait for a lock of this one">blocks {waiting}</b>;
  return <>{waitEvent || <span className={styles.dim}>–</span>}</>;
}

function TraceLink({
  session: { traceId, route },
  context: { showRoute, traceUrl },
}: {
  session: Session;
  context: RowContext;
}) {
  const styles = useStyles2(getStyles);
  const name = showRoute && route ? shortRoute(route) : traceId?.slice(0, 8);
  if (!name) return <span className={styles.dim}>–</span>;
  const url = traceId && traceUrl(traceId);
  if (!url) return <span title={route}>{name}</span>;
  return (
    <a
      href={url}
      tabIndex={-1}
      title={`${showRoute && route ? `${route}: ` : ''}trace ${traceId} (key T)`}
      onClick={(event) => event.stopPropagation()}
    >
      {name} ↗
    </a>
  );
}

function shortRoute(route: string): string {
  const path = route.split('/').filter(Boolean);
  return path.length > 1 ? `…/${path.at(-1)}` : route;
}

const getStyles = (theme: GrafanaTheme2) => ({
  row: css({
    position: 'absolute',
    left: 0,
    right: 0,
    display: 'grid',
    columnGap: 8,
    alignItems: 'center',
    padding: '0 6px',
    whiteSpace: 'nowrap',
    cursor: 'pointer',
    contain: 'strict',
    '&:hover': { background: theme.colors.action.hover },
    '& > *': { minWidth: 0, overflow: 'hidden' },
    '& a': { color: theme.colors.text.link, '&:hover': { textDecoration: 'underline' } },
  }),
  group: css({ background: theme.colors.background.secondary, cursor: 'default' }),
  fold: css({ borderBottom: `1px solid ${theme.colors.border.weak}`, lineHeight: '17px' }),
  session: css({}),
  inner: css({ background: trackColor(theme) }),
  selected: css({
    '&&': {
      background: theme.colors.action.selected,
      boxShadow: `inset 2px 0 ${theme.colors.primary.border}`,
    },
  }),
  groupCell: css({
    gridColumn: '1 / -1',
    display: 'flex',
    gap: 6,
    color: theme.colors.text.maxContrast,
    fontWeight: theme.typography.fontWeightMedium,
  }),
  counts: css({
    marginLeft: 'auto',
    display: 'flex',
    gap: 8,
    fontWeight: theme.typography.fontWeightRegular,
    '& span': { display: 'inline-flex', gap: 4, alignItems: 'center' },
  }),
  foldName4: css({ gridColumn: '1 / 5' }),
  foldName3: css({ gridColumn: '1 / 4' }),
  state: css({
    display: 'flex',
    gap: 6,
    alignItems: 'center',
    '& b': {
      fontSize: 13,
      fontWeight: theme.typography.fontWeightMedium,
      color: theme.colors.text.maxContrast,
    },
  }),
  indented: css({ paddingLeft: 14 }),
  arrow: css({ width: 8, flex: 'none' }),
  after: css({ paddingLeft: 14 }),
  cut: css(ELLIPSIS),
  dim: css({ color: theme.colors.text.secondary, fontWeight: theme.typography.fontWeightRegular }),
  right: css({ textAlign: 'right' }),
  small: css({ fontSize: 11 }),
  below: css({ fontSize: 11 }),
  statement: css(monospace(theme)),
  link: css({
    font: 'inherit',
    border: 0,
    padding: 0,
    background: 'none',
    color: theme.colors.text.link,
    '&:hover': { textDecoration: 'underline' },
  }),
});
