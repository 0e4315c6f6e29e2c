import type { AnnotationEvent, AnnotationQuery, DataFrame } from '@grafana/data';
import { seriesName } from '../legend';
import type { PromQuery } from './query';

/** A Prometheus annotation as dashboards keep it: the query at the annotation's own level. */
export interface PromAnnotation extends AnnotationQuery<PromQuery> {
  readonly expr?: string;
  readonly step?: string;
  readonly useValueForTime?: boolean | string;
  readonly tagKeys?: string;
  readonly titleFormat?: string;
  readonly textFormat?: string;
}

const DEFAULT_STEP = '60s';

/** The query of an annotation, whichever of the two forms it is kept in. */
export function annotationQuery(annotation: PromAnnotation): PromQuery | undefined {
  const expr = annotation.target?.expr ?? annotation.expr;
  if (!expr) return undefined;
  const interval = annotation.target?.interval || annotation.step || DEFAULT_STEP;
  return { refId: 'X', expr, interval, range: true, instant: false, exemplar: false };
}

/**
 * The events of an annotation: the points of each series that are not zero, or (`useValueForTime`) the moments that the
 * values name. Points one step apart are one region.
 */
export function annotationEvents(
  annotation: PromAnnotation,
  frames: readonly DataFrame[],
): AnnotationEvent[] {
  return frames.flatMap((frame) => {
    const [time, value] = frame.fields;
    if (!time || !value) return [];
    const labels = value.labels ?? {};
    const stepMs = time.config.interval ?? 60_000;
    const points = time.values
      .map((at: number, row) => ({ time: at, value: Number(value.values[row]) }))
      .filter(({ value }) => value !== 0 && !Number.isNaN(value));
    const spans = annotation.useValueForTime
      ? [...new Set(points.map(({ value }) => Math.floor(value)))].map((at) => ({ from: at, to: at }))
      : regions(
          points.map((point) => point.time),
          stepMs,
        );
    return spans.map(({ from, to }) => event(annotation, labels, { from, to }));
  });
}

interface Span {
  readonly from: number;
  readonly to: number;
}

function regions(times: readonly number[], stepMs: number): Span[] {
  const spans: { from: number; to: number }[] = [];
  for (const time of times) {
    const last = spans.at(-1);
    if (last && time - last.to <= stepMs) last.to = time;
    else spans.push({ from: time, to: time });
  }
  return spans;
}

function event(
  annotation: PromAnnotation,
  labels: Record<string, string>,
  { from, to }: Span,
): AnnotationEvent {
  const { titleFormat, textFormat, tagKeys = '' } = annotation;
  const keys = tagKeys.split(',').filter(Boolean);
  return {
    time: from,
    timeEnd: to,
    isRegion: to > from,
    annotation,
    title: titleFormat ? filled(titleFormat, labels) : seriesName(labels),
    text: filled(textFormat ?? '', labels),
    tags: Object.keys(labels)
      .filter((key) => keys.includes(key))
      .map((key) => labels[key] ?? ''),
  };
}

function filled(format: string, labels: Readonly<Record<string, string>>): string {
  return format.replace(/\{\{\s*(.+?)\s*\}\}/g, (_, label: string) => labels[label] ?? label);
}
