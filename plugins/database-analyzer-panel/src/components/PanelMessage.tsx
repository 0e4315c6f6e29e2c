import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { Button, Icon, type IconName, useStyles2 } from '@grafana/ui';
import React, { type ReactNode } from 'react';

export interface PanelMessageProps {
  readonly icon: IconName;
  readonly title: string;
  readonly children?: ReactNode;
  /** What was asked for. */
  readonly query?: string | undefined;
  readonly action?: { readonly label: string; readonly onClick: () => void } | undefined;
}

/** Stands in the panel's place when there is nothing to draw: what is missing, and what to do. */
export function PanelMessage({ icon, title, children, query, action }: PanelMessageProps) {
  const styles = useStyles2(getStyles);
  return (
    <div className={styles.place}>
      <div className={styles.message} role="status">
        <Icon name={icon} size="xxl" />
        <h3>{title}</h3>
        {children && <p>{children}</p>}
        {query && <code>{query}</code>}
        {action && (
          <Button variant="secondary" size="sm" onClick={action.onClick}>
            {action.label}
          </Button>
        )}
      </div>
    </div>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  place: css({ height: '100%', display: 'grid', placeItems: 'center', padding: 16 }),
  message: css({
    maxWidth: 560,
    display: 'flex',
    flexDirection: 'column',
    alignItems: 'center',
    gap: 8,
    textAlign: 'center',
    color: theme.colors.text.secondary,
    '& h3': { fontSize: 16, margin: 0, color: theme.colors.text.primary },
    '& p': { margin: 0 },
    '& code': { whiteSpace: 'normal', wordBreak: 'break-word' },
  }),
});
