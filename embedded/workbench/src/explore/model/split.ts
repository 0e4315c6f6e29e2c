/** Sorts an answer's frames by how they are shown. */
import { type DataFrame, FieldType } from '@grafana/data';
import { isLogFrame } from '../../logs/model/rows';

export interface SplitFrames {
  readonly logs: readonly DataFrame[];
  readonly graph: readonly DataFrame[];
  readonly table: readonly DataFrame[];
  /** Search results of Tempo. */
  readonly traces: readonly DataFrame[];
  /** Whole traces. */
  readonly trace: readonly DataFrame[];
}

type Place = keyof SplitFrames;

export function splitFrames(frames: readonly DataFrame[]): SplitFrames {
  const places = frames.map(placeOf);
  const at = (place: Place) => frames.filter((_, index) => places[index] === place);
  return {
    logs: at('logs'),
    graph: at('graph'),
    table: at('table'),
    traces: at('traces'),
    trace: at('trace'),
  };
}

function placeOf(frame: DataFrame): Place {
  const has = (...names: readonly string[]) => frame.fields.some(({ name }) => names.includes(name));
  if (frame.meta?.preferredVisualisationType === 'trace' || has('parentSpanID')) return 'trace';
  if (has('traceIdHidden') || (has('traceID') && has('traceName'))) return 'traces';
  if (isLogFrame(frame)) return 'logs';
  const type = frame.meta?.type;
  const isInstant = type?.startsWith('numeric') || frame.meta?.custom?.resultType === 'vector';
  if (isInstant || frame.meta?.preferredVisualisationType === 'table') return 'table';
  const [time, ...values] = frame.fields;
  const isSeries = time?.type === FieldType.time && values.some((field) => field.type === FieldType.number);
  return isSeries && values.every((field) => field.type === FieldType.number) ? 'graph' : 'table';
}
