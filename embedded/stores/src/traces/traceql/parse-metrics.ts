/** Metrics over the spans of a pipeline: the function, and what is done to its series. */
import {
  type Field,
  METRICS_FUNCTIONS,
  type MetricsAggregate,
  type MetricsFunction,
  type Query,
  type SecondStage,
} from './ast.js';
import { parseFilter } from './parse-fields.js';
import { parseField } from './parse-operands.js';
import { comparisonOf } from './parse-spansets.js';
import type { TokenStream } from './token-stream.js';

const FUNCTIONS: ReadonlySet<string> = new Set([...METRICS_FUNCTIONS, 'compare']);
const DEFAULT_TOP = 10;

export function startsMetrics(tokens: TokenStream): boolean {
  return FUNCTIONS.has(tokens.sign());
}

export function parseMetrics(tokens: TokenStream): NonNullable<Query['metrics']> {
  const name = tokens.sign();
  tokens.take();
  tokens.expect('(', '(');
  return name === 'compare' ? parseCompare(tokens) : parseAggregate(tokens, name as MetricsFunction);
}

/** `| topk(5) > 10 | bottomk(3)` */
export function parseSecondStages(tokens: TokenStream): readonly SecondStage[] {
  const stages: SecondStage[] = [];
  for (;;) {
    const operator = comparisonOf(tokens);
    if (operator) {
      tokens.operator();
      stages.push({ kind: 'compareValue', operator, value: parseThreshold(tokens) });
    } else if (tokens.takeIf('|')) {
      const name = tokens.operator();
      if (name !== 'topk' && name !== 'bottomk') throw tokens.unexpected('topk or bottomk');
      tokens.expect('(', '(');
      stages.push({ kind: name, limit: parseInteger(tokens) });
      tokens.expect(')', ')');
    } else return stages;
  }
}

function parseAggregate(tokens: TokenStream, name: MetricsFunction): MetricsAggregate {
  const hasField = name !== 'rate' && name !== 'count_over_time';
  const field = hasField ? parseField(tokens) : undefined;
  const quantiles: number[] = [];
  if (name === 'quantile_over_time') {
    tokens.expect(',', ',');
    do quantiles.push(parseNumber(tokens));
    while (tokens.takeIf(','));
  }
  tokens.expect(')', quantiles.length > 0 ? '' : ')');
  return { kind: 'metrics', name, field, quantiles, by: parseBy(tokens) };
}

function parseBy(tokens: TokenStream): readonly Field[] {
  if (!tokens.takeIf('by')) return [];
  tokens.expect('(', '(');
  const fields = [parseField(tokens)];
  while (tokens.takeIf(',')) fields.push(parseField(tokens));
  tokens.expect(')', ') or ,');
  return fields;
}

function parseCompare(tokens: TokenStream): NonNullable<Query['metrics']> {
  const selection = parseFilter(tokens);
  let top = DEFAULT_TOP;
  let [start, end] = [0, 0];
  if (tokens.takeIf(',')) {
    top = parseInteger(tokens);
    if (tokens.takeIf(',')) {
      start = parseInteger(tokens);
      tokens.expect(',', ',');
      end = parseInteger(tokens);
    }
  }
  tokens.expect(')', ')');
  return { kind: 'compare', selection, top, start, end };
}

function parseInteger(tokens: TokenStream): number {
  const token = tokens.peek();
  if (token.kind !== 'integer') throw tokens.unexpected('INTEGER');
  tokens.take();
  return token.value;
}

function parseNumber(tokens: TokenStream): number {
  const token = tokens.peek();
  if (token.kind !== 'integer' && token.kind !== 'float') throw tokens.unexpected('INTEGER or FLOAT');
  tokens.take();
  return token.value;
}

/** Series of durations are in seconds. */
function parseThreshold(tokens: TokenStream): number {
  const sign = tokens.takeIf('-') ? -1 : 1;
  const token = tokens.peek();
  if (token.kind !== 'integer' && token.kind !== 'float' && token.kind !== 'duration')
    throw tokens.unexpected(sign > 0 ? 'INTEGER or FLOAT or DURATION or -' : 'INTEGER or FLOAT or DURATION');
  tokens.take();
  return (sign * token.value) / (token.kind === 'duration' ? 1e9 : 1);
}
