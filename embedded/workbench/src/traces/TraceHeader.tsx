import { css } from '@emotion/css';
import { dateTimeFormat, type GrafanaTheme2 } from '@grafana/data';
import { Button, Checkbox, ClipboardButton, Input, LinkButton, useStyles2 } from '@grafana/ui';
import * as React from 'react';
import { formatDuration } from './model/duration';
import { traceLogsUrl } from './model/links';
import type { TraceState } from './useTrace';

interface TraceHeaderProps {
  readonly state: TraceState;
  readonly colourOf: (service: string) => string;
}

/** What a trace is, its services, and the search in its spans. */
export function TraceHeader({ state, colourOf }: TraceHeaderProps) {
  const styles = useStyles2(getStyles);
  const { trace, folded, setFolded } = state;
  const [root] = trace.spans;
  const failed = trace.spans.filter(({ status }) => status === 'error').length;
  const parents = trace.spans.filter(({ childCount }) => childCount > 0);
  return (
    <header className={styles.header}>
      <div className={styles.line}>
        <h2 className={styles.title}>
          {root?.service}: {root?.name}
        </h2>
        <code className={styles.id}>{trace.traceId}</code>
        <ClipboardButton
          size="sm"
          variant="secondary"
          fill="text"
          icon="copy"
          aria-label="Copy the trace id"
          getText={() => trace.traceId}
        />
        <span className={styles.right}>
          <LinkButton size="sm" variant="secondary" icon="gf-logs" href={traceLogsUrl(trace)}>
            Logs of this trace
          </LinkButton>
        </span>
      </div>
      <div className={styles.line}>
        <span>
          {formatDuration(trace.endMs - trace.startMs)}, from{' '}
          {dateTimeFormat(trace.startMs, { format: 'YYYY-MM-DD HH:mm:ss.SSS' })}
        </span>
        <span>{trace.spans.length} spans</span>
        {failed > 0 && <span className={styles.failed}>{failed} failed</span>}
        <ul className={styles.services} aria-label="Services">
          {trace.services.map((service) => (
            <li key={service}>
              <span className={styles.colour} style={{ background: colourOf(service) }} />
              {service}
            </li>
          ))}
        </ul>
        <span className={styles.right}>
          <Search state={state} />
          <Button
            size="sm"
            variant="secondary"
            fill="outline"
            onClick={() =>
              setFolded(folded.size > 0 ? new Set() : new Set(parents.map(({ spanId }) => spanId)))
            }
          >
            {folded.size > 0 ? 'Expand all' : 'Collapse all'}
          </Button>
        </span>
      </div>
    </header>
  );
}

function Search({ state }: { readonly state: TraceState }) {
  const { text, setText, found, onlyMatches, setOnlyMatches } = state;
  return (
    <>
      <Input
        aria-label="Search in spans"
        placeholder="Search in spans"
        width={26}
        value={text}
        suffix={found && <span role="status">{found.size}</span>}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      <Checkbox label="Only matches" value={onlyMatches} onChange={() => setOnlyMatches(!onlyMatches)} />
    </>
  );
}

function getStyles(theme: GrafanaTheme2) {
  const small = theme.typography.bodySmall.fontSize;
  return {
    header: css({
      padding: theme.spacing(1),
      display: 'flex',
      flexDirection: 'column',
      gap: theme.spacing(0.5),
    }),
    line: css({
      display: 'flex',
      flexWrap: 'wrap',
      alignItems: 'center',
      gap: theme.spacing(1.5),
      fontSize: small,
    }),
    title: css({ fontSize: theme.typography.h5.fontSize, margin: 0 }),
    id: css({ fontSize: small }),
    right: css({ display: 'flex', alignItems: 'center', gap: theme.spacing(1), marginLeft: 'auto' }),
    failed: css({ color: theme.colors.error.text }),
    services: css({
      display: 'flex',
      flexWrap: 'wrap',
      gap: theme.spacing(1),
      listStyle: 'none',
      margin: 0,
    }),
    colour: css({
      display: 'inline-block',
      width: 10,
      height: 10,
      marginRight: theme.spacing(0.5),
      borderRadius: 2,
    }),
  };
}
