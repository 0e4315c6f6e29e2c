import { css, cx } from '@emotion/css';
import type { GrafanaTheme2, SelectableValue } from '@grafana/data';
import { RadioButtonGroup, useStyles2 } from '@grafana/ui';
import React, { memo, useCallback, useMemo, useState } from 'react';
import type { GroupBy } from '../model/connection-seconds';
import type { Layout } from '../model/layout';
import type { Session, StateKind } from '../model/session';
import { type SortColumn, sessionTable, type TableOptions } from '../model/session-table';
import type { Options } from '../options';
import { SessionTable } from './SessionTable';
import { focusRing } from './theme';

export interface SessionsPaneProps {
  readonly layout: Layout;
  readonly options: Options;
  readonly sessions: readonly Session[];
  readonly groupBy: GroupBy;
  readonly kinds: ReadonlySet<StateKind>;
  readonly selectedPid: number | undefined;
  readonly traceUrl: (traceId: string) => string | undefined;
  readonly onGroupBy: (groupBy: GroupBy) => void;
  readonly onSelect: (session: Session) => void;
  /** Told the route of the group that was activated. */
  readonly onRoute: (route: string | undefined) => void;
}

/** The table of sessions with its controls. */
export const SessionsPane = memo(function SessionsPane(props: SessionsPaneProps) {
  const { layout, options, sessions, groupBy, kinds, selectedPid, traceUrl, onGroupBy, onSelect, onRoute } =
    props;
  const styles = useStyles2(getStyles);
  const [text, setText] = useState(options.filter);
  const [filterOption, setFilterOption] = useState(options.filter);
  if (filterOption !== options.filter) {
    // A link from elsewhere set the dashboard variable anew.
    setFilterOption(options.filter);
    setText(options.filter);
  }
  const [sort, setSort] = useState<TableOptions['sort']>({ column: 'transactionAge', descending: true });
  const [openFolds, setOpenFolds] = useState<ReadonlySet<string>>(new Set());
  const { foldFrom, showRoute, ageScaleSeconds } = options;
  const table = useMemo(
    () =>
      sessionTable(sessions, { groupBy, sort, kinds, text, foldFrom, openFolds, height: layout.tableHeight }),
    [sessions, groupBy, sort, kinds, text, foldFrom, openFolds, layout.tableHeight],
  );
  const onSort = useCallback((column: SortColumn) => {
    setSort((before) => ({ column, descending: before.column === column ? !before.descending : true }));
  }, []);
  const onToggleFold = useCallback((id: string) => {
    setOpenFolds((before) => {
      const next = new Set(before);
      if (!next.delete(id)) next.add(id);
      return next;
    });
  }, []);
  return (
    <section className={cx(styles.pane, layout.narrow && styles.tabbed)} aria-label="Sessions">
      <div className={styles.bar}>
        <h3>
          Sessions{' '}
          <span>
            {table.matching === sessions.length ? sessions.length : `${table.matching} of ${sessions.length}`}
          </span>
        </h3>
        <GroupByControl {...{ groupBy, onGroupBy, showRoute }} showLabel={!layout.narrow} />
        <input
          className={styles.filter}
          value={text}
          placeholder="Filter: pid, route, SQL …"
          aria-label="Filter sessions"
          onChange={(event) => setText(event.currentTarget.value)}
        />
      </div>
      <SessionTable
        {...{
          layout,
          table,
          sessions,
          sort,
          showRoute,
          selectedPid,
          traceUrl,
          onSort,
          onToggleFold,
          onSelect,
        }}
        scaleS={ageScaleSeconds}
        onRoute={groupBy === 'route' ? onRoute : undefined}
      />
    </section>
  );
});

const GROUPS: SelectableValue<GroupBy>[] = [
  { value: 'state', label: 'State' },
  { value: 'application', label: 'Application' },
  { value: 'route', label: 'Route' },
  { value: 'statement', label: 'Last statement' },
];

const GroupByControl = memo(function GroupByControl(props: {
  groupBy: GroupBy;
  showRoute: boolean;
  showLabel: boolean;
  onGroupBy: (groupBy: GroupBy) => void;
}) {
  const { groupBy, showRoute, showLabel, onGroupBy } = props;
  const options = showRoute ? GROUPS : GROUPS.filter((group) => group.value !== 'route');
  return (
    <>
      {showLabel && <span aria-hidden="true">group by</span>}
      <div role="group" aria-label="Group by">
        <RadioButtonGroup size="sm" options={options} value={groupBy} onChange={onGroupBy} />
      </div>
    </>
  );
});

const getStyles = (theme: GrafanaTheme2) => ({
  pane: css({ minWidth: 0, minHeight: 0, borderTop: `1px solid ${theme.colors.border.weak}` }),
  /** Below tabs, which draw a line of their own. */
  tabbed: css({ borderTop: 0 }),
  bar: css({
    display: 'flex',
    alignItems: 'center',
    gap: 10,
    height: 32,
    whiteSpace: 'nowrap',
    color: theme.colors.text.secondary,
    '& h3': {
      fontSize: 12,
      margin: 0,
      fontWeight: theme.typography.fontWeightMedium,
      color: theme.colors.text.maxContrast,
      '& span': { fontWeight: theme.typography.fontWeightRegular, color: theme.colors.text.secondary },
    },
  }),
  filter: css({
    marginLeft: 'auto',
    flex: '0 1 170px',
    minWidth: 60,
    height: 24,
    font: 'inherit',
    padding: '0 8px',
    color: theme.colors.text.primary,
    background: theme.components.input.background,
    border: `1px solid ${theme.components.input.borderColor}`,
    borderRadius: theme.shape.borderRadius(1),
    ...focusRing(theme),
  }),
});
