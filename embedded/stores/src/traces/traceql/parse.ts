/** TraceQL's text -> its tree: pipelines, metrics and hints. What stands in braces is parsed by `parse-fields.ts`. */
import type { Value } from '../value.js';
import type { PipelineElement, Query, ScalarExpression } from './ast.js';
import { parseExpression } from './parse-fields.js';
import { parseMetrics, parseSecondStages, startsMetrics } from './parse-metrics.js';
import { parseField, parseStatic } from './parse-operands.js';
import { parseScalar, parseScalarFilter, startsScalar } from './parse-scalars.js';
import { comparisonOf, parseSpansets, type Spansets } from './parse-spansets.js';
import { TokenStream } from './token-stream.js';
import { validateQuery } from './validate.js';

/**
 * @throws {QueryError} `bad_data`, in Tempo's words, for text that is no TraceQL
 */
export function parseWithoutValidation(text: string): Query {
  const tokens = new TokenStream(text);
  const first = parseFirst(tokens);
  const elements: PipelineElement[] = [...first.elements];
  let metrics: Query['metrics'];
  let secondStages: Query['secondStages'] = [];
  while (first.canContinue && !metrics && tokens.takeIf('|')) {
    if (startsMetrics(tokens)) {
      metrics = parseMetrics(tokens);
      secondStages = parseSecondStages(tokens);
    } else elements.push(parseElement(tokens));
  }
  const hints = parseHints(tokens);
  if (tokens.peek().kind !== 'eof') throw tokens.unexpected(metrics ? '' : 'with');
  return { pipeline: { kind: 'pipeline', elements }, metrics, secondStages, hints };
}

/** As `parseWithoutValidation`. @throws {QueryError} `bad_data` for what makes no sense, too */
export function parse(text: string): Query {
  const query = parseWithoutValidation(text);
  validateQuery(query);
  return query;
}

interface First {
  readonly elements: readonly PipelineElement[];
  /** Whether a pipe may follow. */
  readonly canContinue: boolean;
}

function parseFirst(tokens: TokenStream): First {
  if (tokens.sign() !== '{' && tokens.sign() !== '(') {
    if (tokens.sign() === 'coalesce') throw tokens.unexpected();
    return { elements: [parseElement(tokens)], canContinue: true };
  }
  const spansets = parseSpansets(tokens, parsePipelineIn);
  switch (spansets.kind) {
    case 'expression':
      return { elements: [spansets.expression], canContinue: true };
    case 'pipelines':
      return { elements: [spansets.expression], canContinue: false };
    case 'scalarExpression':
      return { elements: [parseScalarFilter(tokens, spansets.scalar)], canContinue: true };
    case 'scalarPipelines':
      return { elements: [parsePipelineFilter(tokens, spansets.scalar)], canContinue: false };
  }
}

/** `({ } | count()) > 3`: the right side is like the left one, or a number. */
function parsePipelineFilter(tokens: TokenStream, left: ScalarExpression): PipelineElement {
  const operator = comparisonOf(tokens);
  if (!operator) throw tokens.unexpected();
  tokens.take();
  if (tokens.sign() !== '(') {
    const right: ScalarExpression = { kind: 'static', value: parseStatic(tokens) };
    return { kind: 'scalarFilter', operator, left, right };
  }
  const right = parseSpansets(tokens, parsePipelineIn);
  if (right.kind !== 'scalarPipelines') throw tokens.unexpected();
  return { kind: 'scalarFilter', operator, left, right: right.scalar };
}

/** What stands between parentheses, if it is more than spansets. @param first parsed already, if it began with those */
function parsePipelineIn(tokens: TokenStream, first: PipelineElement | undefined): Spansets {
  const elements: PipelineElement[] = [];
  if (first) elements.push(first);
  else {
    if (startsScalar(tokens)) {
      const scalar = parseScalar(tokens);
      if (tokens.sign() === ')') return { kind: 'scalarExpression', scalar };
      elements.push(parseScalarFilter(tokens, scalar));
    } else elements.push(parseElement(tokens));
  }
  while (tokens.takeIf('|')) {
    if (!startsScalar(tokens)) elements.push(parseElement(tokens));
    else {
      const scalar = parseScalar(tokens);
      if (tokens.sign() === ')' && scalar.kind === 'aggregate') {
        return { kind: 'scalarPipelines', scalar: { kind: 'pipeline', elements: [...elements, scalar] } };
      }
      elements.push(parseScalarFilter(tokens, scalar));
    }
  }
  return { kind: 'pipelines', expression: { kind: 'pipeline', elements } };
}

function parseElement(tokens: TokenStream): PipelineElement {
  switch (tokens.sign()) {
    case '{':
      return parsePlainSpansets(tokens);
    case '(': {
      const spansets = parseSpansets(tokens, parsePipelineIn);
      if (spansets.kind === 'expression') return spansets.expression;
      if (spansets.kind === 'scalarExpression') return parseScalarFilter(tokens, spansets.scalar);
      throw tokens.unexpected();
    }
    case 'by': {
      tokens.take();
      tokens.expect('(', '(');
      const by = parseExpression(tokens);
      tokens.expect(')');
      return { kind: 'group', by };
    }
    case 'coalesce':
      tokens.take();
      tokens.expect('(', '(');
      tokens.expect(')', ')');
      return { kind: 'coalesce' };
    case 'select': {
      tokens.take();
      tokens.expect('(', '(');
      const fields = [parseField(tokens)];
      while (tokens.takeIf(',')) fields.push(parseField(tokens));
      tokens.expect(')', ') or ,');
      return { kind: 'select', fields };
    }
    default:
      if (!startsScalar(tokens)) throw tokens.unexpected();
      return parseScalarFilter(tokens, parseScalar(tokens));
  }
}

function parsePlainSpansets(tokens: TokenStream): PipelineElement {
  const spansets = parseSpansets(tokens, parsePipelineIn);
  if (spansets.kind !== 'expression') throw tokens.unexpected();
  return spansets.expression;
}

/** `with (name = value, ...)`; the last one counts. */
function parseHints(tokens: TokenStream): ReadonlyMap<string, Value> {
  let hints = new Map<string, Value>();
  while (tokens.takeIf('with')) {
    hints = new Map();
    tokens.expect('(', '(');
    do {
      const name = tokens.take();
      if (name.kind !== 'identifier') throw tokens.unexpected('IDENTIFIER');
      tokens.expect('=', '=');
      const value = parseStatic(tokens);
      if (!hints.has(name.text)) hints.set(name.text, value);
    } while (tokens.takeIf(','));
    tokens.expect(')', ') or ,');
  }
  return hints;
}
