import { css } from '@emotion/css';
import {
  type DataFrame,
  dateTimeFormat,
  type Field,
  FieldType,
  type GrafanaTheme2,
  type TimeZone,
} from '@grafana/data';
import { IconButton, TextLink, useStyles2 } from '@grafana/ui';
import * as React from 'react';

interface ExemplarCardProps {
  readonly frame: DataFrame;
  readonly row: number;
  readonly timeZone: TimeZone;
  /** Only for one that stays until it is closed. */
  readonly onClose?: () => void;
}

/** What is known of one exemplar, with the links of its labels. */
export function ExemplarCard({ frame, row, timeZone, onClose }: ExemplarCardProps) {
  const styles = useStyles2(getStyles);
  const fields = frame.fields.filter(({ values }) => values[row] !== undefined && values[row] !== '');
  return (
    <div className={styles.card} role="dialog" aria-label="Exemplar">
      <div className={styles.head}>
        <strong>Exemplar</strong>
        {onClose && <IconButton name="times" aria-label="Close" onClick={onClose} />}
      </div>
      <table>
        <tbody>
          {fields.map((field) => (
            <tr key={field.name}>
              <th className={styles.name}>{field.name}</th>
              <td className={styles.value}>{shownValue(field, row, timeZone)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <div className={styles.links}>
        {fields.flatMap((field) =>
          (field.getLinks?.({ valueRowIndex: row }) ?? []).map(({ href, title }) => (
            <TextLink key={href} href={href} inline={false} icon="arrow-right">
              {title}
            </TextLink>
          )),
        )}
      </div>
    </div>
  );
}

function shownValue({ type, values }: Field, row: number, timeZone: TimeZone): string {
  const value = values[row];
  return type === FieldType.time ? dateTimeFormat(value, { timeZone, defaultWithMS: true }) : String(value);
}

function getStyles(theme: GrafanaTheme2) {
  return {
    card: css({ maxWidth: 440, padding: theme.spacing(1.5), fontSize: theme.typography.bodySmall.fontSize }),
    head: css({ display: 'flex', justifyContent: 'space-between', marginBottom: theme.spacing(0.5) }),
    name: css({
      paddingRight: theme.spacing(2),
      color: theme.colors.text.secondary,
      fontWeight: 'normal',
      verticalAlign: 'top',
    }),
    value: css({ overflowWrap: 'anywhere' }),
    links: css({ marginTop: theme.spacing(1) }),
  };
}
