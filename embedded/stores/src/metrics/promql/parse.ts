/**
 * PromQL's parser. It is written by hand: the grammar for editors that there is (lezer-promql) binds `-1 ^ 2` and
 * `-x @ 0` otherwise than the engine, refuses `1./6.`, and takes what the engine refuses.
 */

import { unsupported } from '../../query/query-error.js';
import type { Semantics } from '../semantics.js';
import type { Aggregator, BinaryOperator, Expr } from './ast.js';
import { AGGREGATORS, children } from './ast.js';
import { parseError } from './parse-error.js';
import { takeNumber, takeString } from './parse-literals.js';
import { parseGrouping, parseModifiers } from './parse-modifiers.js';
import { parseAt, parseOffset, parseRange, parseSelector } from './parse-selector.js';
import { POWER, PRECEDENCE } from './precedence.js';
import { isAggregatorWord, TokenStream } from './token-stream.js';
import { refuseUnsupported, validate } from './validate.js';

/** Evaluation follows the tree down by recursion. Real queries have fewer than 40 levels. */
const DEPTH_MAX = 300;
const WITH_PARAMETER: ReadonlySet<string> = new Set(['topk', 'bottomk', 'count_values', 'quantile']);

/** @throws {QueryError} `bad_data` in the engine's words; `unsupported` for what is not evaluated here */
export function parse(text: string, semantics: Semantics): Expr {
  const expr = new Parser(text, semantics).whole();
  validate(expr, text, semantics);
  return expr;
}

class Parser {
  readonly #tokens: TokenStream;
  readonly #semantics: Semantics;
  readonly #depths = new WeakMap<Expr, number>();
  #nesting = 0;

  constructor(text: string, semantics: Semantics) {
    this.#semantics = semantics;
    this.#tokens = new TokenStream(text);
  }

  whole(): Expr {
    const tokens = this.#tokens;
    if (tokens.atEnd) throw parseError(tokens.text, 0, 'no expression found in input');
    const expr = this.#binary(1);
    if (!tokens.atEnd) throw tokens.unexpected();
    return expr;
  }

