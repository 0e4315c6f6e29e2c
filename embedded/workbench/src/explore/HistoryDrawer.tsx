import { css } from '@emotion/css';
import { dateTimeFormat, type GrafanaTheme2 } from '@grafana/data';
import { Button, Checkbox, Drawer, IconButton, Input, useStyles2 } from '@grafana/ui';
import * as React from 'react';
import { entryText, found, type HistoryEntry } from './model/history';

interface HistoryDrawerProps {
  readonly history: readonly HistoryEntry[];
  /** The data source that is open, by uid. */
  readonly datasource: string;
  readonly nameOf: (uid: string) => string;
  readonly onChoose: (entry: HistoryEntry) => void;
  readonly onRemove: (entry: HistoryEntry) => void;
  readonly onClear: () => void;
  readonly onClose: () => void;
}

/** Queries that were run, to run again. */
export function HistoryDrawer(props: HistoryDrawerProps) {
  const { history, datasource, nameOf, onChoose, onRemove, onClear, onClose } = props;
  const styles = useStyles2(getStyles);
  const [text, setText] = React.useState('');
  const [onlyThis, setOnlyThis] = React.useState(false);
  const entries = found(history, text, onlyThis ? datasource : undefined);
  return (
    <Drawer title="Query history" size="sm" onClose={onClose}>
      <div className={styles.bar}>
        <Input
          aria-label="Search the history"
          placeholder="Search"
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
        />
        <Checkbox
          label={`Only ${nameOf(datasource)}`}
          value={onlyThis}
          onChange={() => setOnlyThis(!onlyThis)}
        />
        <Button variant="secondary" size="sm" disabled={history.length === 0} onClick={onClear}>
          Clear
        </Button>
      </div>
      {entries.length === 0 && <p>Queries that you run are kept here.</p>}
      <ul className={styles.list}>
        {entries.map((entry) => (
          <li key={`${entry.datasource}:${entry.atMs}:${entryText(entry)}`} className={styles.item}>
            <button type="button" className={styles.query} onClick={() => onChoose(entry)}>
              <code>{entryText(entry)}</code>
              <span className={styles.note}>
                {nameOf(entry.datasource)}, run at {dateTimeFormat(entry.atMs, { format: 'HH:mm:ss' })}
              </span>
            </button>
            <IconButton name="trash-alt" tooltip="Forget this query" onClick={() => onRemove(entry)} />
          </li>
        ))}
      </ul>
    </Drawer>
  );
}

function getStyles(theme: GrafanaTheme2) {
  return {
    bar: css({ display: 'flex', alignItems: 'center', gap: theme.spacing(1), whiteSpace: 'nowrap' }),
    list: css({ listStyle: 'none', margin: theme.spacing(2, 0, 0) }),
    item: css({
      display: 'flex',
      alignItems: 'center',
      gap: theme.spacing(1),
      borderBottom: `1px solid ${theme.colors.border.weak}`,
    }),
    query: css({
      flex: 1,
      minWidth: 0,
      border: 'none',
      background: 'none',
      textAlign: 'left',
      padding: theme.spacing(1),
      color: theme.colors.text.primary,
      '&:hover': { background: theme.colors.action.hover },
      code: {
        display: 'block',
        padding: 0,
        border: 'none',
        background: 'none',
        color: theme.colors.text.primary,
        whiteSpace: 'pre-wrap',
        overflowWrap: 'anywhere',
      },
    }),
    note: css({ color: theme.colors.text.secondary, fontSize: theme.typography.bodySmall.fontSize }),
  };
}
