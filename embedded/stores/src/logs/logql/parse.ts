/** LogQL text to a tree. The grammar is the engine's, and so are the words for what is not in it. */
import { QueryError } from '../../query/query-error.js';
import type { Expression, LogExpression } from './ast.js';
import { parseError } from './parse-error.js';
import { MetricParser } from './parse-metric.js';
import { TokenReader } from './token-reader.js';
import { matchersProblem } from './validate.js';

/**
 * @throws {QueryError} `bad_data`, or `unsupported` where the engine knows a construct that these stores do not
 */
export function parse(text: string): Expression {
  const reader = new TokenReader(text);
  const parser = new MetricParser(reader);
  const expression = parser.parseExpression();
  if (reader.type() !== '$end') reader.fail();
  if (expression.kind === 'log') checkMatchers(expression);
  else parser.check(expression);
  return expression;
}

/** A selector with its pipeline. @throws {QueryError} also on a metric query */
export function parseLogSelector(text: string): LogExpression {
  const expression = parse(text);
  if (expression.kind !== 'log') throw new QueryError('bad_data', 'only log selector is supported');
  return expression;
}

function checkMatchers({ matchers }: LogExpression): void {
  const problem = matchersProblem(matchers);
  if (problem) throw parseError(problem);
}
