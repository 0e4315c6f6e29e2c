/** Binary operators: how close they bind, and which series they bring together. */
import { compute, holds } from './arithmetic.js';
import type {
  ArithmeticOperator,
  BinaryOperator,
  CompareOperator,
  Matching,
  MetricExpression,
} from './ast.js';
import { COMPARE_OPERATORS, SET_OPERATORS } from './ast.js';
import type { TokenReader } from './token-reader.js';

export interface Operator {
  readonly operator: BinaryOperator;
  readonly binding: number;
  readonly rightAssociative: boolean;
}

/** From the loosest on. */
const BINDING = ['or', 'and unless', '== != < <= > >=', '+ -', '* / %', '^'];

const OPERATORS: ReadonlyMap<string, Operator> = new Map(
  BINDING.flatMap((operators, index) =>
    operators.split(' ').map((text): [string, Operator] => {
      const operator = text as BinaryOperator;
      return [text, { operator, binding: index + 1, rightAssociative: text === '^' }];
    }),
  ),
);

export function operatorOf(type: string): Operator | undefined {
  return OPERATORS.get(type);
}

/** `bool`, then `on` or `ignoring`, then `group_left` or `group_right`: each perhaps. */
export function parseMatching(reader: TokenReader): {
  readonly returnBool: boolean;
  readonly matching: Matching;
} {
  const returnBool = reader.accept('bool') !== undefined;
  const keyword = reader.accept('on', 'ignoring');
  if (!keyword) {
    const matching = { cardinality: 'one-to-one', on: false, labels: undefined, include: undefined } as const;
    return { returnBool, matching };
  }
  const on = keyword.type === 'on';
  const labels = parseNames(reader);
  const group = reader.accept('group_left', 'group_right');
  if (!group) return { returnBool, matching: { cardinality: 'one-to-one', on, labels, include: undefined } };
  const cardinality = group.type === 'group_left' ? 'many-to-one' : 'one-to-many';
  // A right leg in parentheses never begins with a name.
  const hasNames = reader.type() === '(' && (reader.type(1) === ')' || reader.type(1) === 'IDENTIFIER');
  return {
    returnBool,
    matching: { cardinality, on, labels, include: hasNames ? parseNames(reader) : undefined },
  };
}

/** `(a, b)`, perhaps empty. */
export function parseNames(reader: TokenReader): readonly string[] {
  reader.expect('(');
  if (reader.accept(')')) return [];
  if (reader.type() !== 'IDENTIFIER') reader.fail('IDENTIFIER', ')');
  const names = [reader.advance().text];
  while (reader.type() !== ')') {
    if (!reader.accept(',')) reader.fail(',', ')');
    names.push(reader.expect('IDENTIFIER').text);
  }
  reader.advance();
  return names;
}

/** The number that two literals come to: 1 and 0 for a comparison. Undefined when one of them is none. */
export function reduceLiterals(
  operator: BinaryOperator,
  left: MetricExpression,
  right: MetricExpression,
): number | undefined {
  if (left.kind !== 'literal' || right.kind !== 'literal' || SET_OPERATORS.has(operator)) return undefined;
  if (!COMPARE_OPERATORS.has(operator))
    return compute(operator as ArithmeticOperator, left.value, right.value);
  return holds(operator as CompareOperator, left.value, right.value) ? 1 : 0;
}
