/** Keys of OTLP in JSON, as numbers; each may also be written with underscores, as protobuf's JSON allows. */
import { parseJson } from './json-bytes.js';
import { Vocabulary } from './vocabulary.js';

export const KEY = {
  unknown: 0,
  resourceSpans: 1,
  resource: 2,
  scopeSpans: 3,
  scope: 4,
  spans: 5,
  traceId: 6,
  spanId: 7,
  parentSpanId: 8,
  traceState: 9,
  name: 10,
  kind: 11,
  startTimeUnixNano: 12,
  endTimeUnixNano: 13,
  attributes: 14,
  droppedAttributesCount: 15,
  events: 16,
  droppedEventsCount: 17,
  links: 18,
  droppedLinksCount: 19,
  status: 20,
  code: 21,
  message: 22,
  version: 23,
  timeUnixNano: 24,
} as const;

const IDS: ReadonlyMap<string, number> = new Map(Object.entries(KEY));

export function keyVocabulary(): Vocabulary {
  return new Vocabulary((bytes, from, to) => {
    const key = String(parseJson(bytes, from, to));
    return IDS.get(key.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase())) ?? KEY.unknown;
  });
}

const KINDS = ['UNSPECIFIED', 'INTERNAL', 'SERVER', 'CLIENT', 'PRODUCER', 'CONSUMER'];
const CODES = ['UNSET', 'OK', 'ERROR'];

export function kindOfName(name: string): number | undefined {
  return find(KINDS, name, 'SPAN_KIND_');
}

export function codeOfName(name: string): number | undefined {
  return find(CODES, name, 'STATUS_CODE_');
}

function find(names: readonly string[], name: string, prefix: string): number | undefined {
  const index = name.startsWith(prefix) ? names.indexOf(name.slice(prefix.length)) : -1;
  return index < 0 ? undefined : index;
}
