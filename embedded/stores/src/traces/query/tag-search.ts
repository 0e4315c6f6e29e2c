/** Searches of old: tags in logfmt, each of which some span of the trace has to have. */
import type { Predicate } from '../traceql/compile.js';
import { rootName, rootService } from '../traceql/lookup-intrinsics.js';
import { STATUSES } from '../value.js';
import { bad, text } from './parameters.js';
import type { Snapshot } from './snapshot.js';

/** Parameters that are no tags, in a search that gives its tags as parameters of their own. */
const OTHERS: ReadonlySet<string> = new Set('q tags minDuration maxDuration limit spss start end'.split(' '));
/** Attributes of which a part is enough; the others have to be equal. Only strings are found. */
const BY_PART: ReadonlySet<string> = new Set(
  (
    'service.name k8s.cluster.name k8s.namespace.name k8s.pod.name k8s.container.name http.request.method ' +
    'url.path url.route server.address http.method http.url http.route'
  ).split(' '),
);

/** @throws {QueryError} `bad_data` in Tempo's words */
export function tagsOf(parameters: URLSearchParams): ReadonlyMap<string, string> {
  const given = text(parameters, 'tags');
  if (given !== undefined) return parseLogfmt(given);
  if (text(parameters, 'start') !== undefined) return new Map();
  return new Map([...parameters].filter(([name, value]) => !OTHERS.has(name) && value !== ''));
}

/** Of a whole trace, in milliseconds; 0 for no bound. */
export interface DurationRange {
  readonly min_ms: number;
  readonly max_ms: number;
}

/** Whether a trace has all of the tags, and lasts as long as is asked. */
export function matchTags(
  snapshot: Snapshot,
  tags: ReadonlyMap<string, string>,
  { min_ms, max_ms }: DurationRange,
): (trace: number) => boolean {
  const { index } = snapshot;
  const tests = [...tags].map(([key, value]) => compileTag(snapshot, key, value));
  const lasts = (trace: number) => {
    const duration_ns = index.duration_ns[trace] as number;
    return duration_ns >= min_ms * 1e6 && (max_ms === 0 || duration_ns <= max_ms * 1e6);
  };
  return (trace) =>
    lasts(trace) &&
    tests.every((test) => {
      for (let place = index.from[trace] as number; place < (index.from[trace + 1] as number); place++) {
        if (test(index.order[place] as number)) return true;
      }
      return false;
    });
}

function compileTag(snapshot: Snapshot, key: string, value: string): Predicate {
  const { spans, store, attributes } = snapshot;
  switch (key) {
    case 'name':
      return (span) => (store.strings.texts[spans.name[span] as number] as string).includes(value);
    case 'status.code': {
      const status = STATUSES.indexOf(value as (typeof STATUSES)[number]);
      return (span) => spans.status[span] === Math.max(0, status);
    }
    case 'root.service.name':
      return (span) => rootService(snapshot, spans.trace[span] as number).includes(value);
    case 'root.name':
      return (span) => rootName(snapshot, spans.trace[span] as number).includes(value);
  }
  const matching = new Set(
    attributes.ofKey(key).filter((attribute) => {
      const own = attributes.value(attribute);
      if (own.kind !== 'string') return false;
      return BY_PART.has(key) ? own.value.includes(value) : own.value === value;
    }),
  );
  return (span) => {
    const to = spans.attributesFrom[span + 1] as number;
    for (let i = spans.attributesFrom[span] as number; i < to; i++) {
      if (matching.has(spans.attributes[i] as number)) return true;
    }
    const { resource } = store.scopes.get(spans.scope[span] as number);
    return store.resources.get(resource).attributes.some((attribute) => matching.has(attribute));
  };
}

/** `a=b c="d e"` */
function parseLogfmt(given: string): ReadonlyMap<string, string> {
  const tags = new Map<string, string>();
  const PAIR = /\s*([^\s="]+)(?:=(?:"((?:[^"\\]|\\.)*)"|([^\s"=]*)))?/y;
  let at = 0;
  while (given.slice(at).trim() !== '') {
    PAIR.lastIndex = at;
    const pair = PAIR.exec(given);
    if (!pair || /^["=]/.test(given.slice(PAIR.lastIndex))) {
      const unterminated = pair && /"(?:[^"\\]|\\.)*$/.test(given.slice(at));
      throw bad(
        unterminated
          ? `invalid tags: unterminated quoted value at pos ${given.length + 1}`
          : `invalid tags: unexpected '${given[pair ? PAIR.lastIndex : at]}' at pos ${(pair ? PAIR.lastIndex : at) + 1}`,
      );
    }
    const [, key = '', quoted, plain = ''] = pair;
    if (tags.has(key)) throw bad(`invalid tags: tag ${key} has been set twice`);
    tags.set(key, quoted === undefined ? plain : quoted.replace(/\\(.)/g, '$1'));
    at = PAIR.lastIndex;
  }
  return tags;
}
