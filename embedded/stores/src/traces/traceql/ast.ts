/** TraceQL as a tree. */
import type { Value } from '../value.js';

export type AttributeScope = 'span' | 'resource' | 'event' | 'link' | 'instrumentation';

/** What a span, its trace, its events and links have by nature. The name is what answers call it. */
export const INTRINSICS = [
  'duration',
  'name',
  'status',
  'statusMessage',
  'kind',
  'span:childCount',
  'rootServiceName',
  'rootName',
  'traceDuration',
  'nestedSetLeft',
  'nestedSetRight',
  'nestedSetParent',
  'event:name',
  'event:timeSinceStart',
  'link:spanID',
  'link:traceID',
  'instrumentation:name',
  'instrumentation:version',
  'parent',
  'trace:id',
  'span:id',
  'span:parentID',
] as const;
export type Intrinsic = (typeof INTRINSICS)[number];

export interface AttributeField {
  readonly kind: 'attribute';
  /** Undefined: any of span and resource first, then the others. */
  readonly scope: AttributeScope | undefined;
  readonly parent: boolean;
  readonly name: string;
}

export interface IntrinsicField {
  readonly kind: 'intrinsic';
  readonly name: Intrinsic;
}

export type Field = AttributeField | IntrinsicField;

export type ArithmeticOperator = '+' | '-' | '*' | '/' | '%' | '^';
export type ComparisonOperator = '=' | '!=' | '>' | '>=' | '<' | '<=';
export type BinaryOperator = ArithmeticOperator | ComparisonOperator | '=~' | '!~' | '&&' | '||';
export type UnaryOperator = '-' | '!' | 'exists' | 'missing';

export type FieldExpression =
  | Field
  | { readonly kind: 'static'; readonly value: Value }
  | { readonly kind: 'unary'; readonly operator: UnaryOperator; readonly operand: FieldExpression }
  | BinaryExpression;

export interface BinaryExpression {
  readonly kind: 'binary';
  readonly operator: BinaryOperator;
  readonly left: FieldExpression;
  readonly right: FieldExpression;
}

export const STRUCTURAL_OPERATORS = [
  '>',
  '<',
  '>>',
  '<<',
  '~',
  '!>',
  '!<',
  '!>>',
  '!<<',
  '!~',
  '&>',
  '&<',
  '&>>',
  '&<<',
  '&~',
] as const;
export type StructuralOperator = (typeof STRUCTURAL_OPERATORS)[number];

export interface SpansetFilter {
  readonly kind: 'filter';
  readonly expression: FieldExpression;
}

export type SpansetExpression =
  | SpansetFilter
  | Pipeline
  | {
      readonly kind: 'operation';
      readonly operator: '&&' | '||' | StructuralOperator;
      readonly left: SpansetExpression;
      readonly right: SpansetExpression;
    };

export type AggregateName = 'count' | 'min' | 'max' | 'avg' | 'sum';

export interface Aggregate {
  readonly kind: 'aggregate';
  readonly name: AggregateName;
  /** Of `count` there is none. */
  readonly operand: FieldExpression | undefined;
}

export type ScalarExpression =
  | Aggregate
  | Pipeline
  | { readonly kind: 'static'; readonly value: Value }
  | {
      readonly kind: 'scalarOperation';
      readonly operator: ArithmeticOperator;
      readonly left: ScalarExpression;
      readonly right: ScalarExpression;
    };

export interface ScalarFilter {
  readonly kind: 'scalarFilter';
  readonly operator: ComparisonOperator;
  readonly left: ScalarExpression;
  readonly right: ScalarExpression;
}

export type PipelineElement =
  | SpansetExpression
  | ScalarFilter
  | Aggregate
  | { readonly kind: 'group'; readonly by: FieldExpression }
  | { readonly kind: 'coalesce' }
  | { readonly kind: 'select'; readonly fields: readonly Field[] };

export interface Pipeline {
  readonly kind: 'pipeline';
  readonly elements: readonly PipelineElement[];
}

export const METRICS_FUNCTIONS = [
  'rate',
  'count_over_time',
  'min_over_time',
  'max_over_time',
  'avg_over_time',
  'sum_over_time',
  'quantile_over_time',
  'histogram_over_time',
] as const;
export type MetricsFunction = (typeof METRICS_FUNCTIONS)[number];

export interface MetricsAggregate {
  readonly kind: 'metrics';
  readonly name: MetricsFunction;
  readonly field: Field | undefined;
  readonly quantiles: readonly number[];
  readonly by: readonly Field[];
}

export interface MetricsCompare {
  readonly kind: 'compare';
  readonly selection: SpansetFilter;
  readonly top: number;
  /** Nanoseconds of the epoch, both 0 for the whole range. */
  readonly start: number;
  readonly end: number;
}

export type SecondStage =
  | { readonly kind: 'topk' | 'bottomk'; readonly limit: number }
  | { readonly kind: 'compareValue'; readonly operator: ComparisonOperator; readonly value: number };

export interface Query {
  readonly pipeline: Pipeline;
  readonly metrics: MetricsAggregate | MetricsCompare | undefined;
  readonly secondStages: readonly SecondStage[];
  readonly hints: ReadonlyMap<string, Value>;
}

export function fieldKey(field: Field): string {
  return field.kind === 'intrinsic' ? `:${field.name}` : `${field.scope ?? ''}.${field.name}`;
}
