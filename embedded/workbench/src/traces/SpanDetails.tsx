import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { Button, LinkButton, useStyles2 } from '@grafana/ui';
import * as React from 'react';
import { Link } from 'react-router-dom-v5-compat';
import { RichText } from '../logs/RichText';
import { sourceUrl } from '../source/place';
import { formatDuration } from './model/duration';
import { linkedTraceUrl, placeOfSpan, spanLogsUrl, traceLogsUrl } from './model/links';
import type { Attribute, TreeSpan } from './model/trace';
import type { TraceState } from './useTrace';

interface SpanDetailsProps {
  readonly span: TreeSpan;
  readonly state: TraceState;
  readonly colour: string;
}

/** Everything that a span says, and where it leads. */
export function SpanDetails({ span, state, colour }: SpanDetailsProps) {
  const styles = useStyles2(getStyles);
  const { trace, setZoom, measure, marked, whole } = state;
  const { startMs, durationMs, selfMs, events, links, statusMessage } = span;
  const place = placeOfSpan(span);
  const facts: readonly Attribute[] = [
    ['Duration', formatDuration(durationMs)],
    ['Starts after', formatDuration(startMs - trace.startMs)],
    ['Without children', formatDuration(selfMs)],
    ['Kind', span.kind],
    ['Status', statusMessage ? `${span.status}: ${statusMessage}` : span.status],
    ['Span id', span.spanId],
    ...(span.scope ? [['Scope', span.scope] as const] : []),
  ];
  return (
    <div className={styles.box} style={{ borderLeftColor: colour }}>
      <div className={styles.actions}>
        <LinkButton size="sm" variant="secondary" icon="gf-logs" href={spanLogsUrl(trace, span)}>
          Logs of this span
        </LinkButton>
        <LinkButton size="sm" variant="secondary" icon="gf-logs" href={traceLogsUrl(trace)}>
          Logs of the trace
        </LinkButton>
        {place && (
          <LinkButton size="sm" variant="secondary" icon="brackets-curly" href={sourceUrl(place)}>
            {place.file}
            {place.line === undefined ? '' : `:${place.line}`}
          </LinkButton>
        )}
        <Button
          size="sm"
          variant="secondary"
          icon="search-plus"
          onClick={() => setZoom({ fromMs: startMs, toMs: startMs + durationMs })}
        >
          Zoom to it
        </Button>
        <Button size="sm" variant="secondary" icon="arrows-h" onClick={() => measure(span)}>
          {marked && marked.spanId !== span.spanId ? 'Measure to here' : 'Measure from here'}
        </Button>
      </div>
      <dl className={styles.facts}>
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <div className={styles.tables}>
        <Attributes title="Attributes" attributes={span.attributes} />
        <Attributes title="Resource" attributes={span.resource} />
      </div>
      {events.map((event) => (
        <Attributes
          key={`${event.timeMs}-${event.name}`}
          title={`Event ${event.name}, ${formatDuration(event.timeMs - startMs)} after the span's start`}
          attributes={event.attributes}
        />
      ))}
      {links.length > 0 && (
        <>
          <h3 className={styles.title}>Linked spans</h3>
          <ul className={styles.links}>
            {links.map((link) => (
              <li key={link.spanId}>
                <Link to={linkedTraceUrl(link.traceId, link.spanId, whole)}>
                  span {link.spanId} of trace {link.traceId}
                </Link>
              </li>
            ))}
          </ul>
        </>
      )}
    </div>
  );
}

function Attributes({
  title,
  attributes,
}: {
  readonly title: string;
  readonly attributes: readonly Attribute[];
}) {
  const styles = useStyles2(getStyles);
  if (attributes.length === 0) return null;
  return (
    <table className={styles.table}>
      <caption className={styles.title}>{title}</caption>
      <tbody>
        {attributes.map(([name, value]) => (
          <tr key={name}>
            <th scope="row">{name}</th>
            <td>
              <RichText text={value} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function getStyles(theme: GrafanaTheme2) {
  const small = theme.typography.bodySmall.fontSize;
  return {
    box: css({
      padding: theme.spacing(1, 2, 1.5),
      borderLeft: '4px solid',
      borderBottom: `1px solid ${theme.colors.border.weak}`,
      background: theme.colors.background.secondary,
      fontSize: small,
    }),
    actions: css({ display: 'flex', flexWrap: 'wrap', gap: theme.spacing(1) }),
    facts: css({
      display: 'flex',
      flexWrap: 'wrap',
      gap: theme.spacing(0.5, 3),
      margin: theme.spacing(1, 0),
      div: { display: 'flex', gap: theme.spacing(1) },
      dt: { color: theme.colors.text.secondary, fontWeight: theme.typography.fontWeightRegular },
      dd: { margin: 0 },
    }),
    tables: css({ display: 'flex', flexWrap: 'wrap', gap: theme.spacing(0, 4), alignItems: 'flex-start' }),
    title: css({
      captionSide: 'top',
      padding: theme.spacing(0.5, 0),
      margin: 0,
      fontSize: small,
      fontWeight: theme.typography.fontWeightMedium,
      color: theme.colors.text.secondary,
    }),
    table: css({
      'th, td': { verticalAlign: 'top', padding: theme.spacing(0.125, 2, 0.125, 0) },
      th: {
        fontWeight: theme.typography.fontWeightRegular,
        color: theme.colors.text.secondary,
        whiteSpace: 'nowrap',
      },
      td: {
        fontFamily: theme.typography.fontFamilyMonospace,
        whiteSpace: 'pre-wrap',
        overflowWrap: 'anywhere',
      },
    }),
    links: css({ margin: 0, listStyle: 'none', a: { color: theme.colors.text.link } }),
  };
}
