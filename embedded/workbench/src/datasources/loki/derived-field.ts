import { type DataLink, type Field, FieldType } from '@grafana/data';

/** A column of links beside the lines, made of a label or of a part of the line. */
export interface DerivedField {
  readonly name: string;
  readonly matcherType?: 'label' | 'regex';
  /** The label's name, or a regular expression with one group. */
  readonly matcherRegex: string;
  readonly datasourceUid: string;
  readonly datasourceName: string;
  readonly urlDisplayLabel?: string;
}

/** A line, as far as a column of links is made of it. */
interface Row {
  readonly line: string;
  readonly labels: Readonly<Record<string, string>>;
}

/** The column of one derived field. */
export function derivedField(derived: DerivedField, rows: readonly Row[]): Field {
  const { name, matcherType, matcherRegex, datasourceUid, datasourceName, urlDisplayLabel } = derived;
  const pattern = matcherType === 'label' ? undefined : new RegExp(matcherRegex);
  const link: DataLink = {
    title: urlDisplayLabel ?? '',
    url: '',
    internal: {
      query: { refId: 'A', query: '${__value.raw}', queryType: 'traceql' } as never,
      datasourceUid,
      datasourceName,
    },
  };
  return {
    name,
    type: FieldType.string,
    config: { links: [link] },
    values: rows.map(
      ({ labels, line }) => (pattern ? pattern.exec(line)?.[1] : labels[matcherRegex]) ?? null,
    ),
  };
}
