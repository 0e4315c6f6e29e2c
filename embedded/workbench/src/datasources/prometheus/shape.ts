import { CoreApp, type DataFrame, type DataQueryRequest } from '@grafana/data';
import { heatmapFrame } from './heatmap';
import type { PromQuery } from './query';
import { tableFrame, valueName } from './table';

/** Frames of the formats that a query may ask for; Explore has instant queries as a table beside the graph. */
export function shaped(
  frames: readonly DataFrame[],
  { targets, app }: DataQueryRequest<PromQuery>,
): DataFrame[] {
  const tables = new Set(targets.filter(({ format }) => format === 'table').map(({ refId }) => refId)).size;
  return targets.flatMap(({ refId, format }) => {
    const own = frames.filter((frame) => frame.refId === refId);
    const isExemplar = (frame: DataFrame) => frame.meta?.custom?.resultType === 'exemplar';
    const isVector = (frame: DataFrame) => ['vector', 'scalar'].includes(frame.meta?.custom?.resultType);
    if (format === 'table') {
      return [
        tableFrame(
          own.filter((frame) => !isExemplar(frame)),
          valueName(refId, tables),
        ),
      ];
    }
    if (format === 'heatmap') {
      const heatmap = heatmapFrame(own.filter((frame) => !isExemplar(frame)));
      return [...(heatmap ? [heatmap] : []), ...own.filter(isExemplar)];
    }
    if (app !== CoreApp.Explore) return own;
    const vectors = own.filter(isVector);
    const rest = own
      .filter((frame) => !isVector(frame))
      .map((frame) => ({
        ...frame,
        meta: { ...frame.meta, preferredVisualisationType: 'graph' as const },
      }));
    return vectors.length > 0 ? [...rest, tableFrame(vectors, 'Value')] : rest;
  });
}
