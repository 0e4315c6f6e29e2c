import { css, cx } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { useStyles2 } from '@grafana/ui';
import React, { memo } from 'react';
import type { Layout } from '../model/layout';
import { STATE_KINDS, type StateKind } from '../model/session';
import { StateGlyph } from './StateGlyph';
import { focusRing, PLAIN_BUTTON, STATE_LABEL, STATE_SHORT } from './theme';

export interface StateChipsProps {
  readonly layout: Layout;
  readonly application: string;
  readonly counts: Readonly<Record<StateKind, number>>;
  readonly queue: number | undefined;
  readonly selected: ReadonlySet<StateKind>;
  readonly onToggle: (kind: StateKind) => void;
}

/** The strip's legend, with the counts at the instant; each state filters the table. */
export const StateChips = memo(function StateChips(props: StateChipsProps) {
  const { layout, application, counts, queue, selected, onToggle } = props;
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
      {!layout.narrow && (
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
      )}
    </div>
  );
});

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
    hint: css({
      marginLeft: 'auto',
      color: theme.colors.text.secondary,
      '& b': { fontWeight: theme.typography.fontWeightMedium },
    }),
  };
};
