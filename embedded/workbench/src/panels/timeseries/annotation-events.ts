import type { DataFrame } from '@grafana/data';

/** One mark on the time axis. */
export interface AnnotationMark {
  readonly from: number;
  readonly to: number;
  readonly isRegion: boolean;
  readonly color: string;
  readonly title: string;
  readonly text: string;
  readonly tags: readonly string[];
}

/** The annotations among the frames that come beside a panel's series: those that have colours. */
export function annotationFrames(frames: readonly DataFrame[]): DataFrame[] {
  return frames.filter(({ fields, length }) => length > 0 && fields.some(({ name }) => name === 'color'));
}

/** One annotation of such a frame. */
export function markAt(frame: DataFrame, row: number): AnnotationMark {
  const value = (name: string) => frame.fields.find((field) => field.name === name)?.values[row];
  const from = Number(value('time'));
  return {
    from,
    to: Number(value('timeEnd') ?? from),
    isRegion: Boolean(value('isRegion')),
    color: String(value('color')),
    title: String(value('title') ?? ''),
    text: String(value('text') ?? ''),
    tags: value('tags') ?? [],
  };
}
