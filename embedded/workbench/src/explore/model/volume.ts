/** How many lines there are of each level over time. */
import { type DataFrame, type FieldConfigSource, FieldType } from '@grafana/data';
import { LEVEL_COLOURS } from '../../logs/level-colours';
import { LEVELS, type Level, levelNamed } from '../../logs/model/level';
import { isLogQuery } from './logql-edit';
import type { ExploreQuery } from './url-state';

/** So many bars at most. */
export const VOLUME_BARS = 100;

/** The queries that count the lines of queries for lines; metric queries have none. */
export function volumeQueries(queries: readonly ExploreQuery[]): readonly ExploreQuery[] {
  return queries.flatMap(({ refId, expr, hide }) => {
    if (hide === true || typeof expr !== 'string' || !isLogQuery(expr)) return [];
    // Lines that a parser could not read are counted as well, as they are listed.
    const counted = `sum by (level, detected_level) (count_over_time(${expr.trim()} | drop __error__ [$__auto]))`;
    return [{ refId: `volume-${refId}`, expr: counted, queryType: 'range' }];
  });
}

/** One series for each level, the most serious first, of series labelled with levels of any spelling. */
export function volumeFrames(frames: readonly DataFrame[]): readonly DataFrame[] {
  const counts = new Map<Level, Map<number, number>>();
  for (const { fields } of frames) {
    const [time, value] = fields;
    if (!time || !value) continue;
    const { level, detected_level: detected } = value.labels ?? {};
    const name = levelNamed(level) ?? levelNamed(detected) ?? 'unknown';
    const own = counts.get(name) ?? new Map<number, number>();
    counts.set(name, own);
    time.values.forEach((at: number, index) => {
      own.set(at, (own.get(at) ?? 0) + Number(value.values[index]));
    });
  }
  return LEVELS.filter((level) => counts.has(level)).map((level) => {
    const points = [...(counts.get(level) ?? [])].sort(([one], [other]) => one - other);
    return {
      refId: `volume-${level}`,
      length: points.length,
      fields: [
        { name: 'Time', type: FieldType.time, config: {}, values: points.map(([at]) => at) },
        {
          name: level,
          type: FieldType.number,
          config: { displayNameFromDS: level },
          values: points.map(([, count]) => count),
        },
      ],
    };
  });
}

/** Stacked bars in the levels' colours. */
export const VOLUME_FIELDS: FieldConfigSource = {
  defaults: {
    min: 0,
    decimals: 0,
    custom: {
      drawStyle: 'bars',
      barAlignment: 1,
      fillOpacity: 90,
      lineWidth: 0,
      stacking: { mode: 'normal' },
      axisSoftMin: 0,
    },
  },
  overrides: LEVELS.map((level) => ({
    matcher: { id: 'byName', options: level },
    properties: [{ id: 'color', value: { mode: 'fixed', fixedColor: LEVEL_COLOURS[level] } }],
  })),
};
