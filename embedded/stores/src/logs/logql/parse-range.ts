/** What range aggregations stand on: lines of a selector over a duration, perhaps with a label's values for samples. */
import type { Conversion, LabelFilter, LogExpression, Unwrap } from './ast.js';
import { parseLabelFilter } from './parse-label-filter.js';
import { parsePipeline, parseSelector } from './parse-pipeline.js';
import type { TokenReader } from './token-reader.js';

export interface LogRange {
  readonly selector: LogExpression;
  readonly unwrap: Unwrap | undefined;
  readonly range_ns: number;
  readonly offset_ns: number;
}

type Partial = Omit<LogRange, 'range_ns'> & { readonly range_ns: number | undefined };

const CONVERSIONS: ReadonlyMap<string, Conversion> = new Map([
  ['BYTES_CONV', 'bytes'],
  ['DURATION_CONV', 'duration'],
  ['DURATION_SECONDS_CONV', 'duration_seconds'],
]);

/** The duration may stand after the selector, after the pipeline, or after parentheses around either. */
export function parseLogRange(reader: TokenReader): LogRange {
  const range = parsePartial(reader);
  const { range_ns } = range;
  if (range_ns !== undefined) return { ...range, range_ns };
  return range.unwrap ? reader.fail('RANGE', '|') : reader.fail();
}

function parsePartial(reader: TokenReader): Partial {
  if (reader.accept('(')) {
    const inner = reader.nested(() => parsePartial(reader));
    if (!reader.accept(')')) inner.range_ns === undefined ? reader.fail() : reader.fail(')');
    return inner.range_ns === undefined ? withRange(reader, inner) : inner;
  }
  if (reader.type() !== '{') reader.fail('{', '(');
  const matchers = parseSelector(reader);
  const stages = parsePipeline(reader);
  const unwrap = parseUnwrap(reader);
  return withRange(reader, {
    selector: { kind: 'log', matchers, stages },
    unwrap,
    range_ns: undefined,
    offset_ns: 0,
  });
}

function withRange(reader: TokenReader, before: Partial): Partial {
  const range = reader.accept('RANGE');
  if (!range) return before;
  const offset_ns = reader.accept('offset') ? reader.expect('DURATION').number : 0;
  const given = { ...before, range_ns: range.number, offset_ns };
  if (before.unwrap || before.selector.stages.length > 0) return given;
  const stages = parsePipeline(reader);
  return { ...given, selector: { ...before.selector, stages }, unwrap: parseUnwrap(reader) };
}

function parseUnwrap(reader: TokenReader): Unwrap | undefined {
  if (reader.type() !== '|' || reader.type(1) !== 'unwrap') return undefined;
  reader.advance();
  reader.advance();
  const { type, text } = reader.expect('IDENTIFIER', ...CONVERSIONS.keys());
  const conversion = CONVERSIONS.get(type);
  let label = text;
  if (conversion) {
    reader.expect('(');
    label = reader.expect('IDENTIFIER').text;
    reader.expect(')');
  }
  const filters: LabelFilter[] = [];
  while (reader.type() === '|') {
    reader.operator();
    if (reader.type() !== 'IDENTIFIER' && reader.type() !== '(') reader.fail('IDENTIFIER', '(');
    filters.push(parseLabelFilter(reader));
  }
  return { label, conversion, filters };
}
