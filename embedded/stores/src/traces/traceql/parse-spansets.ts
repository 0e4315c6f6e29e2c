/** Spansets and the operators between them; also what begins with a parenthesis, which may turn out to be something else. */
import type {
  ArithmeticOperator,
  ComparisonOperator,
  PipelineElement,
  ScalarExpression,
  SpansetExpression,
  StructuralOperator,
} from './ast.js';
import { STRUCTURAL_OPERATORS } from './ast.js';
import { parseFilter } from './parse-fields.js';
import type { TokenStream } from './token-stream.js';

export type Spansets =
  /** Filters and operators; `wrapped` when all of it stood in parentheses. */
  | { readonly kind: 'expression'; readonly expression: SpansetExpression; readonly wrapped?: true }
  /** Pipelines in parentheses and operators between them. */
  | { readonly kind: 'pipelines'; readonly expression: SpansetExpression }
  /** Pipelines in parentheses that end in an aggregate, and arithmetic. */
  | { readonly kind: 'scalarPipelines'; readonly scalar: ScalarExpression }
  /** Aggregates, numbers and arithmetic in parentheses. */
  | { readonly kind: 'scalarExpression'; readonly scalar: ScalarExpression };

/** Parses what is in parentheses beyond spansets, which come first if they are given. */
export type ParsePipeline = (tokens: TokenStream, first: PipelineElement | undefined) => Spansets;

const ARITHMETIC: readonly (readonly string[])[] = [['+', '-'], ['*', '/', '%'], ['^']];
const COMPARISONS: ReadonlySet<string> = new Set(['=', '!=', '<', '<=', '>', '>=']);
const STRUCTURAL: ReadonlySet<string> = new Set(STRUCTURAL_OPERATORS);

export function comparisonOf(tokens: TokenStream): ComparisonOperator | undefined {
  const sign = tokens.sign();
  return COMPARISONS.has(sign) ? (sign as ComparisonOperator) : undefined;
}

/** && and || bind looser than the structural operators, and alike. */
export function parseSpansets(tokens: TokenStream, parsePipeline: ParsePipeline): Spansets {
  let left = parseStructural(tokens, parsePipeline);
  if (left.kind === 'scalarPipelines' || left.kind === 'scalarExpression') return left;
  while (tokens.sign() === '&&' || tokens.sign() === '||') {
    const operator = tokens.operator() as '&&' | '||';
    left = combine(tokens, left, operator, parseStructural(tokens, parsePipeline));
  }
  return left;
}

function parseStructural(tokens: TokenStream, parsePipeline: ParsePipeline): Spansets {
  let left = parseOperand(tokens, parsePipeline);
  if (left.kind === 'scalarPipelines') return parseArithmetic(tokens, left, parsePipeline, 0);
  if (left.kind === 'scalarExpression') return left;
  while (STRUCTURAL.has(tokens.sign())) {
    const operator = tokens.operator() as StructuralOperator;
    left = combine(tokens, left, operator, parseOperand(tokens, parsePipeline));
  }
  return left;
}

function combine(
  tokens: TokenStream,
  left: Spansets,
  operator: '&&' | '||' | StructuralOperator,
  right: Spansets,
): Spansets {
  if (!('expression' in left) || !('expression' in right)) throw tokens.unexpected();
  const expression: SpansetExpression = {
    kind: 'operation',
    operator,
    left: left.expression,
    right: right.expression,
  };
  if (left.kind === 'expression' && right.kind === 'expression') return { kind: 'expression', expression };
  for (const side of [left, right])
    if (side.kind === 'expression' && !side.wrapped) throw tokens.unexpected();
  return { kind: 'pipelines', expression };
}

function parseOperand(tokens: TokenStream, parsePipeline: ParsePipeline): Spansets {
  if (tokens.sign() === '{') return { kind: 'expression', expression: parseFilter(tokens) };
  tokens.expect('(', '{ or (');
  const inner = tokens.nested(() => parseInParentheses(tokens, parsePipeline));
  tokens.expect(')');
  return inner;
}

function parseInParentheses(tokens: TokenStream, parsePipeline: ParsePipeline): Spansets {
  if (tokens.sign() !== '{' && tokens.sign() !== '(') return parsePipeline(tokens, undefined);
  const spansets = parseSpansets(tokens, parsePipeline);
  if (spansets.kind !== 'expression') return spansets;
  if (tokens.sign() !== '|') return { ...spansets, wrapped: true };
  return parsePipeline(tokens, spansets.expression);
}

/** Between pipelines that end in an aggregate. */
function parseArithmetic(
  tokens: TokenStream,
  first: Spansets & { kind: 'scalarPipelines' },
  parsePipeline: ParsePipeline,
  level: number,
): Spansets & { kind: 'scalarPipelines' } {
  let left = level + 1 < ARITHMETIC.length ? parseArithmetic(tokens, first, parsePipeline, level + 1) : first;
  while (ARITHMETIC[level]?.includes(tokens.sign())) {
    const operator = tokens.operator() as ArithmeticOperator;
    const operand = parseOperand(tokens, parsePipeline);
    if (operand.kind !== 'scalarPipelines') throw tokens.unexpected();
    const right =
      level + 1 < ARITHMETIC.length ? parseArithmetic(tokens, operand, parsePipeline, level + 1) : operand;
    left = {
      kind: 'scalarPipelines',
      scalar: { kind: 'scalarOperation', operator, left: left.scalar, right: right.scalar },
    };
  }
  return left;
}
