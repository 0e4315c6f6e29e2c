/** Data frames in any of the shapes that Grafana's Prometheus data source gives, as labelled series with a role. */
import type { DataFrame, Field } from '@grafana/data';
import { type Meaning, meaningOfQuery, type Role, roleOfExpression } from './roles';

/** A link that somebody configured on the field. */
export interface DataLink {
  readonly title: string;
  readonly href: string;
  readonly newTab: boolean;
}

export interface Series {
  readonly role: Role;
  readonly byRoute: boolean;
  /** Name of the query that it came from. */
  readonly query: string;
  readonly labels: Readonly<Record<string, string>>;
  /** ms, ascending. */
  readonly times: readonly number[];
  readonly values: readonly (number | null)[];
  /** Window of the query's own range selector (`[5m]`), s; `undefined` when the expression is not known. */
  readonly window_s: number | undefined;
  readonly links: () => readonly DataLink[];
}

const BOUND = 'le';

const RAW_COUNTERS: readonly Role[] = ['rate', 'failed', 'sum', 'count', 'bucket', 'pool_timeouts'];

/** Reads every series that has a meaning; what else is in the frames is left out. */
export function readSeries(frames: readonly DataFrame[]): Series[] {
  const series = frames.flatMap(readFrame);
  const byRoute = new Set(
    series.filter((each) => each.labels.client_http_route !== undefined).map((each) => each.query),
  );
  return series.map((each) => ({ ...each, byRoute: each.byRoute || byRoute.has(each.query) }));
}

function readFrame(frame: DataFrame): Series[] {
  const isTable = frame.fields.some((field) => field.type === 'string');
  // In a table the bucket's bound is a column of numbers, but still a label.
  const isLabel = (field: Field) => field.type === 'string' || (isTable && field.name === BOUND);
  const numbers = frame.fields.filter((field) => field.type === 'number' && !isLabel(field));
  const texts = frame.fields.filter(isLabel);
  const time = frame.fields.find((field) => field.type === 'time');
  return numbers.flatMap((field) => {
    const meaning = meaningOf(frame, field);
    if (meaning === undefined) return [];
    return isTable
      ? readRows({ frame, field, texts, time, meaning })
      : readColumn({ frame, field, time, meaning });
  });
}

interface Reading {
  readonly frame: DataFrame;
  readonly field: Field;
  readonly time: Field | undefined;
  readonly meaning: Meaning;
}

function readColumn({ frame, field, time, meaning }: Reading): Series[] {
  if (frame.length === 0 || time === undefined) return [];
  const labels = { ...field.labels };
  const series = {
    ...meaning,
    query: frame.refId ?? '',
    labels,
    times: Array.from(time.values, Number),
    values: Array.from(field.values, known),
    window_s: windowOf(frame),
    links: () => linksOf(field, frame.length - 1),
  };
  // A bare counter: nobody asked for its rate.
  const isCounter = labels.__name__ !== undefined && RAW_COUNTERS.includes(meaning.role);
  return [isCounter ? ratesOf(series) : series];
}

function readRows({ frame, field, texts, time, meaning }: Reading & { readonly texts: Field[] }): Series[] {
  return Array.from({ length: frame.length }, (_, row) => ({
    ...meaning,
    query: frame.refId ?? '',
    labels: Object.fromEntries(texts.map((text) => [text.name, String(text.values[row] ?? '')])),
    times: [time === undefined ? 0 : Number(time.values[row])],
    values: [known(field.values[row])],
    window_s: windowOf(frame),
    links: () => linksOf(field, row),
  }));
}

/** Increase from point to point, a second; a fall is a counter that began again. */
function ratesOf(series: Series): Series {
  const { times, values } = series;
  const rates = values.map((value, i) => {
    const previous = values[i - 1];
    const elapsed_s = ((times[i] ?? 0) - (times[i - 1] ?? 0)) / 1000;
    if (value === null || previous === null || previous === undefined || elapsed_s <= 0) return null;
    return (value >= previous ? value - previous : value) / elapsed_s;
  });
  const step_s = times.length > 1 ? ((times[1] ?? 0) - (times[0] ?? 0)) / 1000 : undefined;
  return { ...series, values: rates, window_s: step_s };
}

/** The name after `#` (a joined table), the query's name, the metric, the field's name, then the expression. */
function meaningOf(frame: DataFrame, field: Field): Meaning | undefined {
  const suffix = field.name.includes('#') ? field.name.slice(field.name.lastIndexOf('#') + 1) : '';
  for (const name of [suffix, frame.refId ?? '', field.name]) {
    const meaning = meaningOfQuery(name);
    if (meaning !== undefined) return meaning;
  }
  const texts = [
    field.labels?.__name__,
    frame.refId,
    field.name,
    expressionOf(frame),
    field.config.displayName,
  ];
  for (const text of texts) {
    const role = text === undefined ? undefined : roleOfExpression(text);
    if (role !== undefined) return { role, byRoute: false };
  }
  return undefined;
}

function expressionOf(frame: DataFrame): string | undefined {
  return frame.meta?.executedQueryString;
}

const UNIT_S: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600, d: 86400 };

function windowOf(frame: DataFrame): number | undefined {
  const parts = /\[((?:\d+[smhd])+)[\]:]/.exec(expressionOf(frame) ?? '')?.[1]?.match(/\d+[smhd]/g);
  return parts?.reduce((sum, part) => sum + Number.parseInt(part, 10) * (UNIT_S[part.slice(-1)] ?? 0), 0);
}

function known(value: unknown): number | null {
  return typeof value === 'number' && Number.isFinite(value) ? value : null;
}

function linksOf(field: Field, row: number): DataLink[] {
  const links = field.getLinks?.({ valueRowIndex: row }) ?? [];
  return links.map(({ title, href, target }) => ({ title, href, newTab: target === '_blank' }));
}
