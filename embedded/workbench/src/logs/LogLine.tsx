import { css, cx } from '@emotion/css';
import { dateTimeFormat, type GrafanaTheme2 } from '@grafana/data';
import { Icon, useStyles2 } from '@grafana/ui';
import * as React from 'react';
import { type FieldFilter, FieldList } from './FieldList';
import { LEVEL_COLOURS } from './level-colours';
import { prettified, shownLabels } from './model/fields';
import type { LogListOptions } from './model/options';
import type { LogRow } from './model/rows';
import { RichText } from './RichText';

interface LogLineProps {
  readonly row: LogRow;
  readonly index: number;
  readonly options: LogListOptions;
  readonly timeZone: string;
  readonly marked: readonly string[] | undefined;
  readonly isOpen: boolean;
  /** One line of the list is reached by Tab, the others from it by the arrow keys. */
  readonly isFocusable: boolean;
  readonly onToggle: () => void;
  readonly onFilter: ((filter: FieldFilter) => void) | undefined;
}

/** One line and, when it is open, its fields. */
export function LogLine(props: LogLineProps) {
  const { row, index, options, timeZone, marked, isOpen, isFocusable, onToggle, onFilter } = props;
  const styles = useStyles2(getStyles);
  const time = dateTimeFormat(row.timeMs, { timeZone, format: 'YYYY-MM-DD HH:mm:ss.SSS' });
  const text = options.prettify ? prettified(row.line) : row.line;
  return (
    <div className={cx(styles.line, isOpen && styles.open)}>
      <div className={styles.head}>
        <span
          className={styles.level}
          style={{ background: LEVEL_COLOURS[row.level] }}
          role="img"
          aria-label={`level ${row.level}`}
          title={row.level}
        />
        {options.showDetails && (
          <button
            type="button"
            className={styles.toggle}
            data-log-line={index}
            tabIndex={isFocusable ? 0 : -1}
            aria-expanded={isOpen}
            aria-label={`Fields of the line of ${time}`}
            onClick={onToggle}
          >
            <Icon name={isOpen ? 'angle-down' : 'angle-right'} />
          </button>
        )}
        {options.showTime && <time className={styles.time}>{time}</time>}
        {options.showLabels && <span className={styles.labels}>{labelText(row)}</span>}
        <span className={options.wrapLines || options.prettify ? styles.wrapped : styles.text}>
          <RichText text={text} marked={marked} />
        </span>
      </div>
      {isOpen && <FieldList row={row} onFilter={onFilter} />}
    </div>
  );
}

function labelText(row: LogRow): string {
  return shownLabels(row)
    .filter(([name]) => (row.origins[name] ?? 'stream') === 'stream')
    .map(([name, value]) => `${name}=${value}`)
    .join(' ');
}

function getStyles(theme: GrafanaTheme2) {
  const text = {
    flex: 1,
    fontFamily: theme.typography.fontFamilyMonospace,
    fontSize: theme.typography.bodySmall.fontSize,
  };
  return {
    line: css({ borderBottom: `1px solid ${theme.colors.border.weak}` }),
    open: css({ background: theme.colors.background.secondary }),
    head: css({
      display: 'flex',
      alignItems: 'flex-start',
      gap: theme.spacing(1),
      lineHeight: '21px',
      '&:hover': { background: theme.colors.background.secondary },
    }),
    level: css({ alignSelf: 'stretch', width: 4, flexShrink: 0 }),
    toggle: css({
      border: 'none',
      padding: 0,
      background: 'none',
      color: theme.colors.text.secondary,
      height: 21,
      width: 20,
      flexShrink: 0,
      '&:focus-visible': { outline: `2px solid ${theme.colors.primary.main}`, outlineOffset: -2 },
    }),
    time: css({
      color: theme.colors.text.secondary,
      fontFamily: theme.typography.fontFamilyMonospace,
      fontSize: theme.typography.bodySmall.fontSize,
      whiteSpace: 'nowrap',
      flexShrink: 0,
    }),
    labels: css({
      color: theme.colors.text.secondary,
      fontSize: theme.typography.bodySmall.fontSize,
      maxWidth: 240,
      overflow: 'hidden',
      textOverflow: 'ellipsis',
      whiteSpace: 'nowrap',
      flexShrink: 0,
    }),
    text: css({ ...text, whiteSpace: 'pre' }),
    wrapped: css({ ...text, whiteSpace: 'pre-wrap', overflowWrap: 'anywhere', minWidth: 0 }),
  };
}
