/** `detected_level`: what the engine finds a line's level to be, and keeps beside it. */
import { parseInteger } from './go/numbers.js';
import type { Label, Labels } from './labels.js';
import { eachMember } from './pipeline/json-scan.js';
import { eachPair } from './pipeline/logfmt-scan.js';
import type { Entry } from './stream.js';

const DETECTED_LEVEL = 'detected_level';

/** Labels and fields that tell a level, the more telling first. */
const LEVEL_FIELDS = [
  'level',
  'LEVEL',
  'Level',
  'log.level',
  'severity',
  'SEVERITY',
  'Severity',
  'SeverityText',
  'lvl',
  'LVL',
  'Lvl',
  'severity_text',
  'Severity_Text',
  'SEVERITY_TEXT',
];

const LEVELS: ReadonlyMap<string, string> = new Map(
  Object.entries({
    trace: ['trace', 'trc'],
    debug: ['debug', 'dbg'],
    info: ['info', 'inf', 'information'],
    warn: ['warn', 'wrn', 'warning'],
    error: ['error', 'err'],
    critical: ['critical'],
    fatal: ['fatal'],
  }).flatMap(([level, words]) => words.map((word) => [word, level] as const)),
);

const WORDS: readonly (readonly [word: string, level: string])[] = [
  ['trace', 'trace'],
  ['debug', 'debug'],
  ['fatal', 'fatal'],
  ['critical', 'critical'],
  ['error', 'error'],
  ['err', 'error'],
  ['warning', 'warn'],
  ['warn', 'warn'],
  ['info', 'info'],
];

export class LevelDetector {
  readonly #ofStreams = new Map<string, Label | undefined>();

  /** An entry's structured metadata, its level among it. */
  withLevel(labels: Labels, { line, metadata }: Entry): readonly Label[] {
    const given = metadata.find(([name]) => name === DETECTED_LEVEL);
    if (given) {
      const level = normalize(given[1]);
      return level === given[1]
        ? metadata
        : metadata.map((label) => (label === given ? [given[0], level] : label));
    }
    const level = this.#ofLabels(labels) ?? [DETECTED_LEVEL, levelOfEntry(line, metadata)];
    return level[1] === '' ? metadata : [level, ...metadata];
  }

  #ofLabels(labels: Labels): Label | undefined {
    if (this.#ofStreams.has(labels.key)) return this.#ofStreams.get(labels.key);
    const field = LEVEL_FIELDS.find((name) => labels.has(name));
    const level: Label | undefined =
      field === undefined ? undefined : [DETECTED_LEVEL, normalize(labels.get(field))];
    this.#ofStreams.set(labels.key, level);
    return level;
  }
}

function normalize(level: string): string {
  return LEVELS.get(level.toLowerCase()) ?? level;
}

function levelOfEntry(line: string, metadata: readonly Label[]): string {
  const metadataValue = (wanted: string) => metadata.find(([name]) => name === wanted)?.[1];
  for (const field of LEVEL_FIELDS) {
    const value = metadataValue(field);
    if (value !== undefined) return normalize(value);
  }
  const severity = metadataValue('severity_number');
  return severity ? ofSeverity(severity) : levelOfLine(line);
}

/** OpenTelemetry's numbers: four to a level. */
function ofSeverity(text: string): string {
  const parsed = parseInteger(text);
  if (parsed.kind === 'error') return 'info';
  const number = parsed.value;
  if (number < 1 || number > 24) return number < 0 ? 'trace' : 'unknown';
  return ['trace', 'debug', 'info', 'warn', 'error', 'fatal'][Math.ceil(number / 4) - 1] as string;
}

/** Of the field that tells it, else of the first word that is one. */
export function levelOfLine(line: string): string {
  const isJson = /^\s*\{/.test(line) && /\}\s*$/.test(line);
  if (!isJson && !line.includes('=')) return levelOfWords(line);
  const field = isJson ? jsonField(line) : logfmtField(line);
  return LEVELS.get(field.toLowerCase()) ?? levelOfWords(line);
}

const FIELDS = new Set(LEVEL_FIELDS);
/** Objects within each other that are looked into. */
const DEEPEST = 2;

function jsonField(line: string): string {
  let found = '';
  const search = (start: number, depth: number): void => {
    if (depth >= DEEPEST) return;
    eachMember(line, start, (key, type, value) => {
      if (type === 'string' && FIELDS.has(key)) found = line.slice(value.start, value.end) || ' ';
      else if (type === 'object') search(value.start, depth + 1);
      return found !== '';
    });
  };
  search(0, 0);
  return found;
}

const ANY_FIELD = /level|severity|lvl/i;

function logfmtField(line: string): string {
  // Most lines have none: seen quickly.
  if (!ANY_FIELD.test(line)) return '';
  let best = LEVEL_FIELDS.length;
  let value = '';
  eachPair(line, true, (key, text) => {
    const lower = key.toLowerCase();
    const position = LEVEL_FIELDS.findIndex((field) => field.toLowerCase() === lower);
    if (position >= 0 && position < best) [best, value] = [position, text];
    return best === 0;
  });
  return value;
}

const ANY_WORD = /trace|debug|fatal|critical|err|warn|info/i;
const LEFT = /[ \t\n[({"=]/;
const RIGHT = /[ \t\n[\](){}:,!"=]/;

function levelOfWords(line: string): string {
  if (!ANY_WORD.test(line)) return 'unknown';
  const lower = line.toLowerCase();
  let first = lower.length;
  let level = 'unknown';
  for (const [word, its] of WORDS) {
    const at = indexOfWord(lower, word);
    if (at >= 0 && at < first) [first, level] = [at, its];
  }
  return level;
}

function indexOfWord(text: string, word: string): number {
  for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) {
    const isStart = at === 0 || LEFT.test(text[at - 1] as string);
    const end = text[at + word.length];
    if (isStart && (end === undefined || RIGHT.test(end))) return at;
  }
  return -1;
}