  /** Operators of this precedence and tighter ones. */
  #binary(loosest: number): Expr {
    let left = this.#unary();
    for (;;) {
      const operator = this.#tokens.next.text.toLowerCase();
      const precedence = PRECEDENCE.get(operator);
      if (precedence === undefined || precedence < loosest || this.#tokens.next.kind === 'string')
        return left;
      const { to } = this.#tokens.take();
      this.#refuseTrimming(operator, to);
      const { bool, matching } = parseModifiers(this.#tokens);
      const right = this.#binary(precedence === POWER ? POWER : precedence + 1);
      const span = { from: left.span.from, to: right.span.to };
      left = this.#node({
        kind: 'binary',
        operator: operator as BinaryOperator,
        left,
        right,
        bool,
        matching,
        span,
      });
    }
  }

  /** `</` and `>/` cut native histograms off at a value. */
  #refuseTrimming(operator: string, to: number): void {
    const { next } = this.#tokens;
    if ((operator !== '<' && operator !== '>') || next.text !== '/' || next.from !== to) return;
    throw unsupported(`operator ${operator}/`, 'Prometheus');
  }

  #unary(): Expr {
    if (++this.#nesting > DEPTH_MAX) throw this.#tooDeep(this.#tokens.next.from);
    try {
      const { text: operator, from } = this.#tokens.next;
      if (!this.#tokens.isSymbol('-') && !this.#tokens.isSymbol('+')) return this.#postfix(this.#primary());
      this.#tokens.take();
      const expr = this.#binary(POWER);
      const span = { from, to: expr.span.to };
      if (expr.kind === 'number')
        return { ...expr, value: operator === '-' ? -expr.value : expr.value, span };
      return this.#node({ kind: 'unary', operator: operator as '+' | '-', expr, span });
    } finally {
      this.#nesting--;
    }
  }

  #postfix(primary: Expr): Expr {
    let expr = primary;
    for (;;) {
      const tokens = this.#tokens;
      if (tokens.isSymbol('[')) expr = this.#node(parseRange(tokens, expr));
      else if (tokens.takeWord('offset')) expr = parseOffset(tokens, expr);
      else if (tokens.takeSymbol('@')) expr = parseAt(tokens, expr);
      else if (tokens.isWord('anchored') || tokens.isWord('smoothed')) {
        const message = `${tokens.next.text} modifier is experimental and not enabled`;
        throw parseError(tokens.text, expr.span.from, message, 'unsupported');
      } else return expr;
    }
  }

  #primary(): Expr {
    const tokens = this.#tokens;
    const { kind, text, from } = tokens.next;
    const number = takeNumber(tokens);
    if (number) return number;
    if (kind === 'string') return takeString(tokens);
    if (kind === 'word') return this.#named(text, from);
    if (tokens.isSymbol('{')) return parseSelector(tokens);
    if (!tokens.takeSymbol('(')) throw tokens.unexpected();
    const expr = this.#binary(1);
    const { to } = tokens.expectSymbol(')');
    return this.#node({ kind: 'parens', expr, span: { from, to } });
  }

  #named(word: string, from: number): Expr {
    const following = this.#tokens.second;
    const modifier = following?.kind === 'word' && /^(by|without)$/i.test(following.text);
    const bracket = following?.kind === 'symbol' && following.text === '(';
    if (isAggregatorWord(word) && (bracket || modifier)) return this.#aggregation(word.toLowerCase(), from);
    if (!bracket) return parseSelector(this.#tokens);
    refuseUnsupported(word, from, this.#tokens.text, this.#semantics);
    this.#tokens.take();
    const args = this.#args();
    return this.#node({ kind: 'call', name: word, args, span: { from, to: this.#tokens.previous.to } });
  }

  #aggregation(word: string, from: number): Expr {
    const tokens = this.#tokens;
    tokens.take();
    let modifier = parseGrouping(tokens);
    if (!tokens.isSymbol('(')) throw tokens.unexpected('aggregation');
    const args = this.#args();
    modifier ??= parseGrouping(tokens);
    if (!AGGREGATORS.includes(word as Aggregator)) {
      const message = `${word}() is experimental and must be enabled with --enable-feature=promql-experimental-functions`;
      throw parseError(tokens.text, from, message, 'unsupported');
    }
    const wanted = WITH_PARAMETER.has(word) ? 2 : 1;
    if (args.length === 0)
      throw parseError(tokens.text, from, 'no arguments for aggregate expression provided');
    if (args.length !== wanted) {
      const message = `wrong number of arguments for aggregate expression provided, expected ${wanted}, got ${args.length}`;
      throw parseError(tokens.text, from, message);
    }
    return this.#node({
      kind: 'aggregation',
      operator: word as Aggregator,
      ...(wanted === 2 ? { parameter: args[0] as Expr } : {}),
      expr: args[wanted - 1] as Expr,
      without: modifier?.without ?? false,
      grouping: modifier?.labels ?? [],
      span: { from, to: tokens.previous.to },
    });
  }

  #args(): readonly Expr[] {
    const tokens = this.#tokens;
    const args: Expr[] = [];
    tokens.take();
    if (tokens.takeSymbol(')')) return args;
    for (;;) {
      args.push(this.#binary(1));
      if (tokens.takeSymbol(')')) return args;
      const comma = tokens.expectSymbol(',');
      if (tokens.isSymbol(')')) {
        throw parseError(tokens.text, comma.from, 'trailing commas not allowed in function call args');
      }
    }
  }

  #node<T extends Expr>(expr: T): T {
    const depth = 1 + Math.max(0, ...children(expr).map((child) => this.#depths.get(child) ?? 0));
    if (depth > DEPTH_MAX) throw this.#tooDeep(expr.span.from);
    this.#depths.set(expr, depth);
    return expr;
  }

  #tooDeep(at: number) {
    return parseError(this.#tokens.text, at, `the expression is nested more than ${DEPTH_MAX} levels deep`);
  }
}
