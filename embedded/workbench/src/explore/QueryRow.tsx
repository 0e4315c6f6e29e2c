import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { Alert, IconButton, useStyles2 } from '@grafana/ui';
import * as React from 'react';
import { languageOf } from './editor/extensions';
import { QueryEditor } from './editor/QueryEditor';
import type { CurrentRange } from './editor/remembered';
import { type SourceType, textOf, withText } from './model/queries';
import type { ExploreQuery } from './model/url-state';
import { QueryOptions } from './QueryOptions';

interface QueryRowProps {
  readonly type: SourceType;
  readonly query: ExploreQuery;
  readonly range: CurrentRange;
  /** What the store says of this query. */
  readonly error: string | undefined;
  readonly onChange: (query: ExploreQuery) => void;
  readonly onRun: () => void;
  /** Undefined for the only query. */
  readonly onRemove: (() => void) | undefined;
}

const WORDS: Readonly<Record<SourceType, { readonly label: string; readonly hint: string }>> = {
  prometheus: { label: 'PromQL query', hint: 'PromQL, e.g. sum by (route) (rate(http_requests_total[5m]))' },
  loki: { label: 'LogQL query', hint: 'LogQL, e.g. {service_name="api"} |= "timeout"' },
  tempo: { label: 'TraceQL query or trace id', hint: 'TraceQL or a trace id, e.g. { duration > 5s }' },
};

/** One query: its editor, its options, and what is wrong with it. */
export function QueryRow({ type, query, range, error, onChange, onRun, onRemove }: QueryRowProps) {
  const styles = useStyles2(getStyles);
  const language = React.useMemo(() => languageOf(type, range), [type, range]);
  const { label, hint } = WORDS[type];
  return (
    <section className={styles.row} aria-label={`Query ${query.refId}`}>
      <div className={styles.line}>
        <span className={styles.name}>{query.refId}</span>
        <div className={styles.editor}>
          <QueryEditor
            value={textOf(type, query)}
            label={label}
            hint={hint}
            language={language}
            onChange={(text) => onChange(withText(type, query, text))}
            onRun={onRun}
          />
        </div>
        {onRemove && (
          <IconButton name="trash-alt" tooltip={`Remove query ${query.refId}`} onClick={onRemove} />
        )}
      </div>
      <QueryOptions type={type} query={query} onChange={onChange} onRun={onRun} />
      {error !== undefined && (
        <Alert className={styles.error} severity="error" title={`Query ${query.refId} was refused`}>
          <span className={styles.words}>{error}</span>
        </Alert>
      )}
    </section>
  );
}

function getStyles(theme: GrafanaTheme2) {
  return {
    row: css({
      padding: theme.spacing(1),
      background: theme.colors.background.primary,
      border: `1px solid ${theme.colors.border.weak}`,
    }),
    line: css({ display: 'flex', alignItems: 'flex-start', gap: theme.spacing(1) }),
    name: css({ padding: theme.spacing(0.75, 0.5), color: theme.colors.primary.text, fontWeight: 500 }),
    editor: css({ flex: 1, minWidth: 0 }),
    error: css({ margin: theme.spacing(1, 0, 0) }),
    words: css({
      fontFamily: theme.typography.fontFamilyMonospace,
      fontSize: theme.typography.bodySmall.fontSize,
      whiteSpace: 'pre-wrap',
      overflowWrap: 'anywhere',
    }),
  };
}
