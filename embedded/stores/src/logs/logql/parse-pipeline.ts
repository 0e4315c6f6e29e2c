/** Stream selectors, and the stages after them. */
import type { Matcher } from '../matcher.js';
import { checkedPattern } from '../pipeline/pattern.js';
import { checkedRegexp } from '../pipeline/regexp.js';
import type { Extraction, LabelFormat, LineFilter, LineOperator, NamedMatcher, Stage } from './ast.js';
import { messageOf, parseError } from './parse-error.js';
import { MATCH_OPERATORS, parseLabelFilter, parseMatcher } from './parse-label-filter.js';
import type { TokenReader } from './token-reader.js';

const LINE_OPERATORS: ReadonlySet<string> = new Set(['|=', '!=', '|~', '!~', '|>', '!>']);
const NEGATED: ReadonlySet<string> = new Set(['!=', '!~', '!>']);

export function parseSelector(reader: TokenReader): readonly Matcher[] {
  reader.expect('{');
  if (reader.accept('}')) return [];
  if (reader.type() !== 'IDENTIFIER') reader.fail('IDENTIFIER', '}');
  const matchers = [parseMatcher(reader)];
  while (reader.type() !== '}') {
    if (!reader.accept(',')) reader.fail('}', ',');
    matchers.push(parseMatcher(reader));
  }
  reader.advance();
  return matchers;
}

/** Stages as far as they go; `| unwrap` is none of them. */
export function parsePipeline(reader: TokenReader): readonly Stage[] {
  const stages: Stage[] = [];
  for (;;) {
    if (LINE_OPERATORS.has(reader.type())) stages.push(parseLineFilters(reader));
    else if (reader.type() === '|' && reader.type(1) !== 'unwrap') {
      reader.operator();
      stages.push(parseStage(reader));
    } else return stages;
  }
}

function parseLineFilters(reader: TokenReader): Stage {
  const filters: LineFilter[] = [];
  while (LINE_OPERATORS.has(reader.type())) {
    const operator = reader.operator().type as LineOperator;
    const matches = [parseLineMatch(reader)];
    while (reader.type() === 'or') {
      reader.operator();
      matches.push(parseLineMatch(reader));
    }
    // Neither of them: each is a filter of its own.
    if (NEGATED.has(operator)) filters.push(...matches.map((match) => ({ operator, ...match, or: [] })));
    else filters.push({ operator, ...(matches[0] as { match: string; ip: boolean }), or: matches.slice(1) });
  }
  return { kind: 'line_filters', filters };
}

function parseLineMatch(reader: TokenReader): { readonly match: string; readonly ip: boolean } {
  const { type, text: match } = reader.expect('STRING', 'ip');
  if (type === 'STRING') return { match, ip: false };
  reader.expect('(');
  const { text } = reader.expect('STRING');
  reader.expect(')');
  return { match: text, ip: true };
}

function parseStage(reader: TokenReader): Stage {
  const { type } = reader.token;
  switch (type) {
    case 'IDENTIFIER':
    case '(':
      return { kind: 'label_filter', filter: parseLabelFilter(reader) };
    case 'json':
      reader.advance();
      return { kind: type, extractions: parseExtractions(reader) };
    case 'logfmt':
      return parseLogfmt(reader);
    case 'regexp':
    case 'pattern':
      reader.advance();
      return { kind: type, pattern: checked(type, reader.expect('STRING').text) };
    case 'unpack':
    case 'decolorize':
      reader.advance();
      return { kind: type };
    case 'line_format':
      reader.advance();
      return { kind: type, template: reader.expect('STRING').text };
    case 'label_format':
      reader.advance();
      return { kind: type, formats: parseList(reader, parseLabelFormat) };
    case 'drop':
    case 'keep':
      reader.advance();
      return { kind: type, labels: parseList(reader, parseNamedMatcher) };
    default:
      return reader.fail();
  }
}

/** These the engine looks at while it parses. */
function checked(kind: 'regexp' | 'pattern', pattern: string): string {
  try {
    if (kind === 'regexp') checkedRegexp(pattern);
    else checkedPattern(pattern);
    return pattern;
  } catch (error) {
    throw parseError(`invalid ${kind} parser: ${messageOf(error)}`);
  }
}

function parseLogfmt(reader: TokenReader): Stage {
  reader.advance();
  const flags = new Set<string>();
  for (let flag = reader.accept('FUNCTION_FLAG'); flag; flag = reader.accept('FUNCTION_FLAG'))
    flags.add(flag.text);
  return {
    kind: 'logfmt',
    strict: flags.has('--strict'),
    keepEmpty: flags.has('--keep-empty'),
    extractions: parseExtractions(reader),
  };
}

function parseExtractions(reader: TokenReader): readonly Extraction[] {
  return reader.type() === 'IDENTIFIER' ? parseList(reader, parseExtraction) : [];
}

function parseExtraction(reader: TokenReader): Extraction {
  const label = reader.expect('IDENTIFIER').text;
  return { label, expression: reader.accept('=') ? reader.expect('STRING').text : label };
}

function parseLabelFormat(reader: TokenReader): LabelFormat {
  const label = reader.expect('IDENTIFIER').text;
  reader.expect('=');
  const { type, text } = reader.expect('IDENTIFIER', 'STRING');
  return type === 'STRING'
    ? { kind: 'template', label, template: text }
    : { kind: 'rename', label, from: text };
}

function parseNamedMatcher(reader: TokenReader): NamedMatcher {
  if (reader.type() !== 'IDENTIFIER') reader.fail('IDENTIFIER');
  const isMatcher = MATCH_OPERATORS.some((operator) => reader.type(1) === operator);
  return isMatcher ? parseMatcher(reader) : reader.advance().text;
}

function parseList<T>(reader: TokenReader, parse: (reader: TokenReader) => T): readonly T[] {
  const list = [parse(reader)];
  while (reader.accept(',')) list.push(parse(reader));
  return list;
}
