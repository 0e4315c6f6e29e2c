/** Metric queries: everything that has numbers for an answer. */
import { QueryError } from '../../query/query-error.js';
import { parseFloat64 } from '../go/numbers.js';
import type { Expression, Grouping, MetricExpression, RangeOperation, VectorOperation } from './ast.js';
import { type Operator, operatorOf, parseMatching, parseNames, reduceLiterals } from './parse-binary.js';
import { parseNumber } from './parse-number.js';
import { parsePipeline, parseSelector } from './parse-pipeline.js';
import { parseLogRange } from './parse-range.js';
import { Problems } from './problems.js';
import type { TokenReader } from './token-reader.js';
import { RANGES, VECTORS } from './tokens.js';
import { literalProblem, matchersProblem, parameterProblem, rangeProblem, regexProblem } from './validate.js';

export class MetricParser {
  readonly #reader: TokenReader;
  readonly #problems = new Problems();

  constructor(reader: TokenReader) {
    this.#reader = reader;
  }

  /** @throws {QueryError} with what is wrong with a query that the grammar allows */
  check(expression: MetricExpression): void {
    this.#problems.check(expression);
  }

  /** @param binding of the operator to the left: the expression ends before one that binds no closer */
  parseExpression(binding = 0): Expression {
    let left = this.#reader.nested(() => this.#parseOperand());
    for (;;) {
      const operator = operatorOf(this.#reader.type());
      if (!operator || operator.binding <= binding) return left;
      left = this.#parseBinary(left, operator);
    }
  }

  #parseBinary(left: Expression, { operator, binding, rightAssociative }: Operator): MetricExpression {
    this.#reader.operator();
    const { returnBool, matching } = parseMatching(this.#reader);
    const right = this.parseExpression(rightAssociative ? binding - 1 : binding);
    for (const [leg, expression] of [['left', left] as const, ['right', right] as const]) {
      if (expression.kind !== 'log') continue;
      const type = expression.stages.length > 0 ? '*syntax.PipelineExpr' : '*syntax.MatchersExpr';
      return this.#broken(`unexpected type for ${leg} leg of binary operation (${operator}): ${type}`);
    }
    const legs = { left: left as MetricExpression, right: right as MetricExpression };
    const literal = reduceLiterals(operator, legs.left, legs.right);
    if (literal !== undefined) return { kind: 'literal', value: literal };
    const expression = { kind: 'binary', operator, returnBool, matching, ...legs } as const;
    return this.#problems.note(
      expression,
      literalProblem(operator, legs.left, legs.right),
      legs.left,
      legs.right,
    );
  }

  #parseOperand(): Expression {
    const reader = this.#reader;
    const type = reader.type();
    const range = RANGES.get(type);
    if (range) return this.#parseRange(range);
    const vector = VECTORS.get(type);
    if (vector) return this.#parseAggregation(vector);
    switch (type) {
      case '{':
        return this.#parseLog();
      case '(': {
        reader.advance();
        const inner = this.parseExpression();
        if (!reader.accept(')')) reader.fail();
        return inner;
      }
      case 'NUMBER':
      case '+':
      case '-':
        return { kind: 'literal', value: parseNumber(reader) };
      case 'VECTOR':
        return this.#parseVector();
      case 'label_replace':
        return this.#parseLabelReplace();
      case 'variants':
        throw new QueryError('bad_data', 'multi variant queries are disabled for this instance');
      default:
        return reader.fail();
    }
  }

  #parseLog(): Expression {
    const reader = this.#reader;
    const log = { kind: 'log', matchers: parseSelector(reader), stages: parsePipeline(reader) } as const;
    if (!reader.accept('|')) return log;
    // Only a range has values to unwrap.
    return reader.fail();
  }

  #parseRange(operation: RangeOperation): MetricExpression {
    const reader = this.#reader;
    reader.advance();
    reader.expect('(');
    const parameter = reader.accept('NUMBER')?.text;
    if (parameter !== undefined) reader.expect(',');
    else if (reader.type() !== '{' && reader.type() !== '(') reader.fail('NUMBER', '{', '(');
    const range = parseLogRange(reader);
    reader.expect(')');
    const grouping = this.#parseGrouping();
    const parsed = parameter === undefined ? undefined : parseFloat64(parameter);
    const expression: MetricExpression = {
      kind: 'range',
      operation,
      parameter: parsed?.kind === 'number' ? parsed.value : undefined,
      grouping,
      ...range,
    };
    const takes = operation === 'quantile_over_time';
    if (parameter !== undefined && !takes) {
      return this.#problems.note(
        expression,
        `parameter ${parameter} not supported for operation ${operation}`,
      );
    }
    if (parameter === undefined && takes) {
      return this.#problems.note(expression, `parameter required for operation ${operation}`);
    }
    const problem = rangeProblem(operation, { grouping, unwrap: range.unwrap });
    return this.#problems.note(expression, problem ?? matchersProblem(range.selector.matchers));
  }

  #parseAggregation(operation: VectorOperation): MetricExpression {
    const reader = this.#reader;
    reader.advance();
    let grouping = this.#parseGrouping();
    reader.expect('(');
    const withParameter = reader.type() === 'NUMBER' && reader.type(1) === ',';
    const parameter = withParameter ? reader.advance().text : undefined;
    if (withParameter) reader.advance();
    const inner = this.#parseMetric();
    if (!reader.accept(')')) reader.fail();
    grouping ??= this.#parseGrouping();
    const problem = parameterProblem(operation, { parameter, grouping });
    if (operation === 'approx_topk' && !problem) {
      throw new QueryError('unsupported', 'approx_topk is not enabled. See -limits.shard_aggregations');
    }
    const expression = {
      kind: 'aggregation',
      operation,
      parameter: Number(parameter ?? 0),
      grouping,
      inner,
    } as const;
    return this.#problems.note(expression, problem, inner);
  }

  /** @throws {QueryError} at what follows a log query, which has no place here */
  #parseMetric(): MetricExpression {
    const inner = this.parseExpression();
    return inner.kind === 'log' ? this.#reader.fail() : inner;
  }

  #parseGrouping(): Grouping | undefined {
    const keyword = this.#reader.accept('by', 'without');
    return keyword ? { without: keyword.type === 'without', labels: parseNames(this.#reader) } : undefined;
  }

  #parseVector(): MetricExpression {
    const reader = this.#reader;
    reader.advance();
    reader.expect('(');
    const parsed = parseFloat64(reader.expect('NUMBER').text);
    reader.expect(')');
    if (parsed.kind === 'error')
      return this.#broken(`unable to parse vectorExpr as a float: ${parsed.message}`);
    return { kind: 'vector', value: parsed.value };
  }

  #parseLabelReplace(): MetricExpression {
    const reader = this.#reader;
    reader.advance();
    reader.expect('(');
    const inner = this.#parseMetric();
    const texts: string[] = [];
    for (let index = 0; index < 4; index++) {
      if (!reader.accept(',')) index === 0 ? reader.fail() : reader.fail(',');
      texts.push(reader.expect('STRING').text);
    }
    reader.expect(')');
    const [destination, replacement, source, regex] = texts as [string, string, string, string];
    const expression = { kind: 'label_replace', inner, destination, replacement, source, regex } as const;
    return this.#problems.note(expression, regexProblem(regex), inner);
  }

  #broken(problem: string): MetricExpression {
    return this.#problems.note({ kind: 'vector', value: 0 }, problem);
  }
}
