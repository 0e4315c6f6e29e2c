/** What has the same value at each step of a query, and is evaluated once. */
import type { Expr } from './ast.js';
import { unwrap } from './ast.js';

/** Functions that look at the time of evaluation, whatever their arguments. */
const BY_TIME: ReadonlySet<string> = new Set([
  'days_in_month',
  'day_of_month',
  'day_of_week',
  'day_of_year',
  'hour',
  'minute',
  'month',
  'year',
  'predict_linear',
  'time',
  'timestamp',
]);

export function isStepInvariant(expr: Expr): boolean {
  switch (expr.kind) {
    case 'number':
    case 'string':
      return true;
    case 'selector':
    case 'subquery':
      return expr.at !== undefined;
    case 'range':
      return expr.selector.at !== undefined;
    case 'parens':
    case 'unary':
      return isStepInvariant(expr.expr);
    case 'binary':
      return isStepInvariant(expr.left) && isStepInvariant(expr.right);
    case 'aggregation':
      return isStepInvariant(expr.expr) && (!expr.parameter || isStepInvariant(expr.parameter));
    case 'call': {
      const [first] = expr.args;
      const ofSelector = expr.name === 'timestamp' && first && unwrap(first).kind === 'selector';
      return (ofSelector || !BY_TIME.has(expr.name)) && expr.args.every(isStepInvariant);
    }
  }
}
