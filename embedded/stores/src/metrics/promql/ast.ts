/** A PromQL expression as it was written, checked; times and durations in milliseconds. */
import type { Matcher } from '../matcher.js';

/** Where in the query's text: `to` is exclusive. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

export type At = { readonly kind: 'time'; readonly time_ms: number } | { readonly kind: 'start' | 'end' };

/** What `offset` and `@` add to a selector or subquery. */
export interface Shift {
  readonly offset_ms: number;
  readonly at?: At;
}

export interface NumberLiteral {
  readonly kind: 'number';
  readonly value: number;
  /** Whether it was written as one, which stands for its seconds. */
  readonly duration: boolean;
  readonly span: Span;
}

export interface StringLiteral {
  readonly kind: 'string';
  readonly value: string;
  readonly span: Span;
}

export interface VectorSelector extends Shift {
  readonly kind: 'selector';
  /** As written before the braces; empty when it was not. */
  readonly name: string;
  /** The name's included. */
  readonly matchers: readonly Matcher[];
  readonly span: Span;
}

export interface MatrixSelector {
  readonly kind: 'range';
  readonly selector: VectorSelector;
  readonly range_ms: number;
  readonly span: Span;
}

export interface Subquery extends Shift {
  readonly kind: 'subquery';
  readonly expr: Expr;
  readonly range_ms: number;
  /** Undefined for the default resolution. */
  readonly step_ms: number | undefined;
  readonly span: Span;
}

export interface Call {
  readonly kind: 'call';
  readonly name: string;
  readonly args: readonly Expr[];
  readonly span: Span;
}

export const AGGREGATORS = [
  'sum',
  'avg',
  'count',
  'min',
  'max',
  'group',
  'stddev',
  'stdvar',
  'topk',
  'bottomk',
  'count_values',
  'quantile',
] as const;
export type Aggregator = (typeof AGGREGATORS)[number];

export interface Aggregation {
  readonly kind: 'aggregation';
  readonly operator: Aggregator;
  readonly parameter?: Expr;
  readonly expr: Expr;
  readonly without: boolean;
  readonly grouping: readonly string[];
  readonly span: Span;
}

export type ArithmeticOperator = '+' | '-' | '*' | '/' | '%' | '^' | 'atan2';
export type ComparisonOperator = '==' | '!=' | '>' | '<' | '>=' | '<=';
export type SetOperator = 'and' | 'or' | 'unless';
export type BinaryOperator = ArithmeticOperator | ComparisonOperator | SetOperator;

export interface Matching {
  readonly cardinality: 'one-to-one' | 'many-to-one' | 'one-to-many';
  /** Whether `labels` are those to match on, instead of those to ignore. */
  readonly on: boolean;
  readonly labels: readonly string[];
  /** Of `group_left` and `group_right`. */
  readonly include: readonly string[];
}

export interface Binary {
  readonly kind: 'binary';
  readonly operator: BinaryOperator;
  readonly left: Expr;
  readonly right: Expr;
  readonly bool: boolean;
  readonly matching: Matching;
  readonly span: Span;
}

export interface Unary {
  readonly kind: 'unary';
  readonly operator: '+' | '-';
  readonly expr: Expr;
  readonly span: Span;
}

export interface Parenthesized {
  readonly kind: 'parens';
  readonly expr: Expr;
  readonly span: Span;
}

export type Expr =
  | NumberLiteral
  | StringLiteral
  | VectorSelector
  | MatrixSelector
  | Subquery
  | Call
  | Aggregation
  | Binary
  | Unary
  | Parenthesized;

/** What an expression evaluates to, in the words of the engine's errors. */
export type ValueType = 'scalar' | 'instant vector' | 'range vector' | 'string';

export function children(expr: Expr): readonly Expr[] {
  switch (expr.kind) {
    case 'number':
    case 'string':
    case 'selector':
      return [];
    case 'range':
      return [expr.selector];
    case 'subquery':
    case 'unary':
    case 'parens':
      return [expr.expr];
    case 'call':
      return expr.args;
    case 'aggregation':
      return expr.parameter ? [expr.parameter, expr.expr] : [expr.expr];
    case 'binary':
      return [expr.left, expr.right];
  }
}

/** Without parentheses around it. */
export function unwrap(expr: Expr): Expr {
  return expr.kind === 'parens' ? unwrap(expr.expr) : expr;
}

export function isComparison(operator: BinaryOperator): operator is ComparisonOperator {
  return ['==', '!=', '>', '<', '>=', '<='].includes(operator);
}

export function isSetOperator(operator: BinaryOperator): operator is SetOperator {
  return operator === 'and' || operator === 'or' || operator === 'unless';
}
