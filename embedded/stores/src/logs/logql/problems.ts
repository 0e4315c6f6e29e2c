/** What is wrong with parts of a query, told only when the whole text is one: the engine looks for it afterwards. */
import type { MetricExpression } from './ast.js';
import { parseError } from './parse-error.js';

export class Problems {
  readonly #known = new Map<MetricExpression, string>();

  /** The outermost problem is the one that is told, of two legs the left one's. */
  note(
    expression: MetricExpression,
    problem: string | undefined,
    ...inner: readonly MetricExpression[]
  ): MetricExpression {
    const known = problem ?? inner.map((each) => this.#known.get(each)).find((each) => each !== undefined);
    if (known !== undefined) this.#known.set(expression, known);
    return expression;
  }

  /** @throws {QueryError} with what was noted */
  check(expression: MetricExpression): void {
    const problem = this.#known.get(expression);
    if (problem) throw parseError(problem);
  }
}
