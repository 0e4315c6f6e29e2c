/**
 * Reads the corpus: plain text, one query a line.
 *
 *     # a comment
 *     @ prometheus              the store that the following lines ask
 *     range: sum(rate(x[1m]))
 *     instant time=$end-30s: up
 *     search limit=5: { status = error }
 *     get match[]=`{job="api"}` start=$start: /api/v1/series
 *
 * Before the colon: what is asked, and parameters beside the usual ones; a value with spaces is written in backquotes.
 * `!` before a line says that the query is wrong, `post` as a parameter that it is sent as a form, `categorize` that
 * Loki is to tell structured metadata from labels, and `-name` leaves one of the usual parameters out.
 */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { TEST_FOLDER } from './frozen-run.js';
import type { Query, StoreName } from './query.js';

interface Kind {
  readonly path: string;
  /** The parameter that holds the text after the colon; none for `get`, where that text is the path. */
  readonly text?: string;
  readonly usual: Readonly<Record<string, string>>;
}

const WINDOW = { start: '$start', end: '$end' } as const;
const KINDS: Readonly<Record<StoreName, Readonly<Record<string, Kind>>>> = {
  prometheus: {
    instant: { path: '/api/v1/query', text: 'query', usual: { time: '$end' } },
    range: { path: '/api/v1/query_range', text: 'query', usual: { ...WINDOW, step: '$step' } },
    exemplars: { path: '/api/v1/query_exemplars', text: 'query', usual: WINDOW },
    get: { path: '', usual: {} },
  },
  loki: {
    instant: { path: '/loki/api/v1/query', text: 'query', usual: { time: '$end' } },
    range: { path: '/loki/api/v1/query_range', text: 'query', usual: { ...WINDOW, step: '$step' } },
    fields: { path: '/loki/api/v1/detected_fields', text: 'query', usual: WINDOW },
    stats: { path: '/loki/api/v1/index/stats', text: 'query', usual: WINDOW },
    volume: { path: '/loki/api/v1/index/volume', text: 'query', usual: WINDOW },
    volume_range: {
      path: '/loki/api/v1/index/volume_range',
      text: 'query',
      usual: { ...WINDOW, step: '$step' },
    },
    get: { path: '', usual: {} },
  },
  tempo: {
    search: {
      path: '/api/search',
      text: 'q',
      usual: { start: '$recent', end: '$end', limit: '2000', spss: '100' },
    },
    metrics: {
      path: '/api/metrics/query_range',
      text: 'q',
      usual: { ...WINDOW, step: '$step', exemplars: '0' },
    },
    metrics_instant: { path: '/api/metrics/query', text: 'q', usual: WINDOW },
    get: { path: '', usual: {} },
  },
};

const LINE = /^(!?)\s*(\w+)((?:\s+-?[\w.[\]]+(?:=(?:`[^`]*`|[^\s`]\S*))?)*):(?: (.*))?$/;
const PARAMETER = /(-?)([\w[\].]+)(?:=(?:`([^`]*)`|(\S+)))?/g;

/** @throws {Error} naming file and line of what is no query */
export function readCorpus(...names: readonly string[]): Query[] {
  return names.flatMap((name) => {
    const text = readFileSync(path.join(TEST_FOLDER, 'corpus', name), 'utf8');
    let store: StoreName | undefined;
    return text.split('\n').flatMap((line, i) => {
      const source = `corpus/${name}:${i + 1}`;
      if (line.trim() === '' || line.startsWith('#')) return [];
      if (line.startsWith('@')) {
        store = line.slice(1).trim() as StoreName;
        return [];
      }
      return [parseLine(line, store, source)];
    });
  });
}

export function parseLine(line: string, store: StoreName | undefined, source: string): Query {
  const [, mark, name = '', options = '', text = ''] = LINE.exec(line) ?? [];
  const kind = store && KINDS[store]?.[name];
  if (!kind) throw new Error(`${source}: not a query: ${line}`);
  const parameters = new Map<string, string[]>(
    Object.entries(kind.usual).map(([key, value]) => [key, [value]]),
  );
  const flags = new Set<string>();
  const given = new Set<string>();
  for (const [, minus, key = '', quoted, bare] of options.matchAll(PARAMETER)) {
    const value = quoted ?? bare;
    if (minus) parameters.delete(key);
    else if (value === undefined) flags.add(key);
    else parameters.set(key, given.has(key) ? [...(parameters.get(key) ?? []), value] : [value]);
    given.add(key);
  }
  if (kind.text) parameters.set(kind.text, [text]);
  return {
    store,
    path: kind.text ? kind.path : text,
    parameters: [...parameters].flatMap(([key, values]) => values.map((value) => [key, value] as const)),
    source,
    method: flags.has('post') ? 'POST' : 'GET',
    categorize: flags.has('categorize'),
    wrong: mark === '!',
  };
}
