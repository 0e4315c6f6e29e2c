/** Series as `promqltest` scripts write them: `name{label="value"} 1+2x5 _ stale`. */
import { Labels } from '../metrics/labels.js';
import { parseSelectorText } from '../metrics/promql/parse-selector.js';

/** A sample, the end of the series, nothing at this step; or a native histogram or start timestamp, which are not here. */
export type Point =
  | { readonly kind: 'value'; readonly value: number }
  | { readonly kind: 'stale' | 'none' | 'unsupported' };

export interface SeriesLine {
  readonly labels: Labels;
  readonly points: readonly Point[];
}

const SERIES =
  /^([a-zA-Z_:][\w:]*)?\s*(\{(?!\{)(?:[^"'`}]|"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|`[^`]*`)*\})?\s*(.*)$/;
/** A native histogram may hold spaces, and be repeated or added to. */
const ITEM = /\{\{.*?\}\}(?:[+-]\{\{.*?\}\})?(?:x\d+)?|\S+/g;
const NUMBER = '[+-]?(?:\\d+\\.?\\d*(?:e[+-]?\\d+)?|\\.\\d+(?:e[+-]?\\d+)?|inf|nan)';
const VALUE = new RegExp(`^(${NUMBER})(?:([+-])(${NUMBER}))?(?:x(\\d+))?$`, 'i');

/** @throws {Error} when the line is none */
export function parseSeriesLine(line: string): SeriesLine {
  const [, name = '', braces = '', values = ''] = SERIES.exec(line) ?? [];
  if (name === '' && braces === '') throw new Error(`not a series: ${line}`);
  const labels = parseLabels(`${name}${braces}`);
  if (values.startsWith('@st')) return { labels, points: [{ kind: 'unsupported' }] };
  return { labels, points: parsePoints(values) };
}

function parseLabels(text: string): Labels {
  if (/^\{\s*\}$/.test(text)) return Labels.EMPTY;
  return Labels.of(parseSelectorText(text).map(({ name, value }) => [name, value]));
}

/** @throws {Error} naming the item that is no value */
export function parsePoints(text: string): readonly Point[] {
  return (text.match(ITEM) ?? []).flatMap(parseItem);
}

function parseItem(item: string): readonly Point[] {
  if (item.startsWith('{{')) return [{ kind: 'unsupported' }];
  const [, word, times] = /^(_|stale)(?:x(\d+))?$/.exec(item) ?? [];
  if (word) {
    // `_x3` are three gaps, unlike `1x3`, which is a value and three more.
    const point: Point = { kind: word === '_' ? 'none' : 'stale' };
    return Array.from({ length: times === undefined ? 1 : Number(times) }, () => point);
  }
  const [, first, sign, step, repeats] = VALUE.exec(item) ?? [];
  if (first === undefined || (sign !== undefined && repeats === undefined)) {
    throw new Error(`not a value: ${item}`);
  }
  const change = step === undefined ? 0 : parseNumber(step) * (sign === '-' ? -1 : 1);
  let value = parseNumber(first);
  return Array.from({ length: Number(repeats ?? 0) + 1 }, (): Point => {
    const point: Point = { kind: 'value', value };
    value += change;
    return point;
  });
}

/** As Go's `ParseFloat`, but for hexadecimal numbers and underscores. */
export function parseNumber(text: string): number {
  const [, sign = '', rest = ''] = /^([+-]?)(.*)$/.exec(text.toLowerCase()) ?? [];
  const size = rest === 'inf' ? Number.POSITIVE_INFINITY : rest === 'nan' ? Number.NaN : Number(rest);
  return sign === '-' ? -size : size;
}
