import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { Button, IconButton, LinkButton, useStyles2 } from '@grafana/ui';
import * as React from 'react';
import { TOUR } from './tour-steps';

interface TourProps {
  readonly onEnd: () => void;
}

/** Four steps beside the page, never over what someone works on; closed once, it stays closed. */
export function Tour({ onEnd }: TourProps) {
  const styles = useStyles2(getStyles);
  const [at, setAt] = React.useState(0);
  const step = TOUR[at];
  if (!step) return null;
  const isLast = at === TOUR.length - 1;
  return (
    <aside className={styles.card} aria-label="Tour">
      <div className={styles.line}>
        <span className={styles.count}>
          {at + 1} of {TOUR.length}
        </span>
        <IconButton name="times" aria-label="Close the tour for good" onClick={onEnd} />
      </div>
      <h2 className={styles.title}>{step.title}</h2>
      <p>{step.text}</p>
      <div className={styles.line}>
        <LinkButton size="sm" fill="text" href={step.url}>
          {step.link}
        </LinkButton>
        <div className={styles.buttons}>
          {at > 0 && (
            <Button size="sm" variant="secondary" onClick={() => setAt(at - 1)}>
              Back
            </Button>
          )}
          <Button size="sm" onClick={isLast ? onEnd : () => setAt(at + 1)}>
            {isLast ? 'Done' : 'Next'}
          </Button>
        </div>
      </div>
    </aside>
  );
}

function getStyles(theme: GrafanaTheme2) {
  return {
    card: css({
      position: 'fixed',
      right: theme.spacing(2),
      bottom: theme.spacing(2),
      width: 340,
      padding: theme.spacing(2),
      zIndex: theme.zIndex.portal - 1,
      border: `1px solid ${theme.colors.border.medium}`,
      borderRadius: theme.shape.radius.default,
      background: theme.colors.background.elevated ?? theme.colors.background.secondary,
      boxShadow: theme.shadows.z3,
    }),
    line: css({ display: 'flex', justifyContent: 'space-between', alignItems: 'center' }),
    buttons: css({ display: 'flex', gap: theme.spacing(1) }),
    count: css({ color: theme.colors.text.secondary }),
    title: css({ ...theme.typography.h5 }),
  };
}
