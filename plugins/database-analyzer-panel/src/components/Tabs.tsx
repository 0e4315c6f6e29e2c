import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { useStyles2 } from '@grafana/ui';
import React, { type KeyboardEvent } from 'react';
import { focusRing, PLAIN_BUTTON } from './theme';

type Tab = 'sessions' | 'transactions';

export interface TabsProps {
  readonly active: Tab;
  readonly sessions: number;
  readonly transactions: number;
  readonly thresholdS: number;
  readonly onChange: (tab: Tab) => void;
}

/** One pane at a time where there is no room for two. */
export function Tabs({ active, sessions, transactions, thresholdS, onChange }: TabsProps) {
  const styles = useStyles2(getStyles);
  const press = (event: KeyboardEvent<HTMLDivElement>) => {
    if (event.key !== 'ArrowLeft' && event.key !== 'ArrowRight') return;
    onChange(active === 'sessions' ? 'transactions' : 'sessions');
    const tabs = event.currentTarget.querySelectorAll<HTMLElement>('[role="tab"]');
    tabs[active === 'sessions' ? 1 : 0]?.focus();
    event.preventDefault();
  };
  const tab = (name: Tab, label: string) => (
    <button
      type="button"
      role="tab"
      className={styles.tab}
      aria-selected={active === name}
      tabIndex={active === name ? 0 : -1}
      onClick={() => onChange(name)}
    >
      {label}
    </button>
  );
  return (
    <div className={styles.tabs} role="tablist" aria-label="Panes" onKeyDown={press}>
      {tab('sessions', `Sessions (${sessions})`)}
      {tab('transactions', `Transactions open ≥ ${thresholdS} s (${transactions})`)}
    </div>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  tabs: css({ display: 'flex', gap: 4, height: 24, borderBottom: `1px solid ${theme.colors.border.weak}` }),
  tab: css({
    ...PLAIN_BUTTON,
    ...focusRing(theme),
    padding: '0 10px',
    color: theme.colors.text.secondary,
    borderBottom: '2px solid transparent',
    '&[aria-selected="true"]': {
      color: theme.colors.text.maxContrast,
      borderBottomColor: theme.colors.primary.border,
      fontWeight: theme.typography.fontWeightMedium,
    },
  }),
});
