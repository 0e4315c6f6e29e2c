/** `series`, `labels`, `label/<name>/values`. */
import type { ApiAnswer } from '../../http/api.js';
import { QueryError } from '../../query/query-error.js';
import { compareLabels, compareText } from '../labels.js';
import type { Matcher } from '../matcher.js';
import { parseSelectorText } from '../promql/parse-selector.js';
import { isLabelName } from '../semantics.js';
import type { Series } from '../series.js';
import { success, TRUNCATED } from './answers.js';
import type { Asked } from './asked.js';
import { limitOf, ofParameter, optionalTime } from './parameters.js';

interface Scope {
  readonly start_ms: number;
  readonly end_ms: number;
  /** A series that one of these selects belongs to it; without any, all do. */
  readonly selectors: readonly (readonly Matcher[])[];
  readonly limit: number;
}

export function series(asked: Asked): ApiAnswer {
  if (asked.parameters.getAll('match[]').length === 0) {
    throw new QueryError('bad_data', 'no match[] parameter provided');
  }
  const scope = readScope(asked);
  const found = [...selected(asked, scope)]
    .filter((one) => one.overlaps(scope.start_ms, scope.end_ms))
    .sort((a, b) => compareLabels(a.labels, b.labels));
  return limited(
    found.map(({ labels }) => labels.toObject()),
    scope.limit,
  );
}

export function labels(asked: Asked): ApiAnswer {
  const scope = readScope(asked);
  if (!overlaps(asked, scope)) return success([]);
  if (scope.selectors.length === 0) return limited(asked.store.labelNames(), scope.limit);
  const names = new Set<string>();
  for (const one of selected(asked, scope)) for (const name of one.labels.names) names.add(name);
  return limited([...names].sort(compareText), scope.limit);
}

export function labelValues(asked: Asked, name: string): ApiAnswer {
  if (!isLabelName(name, asked.semantics)) {
    throw new QueryError('bad_data', `invalid label name: ${JSON.stringify(name)}`);
  }
  const scope = readScope(asked);
  if (!overlaps(asked, scope)) return success([]);
  if (scope.selectors.length === 0) return limited(asked.store.labelValues(name), scope.limit);
  const values = new Set<string>();
  for (const one of selected(asked, scope)) values.add(one.labels.get(name));
  values.delete('');
  return limited([...values].sort(compareText), scope.limit);
}

function readScope({ parameters }: Asked): Scope {
  const limit = limitOf(parameters);
  const start_ms = optionalTime(parameters, 'start') ?? Number.NEGATIVE_INFINITY;
  const end_ms = optionalTime(parameters, 'end') ?? Number.POSITIVE_INFINITY;
  const selectors = parameters
    .getAll('match[]')
    .map((text) => ofParameter('match[]', () => parseSelectorText(text)));
  return { start_ms, end_ms, selectors, limit };
}

/** The index knows no times: whether there is anything at all in the time that is asked for. */
function overlaps({ store }: Asked, { start_ms, end_ms }: Scope): boolean {
  const { bounds } = store;
  return bounds !== undefined && bounds.first_ms <= end_ms && bounds.last_ms >= start_ms;
}

function selected({ store }: Asked, { selectors }: Scope): ReadonlySet<Series> {
  return new Set(selectors.flatMap((matchers) => store.select(matchers)));
}

function limited(data: readonly unknown[], limit: number): ApiAnswer {
  return success(data.slice(0, limit), { warnings: data.length > limit ? [TRUNCATED] : [] });
}
