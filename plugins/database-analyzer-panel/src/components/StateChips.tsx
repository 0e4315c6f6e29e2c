import { css, cx } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { useStyles2 } from '@grafana/ui';
import React, { memo } from 'react';
import type { Layout } from '../model/layout';
import { STATE_KINDS, type StateKind } from '../model/session';
import { StateGlyph } from './StateGlyph';
import { ELLIPSIS, focusRing, PLAIN_BUTTON, SETTLED_TITLE, STATE_LABEL, STATE_SHORT } from './theme';

export interface StateChipsProps {
  readonly layout: Layout;
  readonly application: string;
  readonly counts: Readonly<Record<StateKind, number>>;
  readonly queue: number | undefined;
  readonly selected: ReadonlySet<StateKind>;
  /** The only route whose sessions are listed below; all when `undefined`. */
  readonly route: string | undefined;
  /** How long before the last snapshot this one is, when the panel chose it. */
  readonly settledS: number | undefined;
  readonly onToggle: (kind: StateKind) => void;
  readonly onClearRoute: () => void;
}

/** The strip's legend, with the counts at the instant; each state filters the table. */
export const StateChips = memo(function StateChips(props: StateChipsProps) {
  const { layout, counts, queue, selected, route, onToggle, onClearRoute } = props;
  const styles = useStyles2(getStyles);
  return (
    <div className={styles.chips} role="group" aria-label="Sessions of the pool by state; press to filter">
      {STATE_KINDS.map((kind) => (
        <button
          key={kind}
          type="button"
          className={styles.chip}
          aria-pressed={selected.has(kind)}
          title={`Show only sessions that are ${STATE_LABEL[kind]}`}
          onClick={() => onToggle(kind)}
        >
          <StateGlyph kind={kind} />
          <span>{layout.width < 700 ? STATE_SHORT[kind] : STATE_LABEL[kind]}</span>
          <b className={cx(counts[kind] === 0 && styles.zero)}>{counts[kind]}</b>
        </button>
      ))}
      {queue !== undefined && (
        <span className={styles.queue}>
          <svg width="16" height="10" aria-hidden="true">
            <path d="M0 7 5 4 10 6 16 2" fill="none" stroke="currentColor" strokeWidth="1.6" />
          </svg>
          <span>pool queue</span>
          <b className={cx(queue === 0 && styles.zero)}>{queue}</b>
        </span>
      )}
      {route !== undefined && (
        <button
          type="button"
          className={cx(styles.chip, styles.route)}
          aria-pressed="true"
          title={`Only sessions and transactions of ${route}; press to show all`}
          onClick={onClearRoute}
        >
          <span>
            route <b>{route}</b>
          </span>
          <span aria-hidden="true">✕</span>
        </button>
      )}
      {!layout.narrow && <Hint {...props} />}
    </div>
  );
});

/** Why it is this instant, until somebody moves. */
function Hint({ application, settledS }: StateChipsProps) {
  const styles = useStyles2(getStyles);
  if (settledS !== undefined) {
    return (
      <span className={styles.hint} title={SETTLED_TITLE}>
        <b>{Math.round(settledS)} s</b> before the end, so that traces are there · End: the last
      </span>
    );
  }
  return (
    <span className={styles.hint}>
      {application ? (
        <>
          sessions of <b>{application}</b> by state
        </>
      ) : (
        'all sessions by state'
      )}{' '}
      · drag or ← → to move
    </span>
  );
}

const getStyles = (theme: GrafanaTheme2) => {
  const chip = {
    display: 'inline-flex',
    gap: 6,
    alignItems: 'center',
    height: 22,
    padding: '0 8px 0 6px',
    borderRadius: 4,
    '& b': {
      fontSize: 16,
      fontWeight: theme.typography.fontWeightMedium,
      color: theme.colors.text.maxContrast,
    },
  } as const;
  return {
    chips: css({
      display: 'flex',
      gap: 4,
      alignItems: 'center',
      height: 24,
      whiteSpace: 'nowrap',
      overflow: 'hidden',
    }),
    chip: css({
      ...PLAIN_BUTTON,
      ...chip,
      border: '1px solid transparent',
      '&:hover': { background: theme.colors.action.hover },
      '&[aria-pressed="true"]': {
        borderColor: theme.colors.primary.border,
        background: theme.colors.action.selected,
      },
      ...focusRing(theme),
    }),
    queue: css({ ...chip, '& svg': { color: theme.colors.text.maxContrast } }),
    zero: css({
      '&&': { color: theme.colors.text.secondary, fontWeight: theme.typography.fontWeightRegular },
    }),
    route: css({
      minWidth: 0,
      '& > span:first-of-type': ELLIPSIS,
      '& b': { fontSize: 12 },
    }),
    hint: css({
      marginLeft: 'auto',
      paddingLeft: 8,
      ...ELLIPSIS,
      color: theme.colors.text.secondary,
      '& b': { fontWeight: theme.typography.fontWeightMedium },
    }),
  };
};
