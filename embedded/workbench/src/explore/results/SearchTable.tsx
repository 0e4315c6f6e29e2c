import { css } from '@emotion/css';
import { type DataFrame, dateTimeFormat, type GrafanaTheme2 } from '@grafana/data';
import { Icon, IconButton, useStyles2 } from '@grafana/ui';
import * as React from 'react';
import { Link } from 'react-router-dom-v5-compat';
import { formatDuration } from '../../traces/model/duration';
import { type FoundTrace, foundTraces, type Sorting, type SortKey, sorted } from '../model/search-rows';

interface SearchTableProps {
  readonly frames: readonly DataFrame[];
  /** The address of a trace, or of a span in it. */
  readonly urlOf: (traceId: string, spanId?: string) => string;
}

const COLUMNS: readonly (readonly [SortKey, string])[] = [
  ['traceId', 'Trace ID'],
  ['startMs', 'Start'],
  ['service', 'Service'],
  ['name', 'Name'],
  ['durationMs', 'Duration'],
];

/** Traces that were found; each opens to its matching spans. */
export function SearchTable({ frames, urlOf }: SearchTableProps) {
  const styles = useStyles2(getStyles);
  const [sorting, setSorting] = React.useState<Sorting>({ key: 'startMs', isDescending: true });
  const rows = React.useMemo(() => sorted(foundTraces(frames), sorting), [frames, sorting]);
  if (rows.length === 0) return <p>No traces were found in this time.</p>;
  return (
    <section className={styles.scroller} aria-label="Traces">
      <table className={styles.table}>
        <caption className={styles.caption}>{rows.length} traces</caption>
        <thead>
          <tr>
            <th scope="col">
              <span className="sr-only">Spans</span>
            </th>
            {COLUMNS.map(([key, title]) => {
              const isSorted = sorting.key === key;
              const order = sorting.isDescending ? 'descending' : 'ascending';
              return (
                <th key={key} scope="col" aria-sort={isSorted ? order : 'none'}>
                  <button
                    type="button"
                    className={styles.sort}
                    onClick={() => setSorting({ key, isDescending: isSorted ? !sorting.isDescending : true })}
                  >
                    {title} {isSorted && <Icon name={sorting.isDescending ? 'arrow-down' : 'arrow-up'} />}
                  </button>
                </th>
              );
            })}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <TraceRow key={row.traceId} row={row} urlOf={urlOf} />
          ))}
        </tbody>
      </table>
    </section>
  );
}

function TraceRow({ row, urlOf }: { readonly row: FoundTrace; readonly urlOf: SearchTableProps['urlOf'] }) {
  const styles = useStyles2(getStyles);
  const [isOpen, setIsOpen] = React.useState(row.durationMs === undefined);
  const { traceId, spans } = row;
  return (
    <>
      <tr>
        <td>
          {spans.length > 0 && (
            <IconButton
              name={isOpen ? 'angle-down' : 'angle-right'}
              aria-expanded={isOpen}
              aria-label={`Spans of ${traceId}`}
              onClick={() => setIsOpen(!isOpen)}
            />
          )}
        </td>
        <td className={styles.id}>
          <Link to={urlOf(traceId)}>{traceId}</Link>
        </td>
        <td>{timeText(row.startMs)}</td>
        <td>{row.service}</td>
        <td>{row.name}</td>
        <td className={styles.number}>
          {row.durationMs === undefined ? '' : formatDuration(row.durationMs)}
        </td>
      </tr>
      {isOpen &&
        spans.map((span) => (
          <tr key={span.spanId} className={styles.span}>
            <td />
            <td className={styles.id}>
              <Link to={urlOf(traceId, span.spanId)}>{span.spanId}</Link>
            </td>
            <td>{timeText(span.startMs)}</td>
            <td colSpan={2}>
              {span.name}{' '}
              {span.attributes.map(([name, value]) => (
                <span key={name} className={styles.attribute}>
                  {name}={value}
                </span>
              ))}
            </td>
            <td className={styles.number}>{formatDuration(span.durationMs)}</td>
          </tr>
        ))}
    </>
  );
}

function timeText(timeMs: number): string {
  return dateTimeFormat(timeMs, { format: 'YYYY-MM-DD HH:mm:ss.SSS' });
}

function getStyles(theme: GrafanaTheme2) {
  return {
    scroller: css({ overflowX: 'auto' }),
    table: css({
      width: '100%',
      background: theme.colors.background.primary,
      'th, td': { padding: theme.spacing(0.5, 1), borderBottom: `1px solid ${theme.colors.border.weak}` },
      td: { whiteSpace: 'nowrap' },
      'td:nth-of-type(5)': { whiteSpace: 'normal' },
      a: { color: theme.colors.text.link },
    }),
    caption: css({ captionSide: 'top', color: theme.colors.text.secondary }),
    sort: css({
      border: 'none',
      padding: 0,
      background: 'none',
      color: theme.colors.text.primary,
      fontWeight: theme.typography.fontWeightMedium,
    }),
    id: css({ fontFamily: theme.typography.fontFamilyMonospace }),
    number: css({ textAlign: 'right' }),
    span: css({
      background: theme.colors.background.secondary,
      fontSize: theme.typography.bodySmall.fontSize,
    }),
    attribute: css({ marginRight: theme.spacing(1), color: theme.colors.text.secondary }),
  };
}
