/** Loki's `.logqltest` scripts: blocks of `clear`, `load` and `eval`. */
import { parseGoDuration } from '../logs/go/durations.js';
import type { Label, Labels } from '../logs/labels.js';
import { parseLabels } from '../logs/push-protobuf.js';

export interface LoadedLine {
  readonly labels: Labels;
  readonly line: string;
  readonly metadata: readonly Label[];
  readonly time_ns: number;
}

export interface Eval {
  /** Of the script, from 1. */
  readonly line: number;
  readonly text: string;
  readonly isInstant: boolean;
  /** In ns after the script's own beginning of time; an instant's are the same. */
  readonly start_ns: number;
  readonly end_ns: number;
  readonly step_ns: number;
  readonly query: string;
  /** What is expected, line by line. */
  readonly expected: readonly string[];
}

export type Block =
  | { readonly kind: 'clear' }
  | { readonly kind: 'load'; readonly lines: readonly LoadedLine[] }
  | { readonly kind: 'eval'; readonly eval: Eval };

/** @throws {Error} naming the line that is none of the language */
export function parseLogqlScript(text: string): readonly Block[] {
  const lines = text.split('\n');
  const blocks: Block[] = [];
  for (let at = 0; at < lines.length; ) {
    const line = stripComment(lines[at] as string).trim();
    at++;
    if (line === '') continue;
    const inner: string[] = [];
    const number = at;
    const [command] = line.split(/\s+/);
    if (command === 'load' || command === 'eval') {
      for (; isInner(lines[at]); at++) {
        const content = stripComment(lines[at] as string).trim();
        if (content !== '') inner.push(content);
      }
    }
    blocks.push(parseBlock(line, inner, number));
  }
  return blocks;
}

/** Indented, or a comment; an empty line ends a block. */
function isInner(line: string | undefined): boolean {
  return line !== undefined && line.trim() !== '' && (/^\s/.test(line) || line.startsWith('#'));
}

function parseBlock(line: string, inner: readonly string[], number: number): Block {
  if (line === 'clear') return { kind: 'clear' };
  if (line === 'load') return { kind: 'load', lines: inner.flatMap((each) => parseLoad(each, number)) };
  return { kind: 'eval', eval: parseEval(line, inner, number) };
}

const INSTANT = /^eval\s+instant\s+at\s+(\S+)\s+(.+)$/;
const RANGE = /^eval\s+range\s+from\s+(\S+)\s+to\s+(\S+)\s+step\s+(\S+)\s+(.+)$/;

function parseEval(text: string, expected: readonly string[], line: number): Eval {
  const instant = INSTANT.exec(text);
  if (instant) {
    const at_ns = duration(instant[1] as string, line);
    const query = instant[2] as string;
    return { line, text, isInstant: true, start_ns: at_ns, end_ns: at_ns, step_ns: 0, query, expected };
  }
  const [, start, end, step, query] = RANGE.exec(text) ?? [];
  if (query === undefined) throw new Error(`line ${line}: ${text} is no command`);
  const times = [start, end, step].map((each) => duration(each as string, line)) as [number, number, number];
  return {
    line,
    text,
    isInstant: false,
    start_ns: times[0],
    end_ns: times[1],
    step_ns: times[2],
    query,
    expected,
  };
}

const LOAD =
  /^(?<labels>\{[^}]*\})\s*(?:"(?<plain>[^"]*)"|`(?<raw>[^`]*)`)\s*@\s*(?<start>\S+)(?:\s*\[repeat every\s+(?<step>\S+)\s+for\s+(?<count>\d+)\])?(?:\s*\[metadata\s+(?<metadata>.*?)\])?\s*$/;
const PAIR = /(?:"([^"]*)"|([^\s"=]+))="([^"]*)"/g;

function parseLoad(text: string, line: number): readonly LoadedLine[] {
  const { groups } = LOAD.exec(text) ?? {};
  if (!groups) throw new Error(`line ${line}: in its load, ${text} is no line`);
  const {
    labels,
    plain,
    raw,
    start,
    step = '0',
    count = '1',
    metadata = '',
  } = groups as Record<string, string>;
  const parsed = parseLabels(labels as string);
  const pairs = [...metadata.matchAll(PAIR)].map(
    ([, quoted, bare, value]): Label => [(quoted ?? bare) as string, value as string],
  );
  const first_ns = duration(start as string, line);
  const step_ns = duration(step, line);
  return Array.from({ length: Number(count) }, (_, index) => ({
    labels: parsed,
    line: ((plain ?? raw) as string).replaceAll('{{.i}}', String(index)),
    metadata: pairs,
    time_ns: first_ns + index * step_ns,
  }));
}

function duration(text: string, line: number): number {
  const parsed = parseGoDuration(text);
  if (parsed.kind === 'error') throw new Error(`line ${line}: ${parsed.message}`);
  return parsed.ns;
}

/** Without what follows a `#` that is in no quotes. */
function stripComment(line: string): string {
  let quote = '';
  for (const [index, character] of [...line].entries()) {
    if (quote !== '') {
      if (character === quote) quote = '';
    } else if (character === '"' || character === '`') quote = character;
    else if (character === '#') return [...line].slice(0, index).join('');
  }
  return line;
}
