import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { Button, IconButton, TextLink, useStyles2 } from '@grafana/ui';
import * as React from 'react';
import { TOUR } from './tour-steps';

interface TourProps {
  readonly onEnd: () => void;
}

/** Four steps above the page, never over what someone works on; closed once, it stays closed. */
export function Tour({ onEnd }: TourProps) {
  const styles = useStyles2(getStyles);
  const [at, setAt] = React.useState(0);
  const step = TOUR[at];
  if (!step) return null;
  const isLast = at === TOUR.length - 1;
  return (
    <aside className={styles.strip} aria-label="Tour">
      <span className={styles.count}>
        {at + 1} of {TOUR.length}
      </span>
      <p className={styles.text}>
        <strong>{step.title}.</strong> {step.text}{' '}
        <TextLink href={step.url} inline>
          {step.link}
        </TextLink>
      </p>
      {at > 0 && (
        <Button size="sm" variant="secondary" onClick={() => setAt(at - 1)}>
          Back
        </Button>
      )}
      <Button size="sm" onClick={isLast ? onEnd : () => setAt(at + 1)}>
        {isLast ? 'Done' : 'Next'}
      </Button>
      <IconButton name="times" aria-label="Close the tour for good" onClick={onEnd} />
    </aside>
  );
}

function getStyles(theme: GrafanaTheme2) {
  return {
    strip: css({
      display: 'flex',
      alignItems: 'center',
      gap: theme.spacing(1.5),
      flexShrink: 0,
      padding: theme.spacing(1, 2),
      borderBottom: `1px solid ${theme.colors.info.border}`,
      background: theme.colors.info.transparent,
    }),
    count: css({ color: theme.colors.text.secondary, whiteSpace: 'nowrap' }),
    text: css({ flex: 1, margin: 0 }),
  };
}
