import type { DataFrame } from '@grafana/data';
import * as React from 'react';
import { type Gap, gapBetween } from './model/gap';
import { type TreeSpan, traceOf } from './model/trace';
import { clamped, matches, type TimeSpan, visibleSpans } from './model/view';

const NONE: ReadonlySet<string> = new Set();

/** A trace and what of it is in sight, open, sought and measured. */
export function useTrace(frame: DataFrame, spanId: string | undefined) {
  const trace = React.useMemo(() => traceOf(frame), [frame]);
  const whole = React.useMemo(() => ({ fromMs: trace.startMs, toMs: trace.endMs }), [trace]);
  const [zoom, setZoom] = React.useState<TimeSpan>(whole);
  const [folded, setFolded] = React.useState(NONE);
  const [open, setOpen] = React.useState(NONE);
  const [text, setText] = React.useState('');
  const [onlyMatches, setOnlyMatches] = React.useState(false);
  const [gap, setGap] = React.useState<Gap>();
  const [marked, setMarked] = React.useState<TreeSpan>();
  const found = React.useMemo(() => matches(trace, text), [trace, text]);
  const spans = React.useMemo(
    () => visibleSpans(trace, folded, onlyMatches ? found : undefined),
    [trace, folded, onlyMatches, found],
  );

  // Another trace, or another span of it: everything as at first, with that span open.
  React.useEffect(() => {
    setZoom(whole);
    setFolded(NONE);
    setOpen(spanId ? new Set([spanId]) : NONE);
    setGap(undefined);
    setMarked(undefined);
  }, [whole, spanId]);

  const measure = (span: TreeSpan) => {
    if (marked === undefined) setMarked(span);
    else {
      setGap(marked.spanId === span.spanId ? undefined : gapBetween(marked, span));
      setMarked(undefined);
    }
  };

  return {
    trace,
    spans,
    whole,
    zoom,
    setZoom: (next: TimeSpan) => setZoom(clamped(next, trace)),
    folded,
    setFolded,
    toggleFolded: (id: string) => setFolded((before) => toggled(before, id)),
    open,
    toggleOpen: (id: string) => setOpen((before) => toggled(before, id)),
    text,
    setText,
    onlyMatches,
    setOnlyMatches,
    found,
    gap,
    setGap,
    /** The first of two spans to measure between. */
    marked,
    setMarked,
    /** Takes a span as the first of two, or as the second one. */
    measure,
  };
}

export type TraceState = ReturnType<typeof useTrace>;

function toggled(set: ReadonlySet<string>, id: string): ReadonlySet<string> {
  const next = new Set(set);
  if (!next.delete(id)) next.add(id);
  return next;
}
