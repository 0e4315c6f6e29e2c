/** What a well-formed expression must obey to mean anything: types of operands and arguments, and what goes together. */
import { unsupported } from '../../query/query-error.js';
import type { Semantics } from '../semantics.js';
import type { Aggregation, Binary, Call, Expr, Subquery, Unary, ValueType } from './ast.js';
import { children, isComparison, isSetOperator } from './ast.js';
import { parseError, quote } from './parse-error.js';
import { SIGNATURES, type Signature, UNSUPPORTED_FUNCTIONS } from './signatures.js';

export function typeOf(expr: Expr): ValueType {
  switch (expr.kind) {
    case 'number':
      return 'scalar';
    case 'string':
      return 'string';
    case 'selector':
    case 'aggregation':
      return 'instant vector';
    case 'range':
    case 'subquery':
      return 'range vector';
    case 'parens':
    case 'unary':
      return typeOf(expr.expr);
    case 'call':
      return SIGNATURES.get(expr.name)?.returns ?? 'instant vector';
    case 'binary':
      return typeOf(expr.left) === 'scalar' && typeOf(expr.right) === 'scalar' ? 'scalar' : 'instant vector';
  }
}

/** @throws {QueryError} */
export function validate(expr: Expr, text: string, semantics: Semantics): void {
  new Validator(text, semantics).check(expr);
}

class Validator {
  readonly #text: string;
  readonly #semantics: Semantics;

  constructor(text: string, semantics: Semantics) {
    this.#text = text;
    this.#semantics = semantics;
  }

  check(expr: Expr): void {
    if (expr.kind === 'call') this.#known(expr);
    for (const child of children(expr)) this.check(child);
    if (expr.kind === 'call') this.#call(expr);
    else if (expr.kind === 'aggregation') this.#aggregation(expr);
    else if (expr.kind === 'binary') this.#binary(expr);
    else if (expr.kind === 'unary') this.#unary(expr);
    else if (expr.kind === 'subquery') this.#subquery(expr);
  }

  #unary(expr: Unary): void {
    const type = typeOf(expr.expr);
    if (type === 'scalar' || type === 'instant vector') return;
    const message = `unary expression only allowed on expressions of type scalar or instant vector, got ${quote(type)}`;
    throw this.#error(expr, message);
  }

  #subquery(expr: Subquery): void {
    const type = typeOf(expr.expr);
    if (type === 'instant vector') return;
    throw this.#error(expr, `subquery is only allowed on instant vector, got ${shortType(type)} instead`);
  }

  #known(call: Call): void {
    if (isOtherVersions(call.name, this.#semantics)) {
      throw this.#error(call, `unknown function with name ${quote(call.name)}`);
    }
    const signature = SIGNATURES.get(call.name);
    if (signature?.experimental && !this.#semantics.experimentalFunctions) {
      throw notEnabled(call.name, call.span.from, this.#text);
    }
    if (!signature) throw this.#error(call, `unknown function with name ${quote(call.name)}`);
  }

  #call(call: Call): void {
    const signature = SIGNATURES.get(call.name) as Signature;
    const { args } = signature;
    const got = call.args.length;
    const in_ = `argument(s) in call to ${quote(call.name)}, got ${got}`;
    if (signature.variadic === undefined) {
      if (got !== args.length) throw this.#error(call, `expected ${args.length} ${in_}`);
    } else {
      const least = args.length - 1;
      const most = least + signature.variadic;
      if (got < least) throw this.#error(call, `expected at least ${least} ${in_}`);
      if (got > most) throw this.#error(call, `expected at most ${most} ${in_}`);
    }
    call.args.forEach((arg, index) => {
      const wanted = args[Math.min(index, args.length - 1)] as ValueType;
      if (typeOf(arg) === wanted) return;
      throw this.#error(
        arg,
        `expected type ${wanted} in call to function ${quote(call.name)}, got ${typeOf(arg)}`,
      );
    });
  }

  #aggregation({ operator, expr, parameter }: Aggregation): void {
    this.#expect(expr, 'instant vector', 'aggregation expression');
    if (!parameter) return;
    this.#expect(parameter, operator === 'count_values' ? 'string' : 'scalar', 'aggregation parameter');
  }

  #binary(expr: Binary): void {
    const { operator, left, right, bool, matching } = expr;
    const [leftType, rightType] = [typeOf(left), typeOf(right)];
    const scalars = [leftType, rightType].filter((type) => type === 'scalar').length;
    const atOperator = this.#operatorAt(expr);
    if (bool && !isComparison(operator)) {
      throw parseError(this.#text, atOperator, 'bool modifier can only be used on comparison operators');
    }
    if (isComparison(operator) && !bool && scalars === 2) {
      throw parseError(this.#text, atOperator, 'comparisons between scalars must use BOOL modifier');
    }
    const both = matching.on ? matching.labels.find((label) => matching.include.includes(label)) : undefined;
    if (both !== undefined) {
      const message = `label ${quote(both)} must not occur in ON and GROUP clause at once`;
      throw parseError(this.#text, atOperator, message);
    }
    for (const operand of [left, right]) {
      if (['scalar', 'instant vector'].includes(typeOf(operand))) continue;
      throw this.#error(operand, 'binary expression must contain only scalar and instant vector types');
    }
    if (scalars > 0 && matching.labels.length > 0) {
      throw this.#error(expr, 'vector matching only allowed between instant vectors');
    }
    if (!isSetOperator(operator)) return;
    if (scalars > 0) {
      throw this.#error(expr, `set operator ${quote(operator)} not allowed in binary scalar expression`);
    }
    if (matching.cardinality !== 'one-to-one') {
      throw this.#error(expr, `no grouping allowed for ${quote(operator)} operation`);
    }
  }

  #operatorAt({ left }: Binary): number {
    const rest = this.#text.slice(left.span.to);
    return left.span.to + rest.length - rest.trimStart().length;
  }

  #expect(expr: Expr, wanted: ValueType, context: string): void {
    if (typeOf(expr) === wanted) return;
    throw this.#error(expr, `expected type ${wanted} in ${context}, got ${typeOf(expr)}`);
  }

  #error(expr: Expr, message: string) {
    return parseError(this.#text, expr.span.from, message);
  }
}

/**
 * Before its arguments are looked at: they may have a syntax of their own.
 * @throws {QueryError} `unsupported`
 */
export function refuseUnsupported(name: string, at: number, text: string, semantics: Semantics): void {
  if (!UNSUPPORTED_FUNCTIONS.has(name)) return;
  if (!semantics.experimentalFunctions) throw notEnabled(name, at, text);
  throw unsupported(`function ${name}`, 'Prometheus');
}

function notEnabled(name: string, at: number, text: string) {
  return parseError(text, at, `function ${quote(name)} is not enabled`, 'unsupported');
}

/** One function changed its name, and became experimental, with version 3. */
function isOtherVersions(name: string, { syntax }: Semantics): boolean {
  return name === (syntax === 2 ? 'double_exponential_smoothing' : 'holt_winters');
}

function shortType(type: ValueType): string {
  if (type === 'instant vector') return 'vector';
  return type === 'range vector' ? 'matrix' : type;
}
