import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { ClipboardButton, IconButton, LinkButton, useStyles2 } from '@grafana/ui';
import * as React from 'react';
import { fieldsOf, type LogField, traceOf } from './model/fields';
import { aroundUrl, traceUrl } from './model/links';
import type { LogRow } from './model/rows';
import { RichText } from './RichText';

/** What a click on a field asks for: only lines with this value, or only those without. */
export interface FieldFilter extends LogField {
  readonly operator: '=' | '!=';
  /** The line it was clicked in. */
  readonly line: string;
}

interface FieldListProps {
  readonly row: LogRow;
  readonly onFilter: ((filter: FieldFilter) => void) | undefined;
}

const ORIGIN_TITLES = {
  stream: 'Labels of the stream',
  metadata: 'Structured metadata',
  parsed: 'Fields of the query',
  line: 'Fields of the line',
} as const;

/** The fields of a line and where it leads. */
export function FieldList({ row, onFilter }: FieldListProps) {
  const styles = useStyles2(getStyles);
  const fields = React.useMemo(() => fieldsOf(row), [row]);
  const trace = traceOf(row);
  return (
    <div className={styles.box}>
      <div className={styles.actions}>
        {trace && (
          <LinkButton size="sm" icon="gf-traces" href={traceUrl(trace, row.timeMs)}>
            Open the trace
          </LinkButton>
        )}
        <LinkButton size="sm" variant="secondary" icon="gf-logs" href={aroundUrl(row)}>
          Lines around it
        </LinkButton>
        <ClipboardButton size="sm" variant="secondary" icon="copy" getText={() => row.line}>
          Copy line
        </ClipboardButton>
      </div>
      {(Object.keys(ORIGIN_TITLES) as (keyof typeof ORIGIN_TITLES)[]).map((origin) => {
        const own = fields.filter((field) => field.origin === origin);
        if (own.length === 0) return null;
        return (
          <table key={origin} className={styles.table}>
            <caption className={styles.caption}>{ORIGIN_TITLES[origin]}</caption>
            <tbody>
              {own.map((field) => (
                <tr key={field.name}>
                  {onFilter && (
                    <td className={styles.buttons}>
                      <IconButton
                        name="search-plus"
                        tooltip={`Only lines with this ${field.name}`}
                        onClick={() => onFilter({ ...field, operator: '=', line: row.line })}
                      />
                      <IconButton
                        name="search-minus"
                        tooltip={`No lines with this ${field.name}`}
                        onClick={() => onFilter({ ...field, operator: '!=', line: row.line })}
                      />
                    </td>
                  )}
                  <th scope="row" className={styles.name}>
                    {field.name}
                  </th>
                  <td className={styles.value}>
                    <RichText text={field.value} />
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        );
      })}
    </div>
  );
}

function getStyles(theme: GrafanaTheme2) {
  return {
    box: css({ padding: theme.spacing(1, 2, 1.5, 4), fontSize: theme.typography.bodySmall.fontSize }),
    actions: css({ display: 'flex', gap: theme.spacing(1), marginBottom: theme.spacing(0.5) }),
    table: css({ width: '100%', td: { verticalAlign: 'top' }, th: { verticalAlign: 'top' } }),
    caption: css({
      captionSide: 'top',
      padding: theme.spacing(0.5, 0),
      color: theme.colors.text.secondary,
      fontWeight: theme.typography.fontWeightMedium,
    }),
    buttons: css({ width: 56, whiteSpace: 'nowrap', button: { display: 'inline-flex' } }),
    name: css({
      width: 170,
      paddingRight: theme.spacing(2),
      fontWeight: theme.typography.fontWeightRegular,
      color: theme.colors.text.secondary,
      overflowWrap: 'anywhere',
    }),
    value: css({
      fontFamily: theme.typography.fontFamilyMonospace,
      whiteSpace: 'pre-wrap',
      overflowWrap: 'anywhere',
    }),
  };
}
