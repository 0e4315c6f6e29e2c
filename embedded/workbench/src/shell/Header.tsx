import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { config } from '@grafana/runtime';
import { ConfirmModal, Dropdown, Icon, Menu, ToolbarButton, useStyles2 } from '@grafana/ui';
import * as React from 'react';
import { NavLink, useLocation } from 'react-router-dom-v5-compat';
import { type DashboardSummary, getDashboards, startAgain } from './server';
import { store } from './storage';

/** The dashboard that a candidate begins with. */
export const REPORT_URL = '/d/incident-report';

const PAGES = [
  { url: REPORT_URL, text: 'Report' },
  { url: '/explore', text: 'Explore' },
  { url: '/source', text: 'Source' },
] as const;

interface HeaderProps {
  readonly onTour: () => void;
}

/** The line on top of every page: where to go, and what belongs to no page. */
export function Header({ onTour }: HeaderProps) {
  const styles = useStyles2(getStyles);
  const [asksToStartAgain, setAsksToStartAgain] = React.useState(false);
  return (
    <header className={styles.header}>
      <NavLink to={REPORT_URL} className={styles.brand}>
        Workbench
      </NavLink>
      <nav aria-label="Pages" className={styles.pages}>
        {PAGES.slice(0, 1).map((page) => (
          <PageLink key={page.url} {...page} />
        ))}
        <Dashboards />
        {PAGES.slice(1).map((page) => (
          <PageLink key={page.url} {...page} />
        ))}
      </nav>
      <ToolbarButton
        icon="adjust-circle"
        tooltip={config.theme2.isDark ? 'Light theme' : 'Dark theme'}
        aria-label={config.theme2.isDark ? 'Light theme' : 'Dark theme'}
        onClick={switchTheme}
      />
      <Dropdown
        placement="bottom-end"
        overlay={
          <Menu>
            <Menu.Item label="Show the tour" icon="question-circle" onClick={onTour} />
            <Menu.Item
              label="Start again"
              icon="sync"
              description="For the next candidate"
              onClick={() => setAsksToStartAgain(true)}
            />
          </Menu>
        }
      >
        <ToolbarButton icon="question-circle" tooltip="Help" aria-label="Help" />
      </Dropdown>
      <ConfirmModal
        isOpen={asksToStartAgain}
        title="Start again"
        body="Forgets the query history, moved nodes, notes and the theme in every browser that has this page open. The data stays."
        confirmText="Start again"
        onConfirm={async () => {
          await startAgain();
          window.location.assign('/');
        }}
        onDismiss={() => setAsksToStartAgain(false)}
      />
    </header>
  );
}

function PageLink({ url, text }: { readonly url: string; readonly text: string }) {
  const styles = useStyles2(getStyles);
  return (
    <NavLink to={url} className={({ isActive }) => (isActive ? styles.active : styles.page)}>
      {text}
    </NavLink>
  );
}

/** All dashboards but the report, which has a link of its own. */
function Dashboards() {
  const styles = useStyles2(getStyles);
  const { pathname } = useLocation();
  const [dashboards, setDashboards] = React.useState<readonly DashboardSummary[]>([]);
  React.useEffect(() => {
    getDashboards().then(setDashboards, () => setDashboards([]));
  }, []);
  const others = dashboards.filter(({ uid }) => `/d/${uid}` !== REPORT_URL);
  const isActive = others.some(({ uid }) => pathname.startsWith(`/d/${uid}`));
  const menu = (
    <Menu>
      {others.map(({ uid, title }) => (
        <Menu.Item key={uid} label={title} url={`/d/${uid}`} active={pathname.startsWith(`/d/${uid}`)} />
      ))}
    </Menu>
  );
  return (
    <Dropdown overlay={menu} placement="bottom-start">
      <button type="button" className={isActive ? styles.active : styles.page}>
        Dashboards <Icon name="angle-down" size="sm" />
      </button>
    </Dropdown>
  );
}

/** Grafana's libraries take their theme when they are loaded. */
function switchTheme(): void {
  store<string>('theme', 'dark').set(config.theme2.isDark ? 'light' : 'dark');
  const address = new URL(window.location.href);
  address.searchParams.delete('theme');
  window.history.replaceState(undefined, '', address);
  window.location.reload();
}

function getStyles(theme: GrafanaTheme2) {
  const page = {
    display: 'inline-flex',
    alignItems: 'center',
    gap: theme.spacing(0.5),
    height: '100%',
    padding: theme.spacing(0, 1.5),
    border: 'none',
    borderBottom: '2px solid transparent',
    background: 'transparent',
    color: theme.colors.text.primary,
    '&:hover': { background: theme.colors.action.hover },
  } as const;
  return {
    header: css({
      display: 'flex',
      alignItems: 'center',
      gap: theme.spacing(1),
      height: 40,
      flexShrink: 0,
      padding: theme.spacing(0, 2),
      borderBottom: `1px solid ${theme.colors.border.weak}`,
      background: theme.colors.background.primary,
    }),
    brand: css({ fontWeight: theme.typography.fontWeightMedium, marginRight: theme.spacing(1) }),
    pages: css({ display: 'flex', flex: 1, height: '100%' }),
    page: css(page),
    active: css({ ...page, borderBottomColor: theme.colors.primary.main }),
  };
}
